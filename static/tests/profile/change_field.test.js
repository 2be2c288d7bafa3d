import { beforeEach, expect, test } from "@odoo/hoot";
import { queryAllAttributes, queryAllTexts } from "@odoo/hoot-dom";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";

class Profile extends models.Model {
    currency_id = fields.Many2one({ relation: "res.currency", default: 1 });
    change = fields.Monetary({ currency_field: "currency_id" });
    percent = fields.Float({ aggregator: "sum" });

    _records = [
        { id: 1, change: 50, percent: 0.25 },
        { id: 2, change: -50, percent: -0.25 },
        { id: 3, change: 12345, percent: 0 },
        { id: 4, change: 0, percent: 0 },
    ];
}

beforeEach(leaveOutTills);
defineMailModels();
defineModels([Profile]);

test("without a percentage the change itself stands beside the arrow", async () => {
    await mountView({
        type: "list",
        resModel: "profile",
        arch: `
            <list>
                <field name="currency_id" column_invisible="1"/>
                <field name="change" column_invisible="1"/>
                <field name="percent" widget="customer_sales_change" options="{'amount_field': 'change'}"/>
            </list>`,
    });
    expect(queryAllTexts(".o_data_cell")).toEqual(["25.0%", "25.0%", "$ 12.35k", ""]);
    expect(queryAllAttributes(".o_data_cell i", "class")).toEqual([
        "fa fa-arrow-up",
        "fa fa-arrow-down",
        "fa fa-arrow-up",
    ]);
});

test("groups tell it in percent", async () => {
    await mountView({
        type: "list",
        resModel: "profile",
        domain: [["id", "=", 2]],
        groupBy: ["currency_id"],
        arch: `
            <list>
                <field name="currency_id"/>
                <field name="percent" widget="customer_sales_change"/>
            </list>`,
    });
    expect(queryAllTexts(".o_group_header")[0]).toInclude("-25.0%");
});
