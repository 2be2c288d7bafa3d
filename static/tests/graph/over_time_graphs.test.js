import { beforeEach, expect, test } from "@odoo/hoot";
import {
    defineModels,
    defineParams,
    fields,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";
import { CohortGraphRenderer, untilLastPoint } from "@customer_sales_report/graph/cohort_graph";
import { STATUS_COLORS, StatusGraphRenderer } from "@customer_sales_report/graph/status_graph";

class History extends models.Model {
    month_end = fields.Date();
    monthly_status = fields.Selection({
        selection: [
            ["active", "Aktiv"],
            ["lost", "Verloren"],
            ["won_back", "Zurück"],
        ],
    });

    _records = [
        { id: 1, month_end: "2026-01-31", monthly_status: "lost" },
        { id: 2, month_end: "2026-02-28", monthly_status: "won_back" },
        { id: 3, month_end: "2026-02-28", monthly_status: "active" },
        { id: 4, month_end: "2026-02-28", monthly_status: "active" },
    ];
}

class Retention extends models.Model {
    cohort = fields.Date();
    elapsed = fields.Integer({ aggregator: null });
    net = fields.Float({ aggregator: "avg" });

    _records = [
        ["2026-01-01", 0, 100],
        ["2026-01-01", 1, 20],
        ["2026-01-01", 2, 30],
        ["2026-02-01", 0, 50],
        ["2026-02-01", 1, 0],
    ].map(([cohort, elapsed, net], index) => ({ id: index + 1, cohort, elapsed, net }));
}

defineMailModels();
defineModels([History, Retention]);

let chart;

beforeEach(() => {
    leaveOutTills();
    onRpc("state_of", () => ({ as_of: null, progress: null, history: null }));
    for (const Renderer of [StatusGraphRenderer, CohortGraphRenderer]) {
        patchWithCleanup(Renderer.prototype, {
            getChartConfig() {
                chart = super.getChartConfig();
                return chart;
            },
        });
    }
});

test("statuses have their colors and order, whatever their names", async () => {
    await mountView({
        type: "graph",
        resModel: "history",
        arch: `
            <graph js_class="customer_sales_status_graph" stacked="1">
                <field name="month_end" interval="month"/>
                <field name="monthly_status"/>
            </graph>`,
    });
    const bars = chart.data.datasets.filter(({ type }) => type !== "line");
    expect(bars.map(({ label, backgroundColor, data }) => [label, backgroundColor, data])).toEqual([
        ["Aktiv", STATUS_COLORS.active, [0, 2]],
        ["Zurück", STATUS_COLORS.won_back, [0, 1]],
        ["Verloren", STATUS_COLORS.lost, [1, 0]],
    ]);
    expect(chart.options.scales.y.ticks.callback(60)).toBe("60");
});

test("a cohort's line ends with its last month", async () => {
    await mountView({
        type: "graph",
        resModel: "retention",
        arch: `
            <graph js_class="customer_sales_cohort_graph" type="line" stacked="0" cumulated="1">
                <field name="elapsed"/>
                <field name="cohort" interval="month"/>
                <field name="net" type="measure"/>
            </graph>`,
    });
    expect(chart.data.datasets.map(({ label, data }) => [label, data])).toEqual([
        ["January 2026", [100, 120, 150]],
        ["February 2026", [50, 50, null]],
    ]);
    expect(chart.options.scales.x.title.text).toBe("Elapsed");
    expect(chart.options.scales.x.reverse).not.toBe(true);
});

test("time runs as the page reads", async () => {
    defineParams({ lang_parameters: { direction: "rtl" } });
    for (const [resModel, arch] of [
        [
            "history",
            `<graph js_class="customer_sales_status_graph"><field name="month_end" interval="month"/></graph>`,
        ],
        [
            "retention",
            `<graph js_class="customer_sales_cohort_graph" type="line"><field name="elapsed"/></graph>`,
        ],
    ]) {
        await mountView({ type: "graph", resModel, arch });
        const { scales, plugins } = chart.options;
        expect([scales.x.reverse, scales.y.position, plugins.legend.rtl]).toEqual([
            ...[true, "right", true],
        ]);
    }
});

test("what has not been predicted is not drawn", async () => {
    const arch = `
        <graph js_class="customer_sales_prediction_graph" type="line">
            <field name="cohort" interval="month"/>
            <field name="net" type="measure"/>
        </graph>`;
    const shown = { type: "graph", resModel: "retention", arch, noContentHelp: "Nothing yet" };
    await mountView(shown);
    expect(".o_graph_canvas_container").toHaveCount(1);
    await mountView({ ...shown, domain: [["net", "=", 0]] });
    expect(".o_graph_canvas_container").toHaveCount(1);
    expect(".o_view_nocontent").toHaveText("Nothing yet");
});

test("months in between without a point stay as they were", () => {
    const point = [["id", "=", 1]];
    expect(untilLastPoint({ data: [1, 1, 3, 3], domains: [point, [], point, []] })).toEqual([
        ...[1, 1, 3],
        null,
    ]);
});
