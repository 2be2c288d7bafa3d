import { beforeEach, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { CalibrationField } from "@customer_sales_report/prediction/calibration_field";
import { formatChance } from "@customer_sales_report/prediction/chance_field";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";

class Prediction extends models.Model {
    chance = fields.Float({ aggregator: "avg" });
    band = fields.Char();
    table = fields.Json();

    _records = [
        { id: 1, chance: 0.704, band: "x", table: false },
        {
            id: 2,
            chance: 0,
            band: "y",
            table: {
                columns: [
                    ["Segment", "text"],
                    ["Customers", "integer"],
                    ["Sales", "money"],
                    ["Ratio", "percent"],
                    ["Score", "decimals"],
                    ["Bought", "share"],
                ],
                rows: [
                    ["Loyal", 1200, 50.4, 1.25, 0.2345, [40, 10]],
                    ["Lost", 3, 0, null, 0.5, [0, 0]],
                ],
                total: ["All", 1203, 50.4, 1.25],
                marked: 0,
            },
        },
    ];
}

beforeEach(leaveOutTills);
defineMailModels();
defineModels([Prediction]);

test("chances are whole percents, and empty where none is predicted", async () => {
    await mountView({
        resModel: "prediction",
        type: "list",
        arch: `<list><field name="chance" widget="customer_sales_chance"/></list>`,
    });
    expect(queryAllTexts("td.o_data_cell")).toEqual(["70%", ""]);
    expect([0.0001, 0.006, 0.994, 0.9996].map(formatChance)).toEqual([
        "< 1%",
        "1%",
        "99%",
        "> 99%",
    ]);
});

test("the chance of a group is a percentage, too", async () => {
    await mountView({
        resModel: "prediction",
        type: "list",
        groupBy: ["band"],
        arch: `<list><field name="band"/><field name="chance" widget="customer_sales_chance" avg="Chance"/></list>`,
    });
    expect(queryAllTexts(".o_group_header .o_list_number")).toEqual(["70%", ""]);
});

test("a table as the server makes it", async () => {
    await mountView({
        resModel: "prediction",
        resId: 2,
        type: "form",
        arch: `<form><field name="table" widget="customer_sales_table"/></form>`,
    });
    expect(queryAllTexts("tbody tr:first td")).toEqual([
        "Loyal",
        "1,200",
        "50",
        "125%",
        "0.235",
        "25% of 40",
    ]);
    expect(queryAllTexts("tbody tr:last td")).toEqual(["Lost", "3", "0", "–", "0.500", "–"]);
    expect("tbody tr:first td.fw-bold").toHaveCount(6);
    expect("tbody tr:last td.fw-bold").toHaveCount(0);
    expect(queryAllTexts("tfoot td")).toEqual(["All", "1,203", "50", "125%"]);
});

test("no table, no trace", async () => {
    await mountView({
        resModel: "prediction",
        resId: 1,
        type: "form",
        arch: `<form><field name="table" widget="customer_sales_table"/></form>`,
    });
    expect("table").toHaveCount(0);
});

test("the graph has a line for each way, and the diagonal", () => {
    const field = Object.create(CalibrationField.prototype);
    field.props = {
        name: "chart",
        record: {
            data: {
                chart: [
                    { name: "Model", is_used: false, points: [[0.1, 0.2, 30]] },
                    { name: "Trained", is_used: true, points: [[0.1, 0.1, 30]] },
                ],
            },
        },
    };
    const datasets = field.datasets();
    expect(datasets.slice(0, 2).map(({ label }) => label)).toEqual(["Model", "Trained"]);
    expect(datasets[0].data).toEqual([{ x: 0.1, y: 0.2, customers: 30 }]);
    expect(datasets.map(({ borderWidth }) => borderWidth)).toEqual([1, 3, 1]);
    expect(datasets[2].data).toEqual([
        { x: 0, y: 0 },
        { x: 1, y: 1 },
    ]);
});
