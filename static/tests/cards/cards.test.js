import { beforeEach, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";

class Customer extends models.Model {
    name = fields.Char();

    _records = [
        { id: 1, name: "Acme" },
        { id: 2, name: "Bolt" },
    ];
}

class Sale extends models.Model {
    customer_id = fields.Many2one({ relation: "customer", falsy_value_label: "Walk-in" });
    net = fields.Float({ aggregator: "sum" });

    _records = [
        { id: 1, customer_id: 1, net: 30 },
        { id: 2, customer_id: false, net: 20 },
        { id: 3, customer_id: 2, net: 10 },
    ];
}

beforeEach(leaveOutTills);
defineMailModels();
defineModels([Customer, Sale]);

test("walk-ins are where the server has them, not first", async () => {
    await mountView({
        type: "kanban",
        resModel: "sale",
        groupBy: ["customer_id"],
        arch: `
            <kanban js_class="customer_sales_kanban">
                <templates><t t-name="card"><field name="net"/></t></templates>
            </kanban>`,
    });
    const headings = queryAllTexts(".o_kanban_group .o_column_title");
    expect(headings.map((text) => text.split(/[\s(]/)[0])).toEqual(["Acme", "Bolt", "Walk-in"]);
});
