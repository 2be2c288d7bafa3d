import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import {
    defineModels,
    fields,
    models,
    mountView,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { user } from "@web/core/user";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";

class Profile extends models.Model {
    last_purchase = fields.Date();
    days = fields.Integer();

    _records = [0, 1, 2, 6, 41].map((days) => ({ days, last_purchase: "2026-06-30" }));
}

defineMailModels();
defineModels([Profile]);

async function daysAgo() {
    leaveOutTills();
    await mountView({
        type: "list",
        resModel: "profile",
        arch: `
            <list>
                <field name="days" column_invisible="1"/>
                <field
                    name="last_purchase"
                    widget="customer_sales_days_ago"
                    options="{'days_field': 'days'}"
                />
            </list>`,
    });
    return queryAllTexts(".o_customer_sales_days_ago .text-muted");
}

test("how many days ago, in English", async () => {
    expect(await daysAgo()).toEqual([
        "today",
        "yesterday",
        "2 days ago",
        "6 days ago",
        "41 days ago",
    ]);
});

test("in Arabic, which has a dual, and another plural for few than for many", async () => {
    patchWithCleanup(user, {
        get lang() {
            return "ar-001";
        },
    });
    expect(await daysAgo()).toEqual(["اليوم", "أمس", "أول أمس", "قبل ٦ أيام", "قبل ٤١ يومًا"]);
});
