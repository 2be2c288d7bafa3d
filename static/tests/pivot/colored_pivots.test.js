import { beforeEach, expect, test } from "@odoo/hoot";
import { queryAll, queryAllTexts } from "@odoo/hoot-dom";
import { Deferred } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";
import { heat, toCss, toHex, tone } from "@customer_sales_report/pivot/cell_colors";
import { download } from "@web/core/network/download";
import { user } from "@web/core/user";

const STATUSES = [
    ["active", "Active"],
    ["slowing", "Slowing"],
    ["lost", "Lost"],
    ["none", "No Purchase Yet"],
];

class Movement extends models.Model {
    from_status = fields.Selection({ selection: STATUSES });
    to_status = fields.Selection({ selection: STATUSES });
    net_to = fields.Float({ aggregator: "sum" });

    _records = [
        { id: 1, from_status: "active", to_status: "active", net_to: 5 },
        { id: 2, from_status: "active", to_status: "lost", net_to: 7 },
        { id: 3, from_status: "lost", to_status: "active", net_to: 11 },
        { id: 4, from_status: "none", to_status: "active", net_to: 13 },
    ];
}

class Retention extends models.Model {
    cohort = fields.Date();
    elapsed = fields.Integer({ aggregator: null });
    share = fields.Float({ aggregator: "avg" });
    active_customers = fields.Integer({ aggregator: "sum", string: "Customers Who Bought" });

    _records = [
        ["2026-01-01", 0, 1],
        ["2026-01-01", 0, 1],
        ["2026-01-01", 1, 1],
        ["2026-01-01", 1, 0],
        ["2026-02-01", 0, 1],
        ["2026-02-01", 1, 0],
        ["2026-01-01", 2, 0],
        ["2026-01-01", 2, 0],
    ].map(([cohort, elapsed, bought], index) => ({
        id: index + 1,
        cohort,
        elapsed,
        share: bought,
        active_customers: bought,
    }));
}

defineMailModels();
defineModels([Movement, Retention]);

const OPTIONS = {
    months: [
        { day: "2026-06-30", name: "June 2026" },
        { day: "2026-03-31", name: "March 2026" },
    ],
    from: "2026-03-31",
    to: "2026-06-30",
    ranks: {
        status: { none: 1, lost: 1, slowing: 3, active: 4 },
        segment: {},
        class: {},
    },
};

let saved, asked;

beforeEach(() => {
    leaveOutTills();
    saved = new Deferred();
    asked = [];
    patchWithCleanup(download, {
        _download: async ({ data }) => saved.resolve(JSON.parse(await data.data.text())),
    });
    patchWithCleanup(user, { hasGroup: async () => true });
    onRpc("state_of", () => ({ as_of: null, progress: null, history: null }));
    onRpc("movement_options", ({ kwargs }) => {
        const { movement_from: from, movement_to: to } = kwargs.context;
        return { ...OPTIONS, from: from || OPTIONS.from, to: to || OPTIONS.to };
    });
    onRpc("formatted_read_grouping_sets", async ({ kwargs, parent }) => {
        asked.push(kwargs.context);
        const sets = await parent();
        // The server for tests adds up what is to be averaged.
        for (const group of sets.flat()) {
            if ("share:avg" in group) {
                group["share:avg"] /= group.__count;
            }
        }
        return sets;
    });
});

function mountMovement() {
    return mountView({
        type: "pivot",
        resModel: "movement",
        arch: `
            <pivot js_class="customer_sales_movement_pivot" display_quantity="1">
                <field name="from_status" type="row"/>
                <field name="to_status" type="col"/>
            </pivot>`,
    });
}

function mountRetention(measures = `<field name="share" type="measure" widget="percentage"/>`) {
    return mountView({
        type: "pivot",
        resModel: "retention",
        arch: `
            <pivot js_class="customer_sales_retention_pivot">
                <field name="cohort" interval="month" type="row"/>
                <field name="elapsed" type="col"/>
                ${measures}
            </pivot>`,
    });
}

const rows = () => queryAllTexts("tbody th");
const cells = () => queryAllTexts("td.o_pivot_cell_value");
const colors = () =>
    queryAll("td.o_pivot_cell_value").map((cell) => cell.style.backgroundColor || "-");

test("colors are as strong as values are large", () => {
    expect(heat(0, 10)).toBe(null);
    expect(heat(-3, 10)).toBe(null);
    expect(heat(10, 10).strength).toBeCloseTo(0.85);
    expect(toHex(heat(10, 10))).toBe("279196");
    expect(toCss(heat(10, 10))).toMatch(/color: white/);
    expect(toCss(heat(1, 10))).not.toMatch(/color: white/);
    expect(tone("better").rgb).toEqual([40, 167, 69]);
    expect(tone("other")).toBe(null);
});

