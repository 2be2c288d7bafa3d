import { beforeEach, expect, test } from "@odoo/hoot";
import { Deferred } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";
import { CustomerSalesPivotModel } from "@customer_sales_report/pivot/pivot_view";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

class Sale extends models.Model {
    date = fields.Date();
    city = fields.Char();
    quantity = fields.Float({ aggregator: "sum" });

    _records = [
        { id: 1, date: "2026-03-01", city: "Riyadh", quantity: 2 },
        { id: 2, date: "2026-04-02", city: "Makkah", quantity: 3 },
    ];
}

defineMailModels();
defineModels([Sale]);

let saved;

beforeEach(() => {
    leaveOutTills();
    saved = new Deferred();
    patchWithCleanup(download, {
        _download: async ({ data }) => saved.resolve(JSON.parse(await data.data.text())),
    });
});

/** A pivot by city and month; ours, unless another is asked for. */
async function mountPivot({ jsClass = "customer_sales_pivot", mayExport = true } = {}) {
    patchWithCleanup(user, { hasGroup: async () => mayExport });
    await mountView({
        type: "pivot",
        resModel: "sale",
        domain: [["quantity", ">", 1]],
        arch: `
            <pivot js_class="${jsClass}">
                <field name="city" type="row"/>
                <field name="date" interval="month" type="col"/>
                <field name="quantity" type="measure"/>
            </pivot>`,
    });
}

test("says what the log of exports has to tell", async () => {
    await mountPivot();
    await contains(".o_pivot_download").click();
    const table = await saved;
    expect(table.domain).toEqual([["quantity", ">", 1]]);
    expect(table.group_bys).toEqual(["city", "date:month"]);
    expect(table.measures).toEqual(["quantity"]);
    expect(table.measure_count).toBe(1);
    expect(table.allowed_company_ids).toEqual(user.activeCompanies.map(({ id }) => id));
});

test("those who may not export are not offered it", async () => {
    await mountPivot({ mayExport: false });
    expect(".o_pivot_expand_button").toHaveCount(1);
    expect(".o_pivot_download").toHaveCount(0);
});

test("every pivot of the app is written to the log", async () => {
    const views = registry.category("views");
    const own = views.getEntries().filter(([name]) => /^customer_sales_.*pivot$/.test(name));
    expect(own.length).toBeGreaterThan(3);
    for (const [, { Model }] of own) {
        const isOurs =
            Model === CustomerSalesPivotModel ||
            Model.prototype instanceof CustomerSalesPivotModel;
        expect(isOurs).toBe(true);
    }
    for (const [, view] of own) {
        expect(view.buttonTemplate).toBe("customer_sales_report.PivotButtons");
    }
});

test("pivots of other apps are Odoo's own", async () => {
    await mountPivot({ jsClass: "pivot", mayExport: false });
    await contains(".o_pivot_download").click();
    const table = await saved;
    expect(Object.keys(table)).not.toInclude("group_bys");
});
