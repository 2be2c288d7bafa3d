import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";

class Seller extends models.Model {
    name = fields.Char();

    _records = [{ id: 1, name: "Sara" }];
}

class Sale extends models.Model {
    seller_id = fields.Many2one({ relation: "seller" });

    customer = fields.Char({ falsy_value_label: "Walk-in" });
    product = fields.Char({ falsy_value_label: "No product" });
    kind = fields.Selection({
        selection: [
            ["product", "Product"],
            ["down_payment", "Down Payment"],
        ],
    });

    _records = [
        { id: 1, seller_id: 1, customer: "Acme", product: "Lamp", kind: "product" },
        { id: 2, customer: false, product: false, kind: "down_payment" },
        { id: 3, customer: false, product: false, kind: "product" },
    ];
}

defineMailModels();
defineModels([Sale, Seller]);

test("nothing is blank that has a name", async () => {
    leaveOutTills();
    await mountView({
        type: "list",
        resModel: "sale",
        arch: `
            <list js_class="customer_sales_named_list">
                <field name="customer"/>
                <field name="product" options="{'if_empty': 'kind', 'ordinary': 'product'}"/>
                <field name="kind" column_invisible="1"/>
            </list>`,
    });
    expect(queryAllTexts(".o_data_cell")).toEqual([
        "Acme",
        "Lamp",
        "Walk-in",
        "Down Payment",
        "Walk-in",
        "No product",
    ]);
});

const GROUPED = { type: "list", resModel: "sale", groupBy: ["seller_id"] };

test("a group has no menu where nothing can be done with it", async () => {
    leaveOutTills();
    await mountView({
        ...GROUPED,
        arch: `
            <list js_class="customer_sales_named_list" group_edit="0" group_delete="0">
                <field name="customer"/>
            </list>`,
    });
    expect(".o_group_header").toHaveCount(2);
    expect(".o_group_config").toHaveCount(0);
});

test("a group that may be edited has one", async () => {
    leaveOutTills();
    await mountView({
        ...GROUPED,
        arch: `<list js_class="customer_sales_named_list"><field name="customer"/></list>`,
    });
    expect(".o_group_header").toHaveCount(2);
    expect(".o_group_config").toHaveCount(1);
});
