import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    getService,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";
import { contextOf, showFilter } from "@customer_sales_report/filter/applied_filter";
import { isFiltered } from "@customer_sales_report/report_models";
import { isAsked } from "@customer_sales_report/filter/filter_form";
import { SearchModel } from "@web/search/search_model";
import { WebClient } from "@web/webclient/webclient";

class Sale extends models.Model {
    _name = "customer.sales.report";

    city = fields.Char();
    channel = fields.Char();
    quantity = fields.Float({ aggregator: "sum" });

    _records = [{ id: 1, city: "Riyadh", channel: "pos", quantity: 2 }];
    _views = {
        kanban: `<kanban><templates><t t-name="card"><field name="city"/></t></templates></kanban>`,
        search: `
            <search>
                <field name="city"/>
                <filter name="pos" string="Tills" domain="[('channel', '=', 'pos')]"/>
                <filter name="by_city" string="By city" context="{'group_by': 'city'}"/>
            </search>`,
    };
    _filters = [
        {
            id: 7,
            name: "Large",
            domain: "[('quantity', '>', 1)]",
            context: "{'group_by': ['channel']}",
            sort: "[]",
            is_default: false,
            user_ids: [1],
        },
    ];
}

class Dialog extends models.Model {
    _name = "customer.sales.filter";

    cities = fields.Char();
    kept = fields.Char();
    left_out = fields.Json();

    _views = {
        form: `
            <form js_class="customer_sales_filter_form">
                <notebook>
                    <page name="first" string="First" marked="1">
                        <field name="cities" widget="customer_sales_cities"/>
                    </page>
                    <page name="second" string="Second" marked="1">
                        <field name="kept" widget="customer_sales_kept"/>
                    </page>
                    <page name="third" string="Third"><field name="display_name"/></page>
                </notebook>
            </form>`,
    };
}

defineMailModels();
defineModels([Sale, Dialog]);

const ACTION = {
    type: "ir.actions.act_window",
    name: "Sales",
    res_model: "customer.sales.report",
    views: [[false, "kanban"]],
    domain: [["quantity", ">", 0]],
};

let searchModel;

beforeEach(() => {
    leaveOutTills();
    patchWithCleanup(SearchModel.prototype, {
        setup() {
            super.setup(...arguments);
            searchModel = this;
        },
    });
});

async function openReport(context = {}) {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({ ...ACTION, context });
}

describe("what is on the screen", () => {
    test.tags("desktop");
    test("facets, groups, and what the view is of", async () => {
        await openReport({ search_default_pos: 1, search_default_city: "Riy", search_default_by_city: 1 });
        expect(contextOf(searchModel)).toEqual({
            customer_sales_filter_in_view: true,
            customer_sales_filter_model: "customer.sales.report",
            customer_sales_filter_group_by: ["city"],
            customer_sales_filter_within: [["quantity", ">", 0]],
            customer_sales_filter_on_screen: [
                { words: "City: Riy", domain: [["city", "ilike", "Riy"]] },
                { words: "Tills", domain: [["channel", "=", "pos"]] },
            ],
            customer_sales_filter_favorite: false,
        });
    });

    test.tags("desktop");
    test("the periods that are compared", async () => {
        await openReport({ customer_sales_compared: { current: "last_30", base: "year_before" } });
        expect(contextOf(searchModel).customer_sales_compared).toEqual({
            current: "last_30",
            base: "year_before",
        });
    });

    test("models that the dialog asks", () => {
        const asked = ["report", "comparison.report", "profile", "product", "purchase"];
        const others = ["customer.sales.history", "customer.sales.export.log", "res.partner"];
        expect(asked.map((name) => isFiltered(`customer.sales.${name}`))).toEqual(
            asked.map(() => true)
        );
        expect(others.map(isFiltered)).toEqual(others.map(() => false));
    });

    test.tags("desktop");
    test("a favorite, and what was made of it", async () => {
        await openReport();
        await contains(".o_searchview_dropdown_toggler").click();
        await contains(".o_favorite_menu .o-dropdown-item:contains(Large)").click();
        const context = contextOf(searchModel);
        expect(context.customer_sales_filter_favorite).toBe(7);
        expect(context.customer_sales_filter_group_by).toEqual(["channel"]);
        const domain = "[('city', '=', 'Riyadh')]";
        showFilter(searchModel, {
            facets: [{ name: "cities", description: "Riyadh", domain }],
            favorite_id: 7,
        });
        await animationFrame();
        expect(".o_searchview_facet:contains(Large)").toHaveCount(0);
        expect(".o_searchview_facet:contains(Riyadh)").toHaveCount(1);
        expect(searchModel.groupBy).toEqual(["channel"]);
        expect(contextOf(searchModel).customer_sales_filter_favorite).toBe(7);
    });

    test.tags("desktop");
    test("a favorite that was updated takes the place of what it was", async () => {
        await openReport();
        const favorite = { ...Sale._filters[0], domain: "[('city', '=', 'Hail')]" };
        showFilter(searchModel, { facets: [], favorite });
        await animationFrame();
        expect(".o_searchview_facet").toHaveText("Large");
        expect(searchModel.domain).toEqual(["&", ["quantity", ">", 0], ["city", "=", "Hail"]]);
        const favorites = searchModel.getSearchItems(({ type }) => type === "favorite");
        expect(favorites.map(({ description }) => description)).toEqual(["Large"]);
    });

    test.tags("desktop");
    test("groups stay when the filter changes", async () => {
        await openReport({ search_default_pos: 1, search_default_by_city: 1 });
        showFilter(searchModel, { facets: [] });
        await animationFrame();
        expect(".o_searchview_facet").toHaveText("By city");
        expect(searchModel.domain).toEqual([["quantity", ">", 0]]);
    });

    test.tags("desktop");
    test("a facet and the menu open the dialog over the report", async () => {
        await openReport({ search_default_pos: 1 });
        patchWithCleanup(getService("action"), {
            doAction(action, { additionalContext } = {}) {
                expect.step(
                    `${action} ${additionalContext?.customer_sales_filter_on_screen[0].words}`
                );
            },
        });
        const dialog = "customer_sales_report.action_customer_sales_filter Tills";
        await contains(".o_searchview_facet_label").click();
        expect.verifySteps([dialog]);
        expect(".o_dialog").toHaveCount(0);
    });
});