test("moves are better, worse, or on a subdued diagonal", async () => {
    await mountMovement();
    // From best to worst, who has not bought at the end
    expect(rows()).toEqual(["Total", "Active", "Lost", "No Purchase Yet"]);
    expect(queryAllTexts("thead tr:nth-child(2) th")).toEqual(["Active", "Lost"]);
    expect(cells()).toEqual(["3", "1", "4", "1", "1", "2", "1", "", "1", "1", "", "1"]);
    const green = "rgba(40, 167, 69, 0.3)";
    expect(colors()).toEqual([
        ...["-", "-", "-"],
        ...["rgba(108, 117, 125, 0.12)", "rgba(220, 53, 69, 0.3)", "-"],
        ...[green, "-", "-"],
        ...[green, "-", "-"],
    ]);
});

test("months are chosen above the table", async () => {
    await mountMovement();
    expect(asked.at(-1)).toMatchObject({
        movement_from: "2026-03-31",
        movement_to: "2026-06-30",
    });
    await contains("select:first").select("2026-06-30");
    expect(asked.at(-1)).toMatchObject({
        movement_from: "2026-06-30",
        movement_to: "2026-06-30",
    });
});

test("a cell opens its customers, of the months chosen", async () => {
    mockService("action", {
        doAction: ({ res_model, domain, context }) => {
            expect.step([res_model, domain, context.movement_from]);
        },
    });
    await mountMovement();
    await contains("td.o_pivot_cell_value:eq(4)").click();
    expect.verifySteps([
        ["movement", ["&", ["to_status", "=", "lost"], ["from_status", "=", "active"]], "2026-03-31"],
    ]);
});

test("the file has the colors, and the log the months", async () => {
    await mountMovement();
    await contains(".o_pivot_download").click();
    const table = await saved;
    expect(table.domain.slice(0, 2)).toEqual([
        ["from_month", "=", "2026-03-31"],
        ["to_month", "=", "2026-06-30"],
    ]);
    expect(table.rows[1].values.map(({ color }) => color)).toEqual([
        toHex(tone("same")),
        toHex(tone("worse")),
        undefined,
    ]);
});

test("cohorts say how many they are, with the average of all below", async () => {
    await mountRetention();
    expect(rows()).toEqual(["January 2026 (2)", "February 2026 (1)", "Average of all cohorts"]);
    expect(queryAllTexts("thead tr:nth-child(2) th")).toEqual(["0", "1", "2"]);
    expect(cells()).toEqual(["100%", "50%", "0%", "100%", "0%", "", "100%", "33%", "0%"]);
    const full = "rgba(1, 126, 132, 0.85)";
    expect(colors()).toEqual(["-", full, "-", "-", "-", "-", "-", "-", "-"]);
});

test("the average number of customers is by cohort", async () => {
    await mountRetention(`<field name="active_customers" type="measure"/>`);
    expect(cells()).toEqual(["2", "1", "0", "1", "0", "", "1.5", "0.5", "0.0"]);
});

test("cohorts are of months, quarters or years", async () => {
    await mountRetention();
    await contains(".o_customer_sales_choices button:contains(Quarters)").click();
    expect(asked.at(-1).retention_period).toBe("quarter");
    expect(rows()).toEqual(["Q1 2026 (3)", "Average of all cohorts"]);
    expect("thead tr:first th:eq(1)").toHaveText("Quarters later");
    await contains(".o_pivot_download").click();
    const table = await saved;
    expect(table.rows.at(-1).title).toBe("Average of all cohorts");
    expect(table.rows[0].values[1]).toMatchObject({ is_percent: true, value: 1 / 3 });
});

test("a favorite brings its months, and leaves the user free to choose others", async () => {
    await mountView({
        type: "pivot",
        resModel: "movement",
        context: { movement_from: "2026-06-30" },
        arch: `
            <pivot js_class="customer_sales_movement_pivot" display_quantity="1">
                <field name="from_status" type="row"/>
                <field name="to_status" type="col"/>
            </pivot>`,
    });
    expect(asked.at(-1).movement_from).toBe("2026-06-30");
    await contains("select:first").select("2026-03-31");
    expect(asked.at(-1).movement_from).toBe("2026-03-31");
    await contains(".o_customer_sales_choices button:contains(Status)").click();
    expect(asked.at(-1).movement_from).toBe("2026-03-31");
});
