/** The places where this app reaches into Odoo's web client: see ARCHITECTURE.md. */

import { describe, expect, test } from "@odoo/hoot";
import { Deferred } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    getService,
    models,
    mountView,
    mountWithCleanup,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { searchBarPatch } from "@customer_sales_report/filter/search_bar_patch";
import { searchModelPatch } from "@customer_sales_report/filter/search_model_patch";
import { favoritePatch } from "@customer_sales_report/layout/layout_menu";
import { download } from "@web/core/network/download";
import { DomainField } from "@web/views/fields/domain/domain_field";
import { FormRenderer } from "@web/views/form/form_renderer";
import { SearchBar } from "@web/search/search_bar/search_bar";
import { CustomFavoriteItem } from "@web/search/custom_favorite_item/custom_favorite_item";
import { SearchModel } from "@web/search/search_model";
import { ListController } from "@web/views/list/list_controller";
import { ListRenderer } from "@web/views/list/list_renderer";
import { WebClient } from "@web/webclient/webclient";
import { leaveOutTills } from "./without_tills";

/** The parameters of a method in Odoo's own class, as its source has them. */
function parameters(prototype, name, patchOfOurs = {}) {
    const holder = Object.hasOwn(patchOfOurs, name) ? Object.getPrototypeOf(patchOfOurs) : prototype;
    const method = holder[name];
    return method && String(method).match(/\(([^]*?)\)\s*\{/)?.[1].replace(/\s/g, "");
}

const isGetter = (prototype, name) =>
    Boolean(Object.getOwnPropertyDescriptor(prototype, name)?.get);

describe("what is overridden or called has the parameters that it had", () => {
    test.tags("headless");
    test("SearchModel", () => {
        const known = {
            load: "config",
            reload: "config={}",
            _getGroupBy: "options={}",
            _notify: "",
            _createGroupOfFavorites: "irFilters",
            createNewFilters: "prefilters",
            createNewGroupBy: "fieldName,{interval,invisible}={}",
            toggleSearchItem: "searchItemId",
        };
        const found = Object.keys(known).map((name) => [
            name,
            parameters(SearchModel.prototype, name, searchModelPatch),
        ]);
        expect(Object.fromEntries(found)).toEqual(known);
    });

    test.tags("headless");
    test("SearchBar", () => {
        expect(parameters(SearchBar.prototype, "setup", searchBarPatch)).toBe("");
        expect(parameters(SearchBar.prototype, "onFacetLabelClick", searchBarPatch)).toBe(
            "target,facet"
        );
    });

    test.tags("headless");
    test("DomainField and FormRenderer", () => {
        expect(parameters(DomainField.prototype, "checkProps")).toBe("props=this.props");
        expect(parameters(DomainField.prototype, "quickValidityCheck")).toBe("props");
        expect(parameters(FormRenderer.prototype, "setup")).toBe("");
    });

    test.tags("headless");
    test("CustomFavoriteItem", () => {
        expect(parameters(CustomFavoriteItem.prototype, "setup", favoritePatch)).toBe("");
        expect(CustomFavoriteItem.template).toBe("web.CustomFavoriteItem");
    });

    test.tags("headless");
    test("ListRenderer and ListController", () => {
        const known = {
            setup: "",
            processAllColumn: "allColumns,list",
            getActiveColumns: "",
            isNumericColumn: "column",
            evalColumnInvisible: "columnInvisible",
            formatGroupAggregate: "group,column",
            getFormattedValue: "column,record",
            onCellKeydown: "ev,group=null,record=null",
            computeOptionalActiveFields: "",
            saveOptionalActiveFields: "",
        };
        const found = Object.keys(known).map((name) => [
            name,
            parameters(ListRenderer.prototype, name),
        ]);
        expect(Object.fromEntries(found)).toEqual(known);
        expect(isGetter(ListRenderer.prototype, "optionalFieldGroups")).toBe(true);
        expect(isGetter(ListRenderer.prototype, "displayOptionalFields")).toBe(true);
        expect(ListRenderer.groupRowTemplate).toBe("web.ListRenderer.GroupRow");
        expect(parameters(ListController.prototype, "getStaticActionMenuItems")).toBe("");
        expect(parameters(ListController.prototype, "getExportableFields")).toBe("");
    });
});

class Sale extends models.Model {
    city = fields.Char();
    quantity = fields.Float({ aggregator: "sum" });

    _records = [{ id: 1, city: "Riyadh", quantity: 2 }];
    _views = {
        list: `<list><field name="city"/></list>`,
        pivot: `<pivot><field name="city" type="row"/><field name="quantity" type="measure"/></pivot>`,
        search: `
            <search>
                <filter name="large" string="Large" domain="[['city', '!=', 'customer_total']]"/>
            </search>`,
    };
}

defineMailModels();
defineModels([Sale]);

describe("views of other models run Odoo's own code", () => {
    const ACTION = {
        type: "ir.actions.act_window",
        name: "Sales",
        res_model: "sale",
        views: [[false, "list"]],
        context: { search_default_large: 1, customer_sales_applied: { facets: [] } },
    };

    test.tags("desktop");
    test("searches", async () => {
        leaveOutTills();
        let searchModel;
        patchWithCleanup(SearchModel.prototype, {
            setup() {
                super.setup(...arguments);
                searchModel = this;
            },
        });
        await mountWithCleanup(WebClient);
        await getService("action").doAction(ACTION);
        expect(searchModel.resModel).toBe("sale");
        expect(searchModel.globalContext.customer_sales_applied).toEqual({ facets: [] });
        expect(searchModel.facets.map(({ domain }) => domain)).toEqual([
            `[["city", "!=", "customer_total"]]`,
        ]);
    });

    test.tags("desktop");
    test("favorites", async () => {
        leaveOutTills();
        await mountWithCleanup(WebClient);
        await getService("action").doAction(ACTION);
        await contains(".o_searchview_dropdown_toggler").click();
        await contains(".o_add_favorite").click();
        expect(".o_favorite_menu input[type=checkbox]").toHaveCount(1);
        expect(".o_customer_sales_favorite_layout").toHaveCount(0);
    });

    test.tags("desktop");
    test("pivot tables that are saved", async () => {
        leaveOutTills();
        let saved;
        const isSaved = new Deferred();
        patchWithCleanup(download, {
            _download: async ({ data }) => {
                saved = JSON.parse(await data.data.text());
                isSaved.resolve();
            },
        });
        await mountView({ type: "pivot", resModel: "sale" });
        await contains(".o_pivot_download").click();
        await isSaved;
        expect(Object.keys(saved).sort()).toEqual([
            "col_group_headers",
            "measure_count",
            "measure_headers",
            "model",
            "rows",
            "title",
        ]);
    });
});