describe("the dialog", () => {
    const mountDialog = (values) => {
        Dialog._records = [{ id: 1, ...values }];
        return mountView({ type: "form", resModel: "customer.sales.filter", resId: 1 });
    };
    const marked = () =>
        [...document.querySelectorAll(".o_customer_sales_asked")].map((tab) =>
            tab.getAttribute("name")
        );

    test("pages on which something is asked are marked", async () => {
        await mountDialog({ cities: "Riyadh", display_name: "Any" });
        expect(marked()).toEqual(["first"]);
        await contains(".o_tag .o_delete").click();
        await animationFrame();
        expect(marked()).toEqual([]);
        await contains(".nav-link[name=third]").click();
        expect(marked()).toEqual([]);
    });

    test("what asks for nothing", () => {
        const asked = [true, "x", "[('a', '=', 1)]", { a: { checked: true } }, { currentIds: [1] }];
        const nothing = [false, "", "[]", 0, null, { a: { checked: false } }, { currentIds: [] }, {}];
        expect(asked.map(isAsked)).toEqual(asked.map(() => true));
        expect(nothing.map(isAsked)).toEqual(nothing.map(() => false));
    });

    test("cities are suggested, and can be typed", async () => {
        onRpc("customer.sales.filter", "suggest_cities", ({ args }) => {
            expect.step(`suggest ${args[0]}`);
            return ["Riyadh", "Jeddah"];
        });
        await mountDialog({ cities: "Riyadh" });
        await contains(".o-autocomplete--input").edit("Je", { confirm: false });
        await advanceTime(300);
        await animationFrame();
        expect.verifySteps(["suggest Je"]);
        expect(".o-autocomplete--dropdown-item").toHaveText("Jeddah");
        await contains(".o-autocomplete--dropdown-item").click();
        await animationFrame();
        expect(".o_tag").toHaveCount(2);
        await contains(".o-autocomplete--input").edit("Hail, Abha", { confirm: "blur" });
        await animationFrame();
        expect(".o_tag").toHaveCount(4);
        expect(".o_tag:last").toHaveText("Abha");
    });

    test("conditions from the search bar can be taken out", async () => {
        const kept = JSON.stringify([
            { words: "Number: INV/1", domain: [] },
            { words: "Number: INV/2", domain: [] },
        ]);
        await mountDialog({ kept });
        expect(marked()).toEqual(["second"]);
        await contains(".nav-link[name=second]").click();
        expect(".o_tag").toHaveCount(2);
        await contains(".o_tag:first .o_delete").click();
        await animationFrame();
        expect(".o_tag").toHaveText("Number: INV/2");
        await contains(".o_tag .o_delete").click();
        await animationFrame();
        expect(".o_tag").toHaveCount(0);
        expect(marked()).toEqual([]);
    });
});
