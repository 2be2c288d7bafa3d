import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { defineModels, fields, makeMockEnv, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";
import { formatPercent, formatShare } from "@customer_sales_report/percent/percent_field";

class Sale extends models.Model {
    discount = fields.Float({ aggregator: "avg" });
    margin = fields.Float({ aggregator: "sum" });

    _records = [
        { id: 1, discount: 10, margin: 0.25 },
        { id: 2, discount: 12.34, margin: -0.0449 },
    ];
}

defineMailModels();
defineModels([Sale]);

test("one decimal, always", async () => {
    leaveOutTills();
    await makeMockEnv();
    expect([0, 10, 12.34, 12.35, -3].map(formatPercent)).toEqual([
        "0.0%",
        "10.0%",
        "12.3%",
        "12.4%",
        "-3.0%",
    ]);
    expect([0, 0.1, 1.7239].map(formatShare)).toEqual(["0.0%", "10.0%", "172.4%"]);
    expect([false, null, undefined].map(formatShare)).toEqual(["", "", ""]);
});

test("in a list", async () => {
    leaveOutTills();
    await mountView({
        type: "list",
        resModel: "sale",
        arch: `
            <list>
                <field name="discount" widget="customer_sales_percent"/>
                <field name="margin" widget="customer_sales_share"/>
            </list>`,
    });
    expect(queryAllTexts(".o_data_cell")).toEqual(["10.0%", "25.0%", "12.3%", "-4.5%"]);
});

test("in a pivot, as measures of the view", async () => {
    leaveOutTills();
    await mountView({
        type: "pivot",
        resModel: "sale",
        arch: `
            <pivot>
                <field name="margin" type="measure" widget="customer_sales_share"/>
            </pivot>`,
    });
    expect(queryAllTexts(".o_pivot_cell_value")).toEqual(["20.5%"]);
});
