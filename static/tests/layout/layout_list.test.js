import { beforeEach, expect, test } from "@odoo/hoot";
import { queryAllTexts, queryAllValues, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    editFavoriteName,
    fields,
    getService,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    saveFavorite,
    toggleMenuItem,
    toggleSaveFavorite,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";
import { ColumnLayouts } from "@customer_sales_report/layout/column_layouts";
import { browser } from "@web/core/browser/browser";
import { WebClient } from "@web/webclient/webclient";

class Sale extends models.Model {
    date = fields.Date();
    city = fields.Char();
    quantity = fields.Float({ aggregator: "sum" });
    price = fields.Float({ string: "Average Price", aggregator: "avg" });
    discount = fields.Float({ aggregator: "sum" });
    company_id = fields.Char({ string: "Company" });

    _records = [
        { id: 1, date: "2026-03-01", city: "Riyadh", quantity: 2, price: 10, discount: 1 },
        { id: 2, date: "2026-03-02", city: "Makkah", quantity: 3, price: 20, discount: 0 },
    ];
    _views = {
        list: `
            <list js_class="customer_sales_list">
                <field name="date" optional="show"/>
                <field name="city" optional="show"/>
                <field name="quantity" optional="show" sum="All"/>
                <field name="price" optional="hide"/>
                <field name="discount" optional="hide"/>
            </list>`,
        search: `
            <search>
                <filter name="by_city" string="By city" context="{'group_by': 'city'}"/>
            </search>`,
    };
}

defineMailModels();
defineModels([Sale]);

const columns = (...names) =>
    names.map((word) => ({
        name: word.replace(/[()+]/g, ""),
        label: false,
        is_shown: !word.includes("("),
        is_totalled: word.includes("+"),
    }));

const MINE = {
    id: 5,
    name: "Mine",
    is_own: true,
    is_editable: true,
    is_changed: false,
    company_id: false,
    columns: columns("quantity+", "date", "(city)"),
};
const SHARED = {
    ...MINE,
    id: 7,
    name: "Shared",
    is_own: false,
    is_editable: false,
    columns: columns("city", "date"),
};
const EVERYTHING = { ...SHARED, id: 8, name: "Everything", columns: null };

/** What the server answers; tests change it. */
let answer;

beforeEach(() => {
    leaveOutTills();
    answer = {
        layouts: [MINE, SHARED, EVERYTHING],
        default_id: false,
        can_share: false,
    };
    onRpc("customer.sales.layout", "get_layouts", ({ args }) => {
        expect(args).toEqual(["sale"]);
        return answer;
    });
    onRpc("customer.sales.layout", "set_default", ({ args }) => {
        expect.step(`default ${args[1]}`);
        return { ...answer, default_id: args[1] };
    });
    onRpc("customer.sales.layout", "save_layout", ({ args: [, values, id] }) => {
        expect.step(
            `save ${id || "new"} ${(values.columns || [])
                .map(({ name, is_shown }) => (is_shown ? name : `(${name})`))
                .join(" ")}`
        );
        const saved_id = id || 9;
        const others = answer.layouts.filter((layout) => layout.id !== saved_id);
        const layout = answer.layouts.find((each) => each.id === saved_id) || {
            ...MINE,
            id: saved_id,
        };
        answer = {
            ...answer,
            layouts: [{ ...layout, ...values }, ...others],
            default_id: values.is_default ? saved_id : answer.default_id,
        };
        return { ...answer, saved_id };
    });
    onRpc("sale", "get_column_groups", () => ({
        groups: [
            ["document", "Document"],
            ["amounts", "Amounts"],
        ],
        group_of: {
            date: "document",
            city: "document",
            quantity: "amounts",
            price: "amounts",
            discount: "amounts",
        },
    }));
});

const mount = (params = {}) =>
    mountView({ type: "list", resModel: "sale", loadIrFilters: true, ...params });
const headers = () => queryAllTexts("thead th[data-name]");
const chosen = () => queryAllValues(".o_customer_sales_chosen input[type=text]");
const openMenu = () => contains(".o_optional_columns_dropdown button").click();
const pick = async (name) => {
    await openMenu();
    await contains(`.o_customer_sales_layout:contains(${name})`).click();
    await openMenu();
};
const openPanel = async () => {
    await openMenu();
    await contains(".o_customer_sales_customize").click();
};

test("opens as shipped, or with the default", async () => {
    await mount();
    expect(headers()).toEqual(["Date", "City", "Quantity"]);
});

test("opens with the default layout", async () => {
    answer.default_id = 5;
    await mount();
    expect(headers()).toEqual(["Quantity", "Date"]);
    expect("tfoot .o_list_number:first").toHaveText("5.00");
});

test("one call when it opens, none for rows", async () => {
    onRpc("customer.sales.layout", "*", ({ method }) => {
        expect.step(method);
    });
    onRpc("sale", "*", ({ method }) => {
        expect.step(method);
    });
    await mount();
    expect.verifySteps(["get_views", "web_search_read", "get_layouts"]);
});

test("switching between layouts", async () => {
    await mount();
    await openMenu();
    expect(queryAllTexts(".o_customer_sales_layout")).toEqual([
        "Standard",
        "Mine",
        "Shared",
        "Everything",
    ]);
    await contains(".o_customer_sales_layout:contains(Shared)").click();
    expect(headers()).toEqual(["City", "Date"]);
    await contains(".o_customer_sales_layout:contains(Everything)").click();
    expect(headers()).toEqual(["Date", "City", "Quantity", "Average Price", "Discount"]);
    await contains(".o_customer_sales_layout:contains(Standard)").click();
    expect(headers()).toEqual(["Date", "City", "Quantity"]);
    await contains(".o_customer_sales_layout:contains(Shared) button").click();
    expect.verifySteps(["default 7"]);
});

test("the column menu offers the layout's columns, and then the others", async () => {
    answer.default_id = 7;
    await mount();
    await openMenu();
    expect(queryAllTexts(".o-dropdown-item:has(.o-checkbox)")).toEqual([
        "City",
        "Date",
        "Quantity",
        "Average Price",
        "Discount",
    ]);
});

test("ticks in a layout of one's own are kept in it", async () => {
    answer.default_id = 5;
    await mount();
    await openMenu();
    await contains(".o-dropdown-item:contains(City)").click();
    expect(headers()).toEqual(["Quantity", "Date", "City"]);
    await contains(".o-dropdown-item:contains(Average Price)").click();
    expect(headers()).toEqual(["Quantity", "Date", "City", "Average Price"]);
    await contains(".o-dropdown-item:contains(Date)").click();
    expect.verifySteps([
        "save 5 quantity date city",
        "save 5 quantity date city price",
        "save 5 quantity (date) city price",
    ]);
});

test("ticks elsewhere make a layout of one's own, and Standard stays as it is", async () => {
    await mount();
    await openMenu();
    await contains(".o-dropdown-item:contains(Average Price)").click();
    await animationFrame();
    expect(headers()).toEqual(["Date", "City", "Quantity", "Average Price"]);
    expect.verifySteps(["save new date city quantity price"]);
    expect(".o_notification:contains(My columns)").toHaveCount(1);
    expect(answer.default_id).toBe(9);
    await contains(".o_customer_sales_layout:contains(Standard)").click();
    expect(headers()).toEqual(["Date", "City", "Quantity"]);
    await contains(".o_customer_sales_layout:contains(Shared)").click();
    await contains(".o-dropdown-item:contains(Date)").click();
    await animationFrame();
    expect(headers()).toEqual(["City"]);
    expect.verifySteps(["save new city (date)"]);
    await contains(".o_customer_sales_layout:contains(/^Shared$/)").click();
    expect(headers()).toEqual(["City", "Date"]);
    expect(
        Object.keys(browser.localStorage).filter((key) => key.startsWith("optional_fields"))
    ).toHaveLength(0);
});

test("cells stay under their headings while one is dragged, and afterwards", async () => {
    answer.default_id = 5;
    await mount();
    const cells = () => queryAllTexts(".o_data_row:first .o_data_cell");
    expect(cells()).toEqual(["2.00", "Mar 1, 2026"]);
    const nodes = [...queryOne(".o_data_row:first").childNodes];
    const { moveTo, cancel } = await contains("th[data-name=date]").drag();
    await moveTo("th[data-name=quantity]");
    expect(cells()).toEqual(["Mar 1, 2026", "2.00"]);
    await cancel();
    expect(cells()).toEqual(["2.00", "Mar 1, 2026"]);
    expect([...queryOne(".o_data_row:first").childNodes]).toEqual(nodes);
    expect(headers()).toEqual(["Quantity", "Date"]);
    await contains("th[data-name=date]").dragAndDrop("th[data-name=quantity]");
    await animationFrame();
    expect(cells()).toEqual(["Mar 1, 2026", "2.00"]);
    expect.verifySteps(["save 5 date quantity (city)"]);
});

test("a row whose group name would be torn waits while a heading is dragged", async () => {
    patchWithCleanup(Sale._views, { list: Sale._views.list.replace("<list", "<list expand='1'") });
    await mount({ groupBy: ["date:month"] });
    const { moveTo, cancel } = await contains("th[data-name=quantity]").drag();
    await moveTo("th[data-name=date]");
    expect(".o_group_header.o_customer_sales_unsettled").toHaveCount(1);
    expect(queryAllTexts(".o_data_row:first .o_data_cell")).toEqual([
        "2.00",
        "Mar 1, 2026",
        "Riyadh",
    ]);
    await cancel();
    expect(".o_customer_sales_unsettled").toHaveCount(0);
});

test("dropped in its place, a column is not saved", async () => {
    answer.default_id = 5;
    await mount();
    const { moveTo, drop } = await contains("th[data-name=date]").drag();
    await moveTo("th[data-name=quantity]");
    await moveTo(".o_customer_sales_drop_place");
    await moveTo("th[data-name=quantity]");
    await drop();
    await animationFrame();
    expect(headers()).toEqual(["Quantity", "Date"]);
    expect.verifySteps([]);
});

test("the company shows by itself, until it is unticked in a layout", async () => {
    patchWithCleanup(Sale._views, {
        list: Sale._views.list.replace(
            "</list>",
            '<field name="company_id" optional="show"/></list>'
        ),
    });
    answer.default_id = 5;
    await mount();
    expect(headers()).toEqual(["Quantity", "Date", "Company"]);
    await openMenu();
    await contains(".o-dropdown-item:contains(Company)").click();
    await animationFrame();
    expect(headers()).toEqual(["Quantity", "Date"]);
    expect.verifySteps(["save 5 quantity date (city) (company_id)"]);
});

test("dragging a header in a layout of one's own", async () => {
    answer.default_id = 5;
    await mount();
    await contains("th[data-name=date]").dragAndDrop("th[data-name=quantity]");
    await animationFrame();
    expect(headers()).toEqual(["Date", "Quantity"]);
    expect.verifySteps(["save 5 date quantity (city)"]);
});

test("dragging a header elsewhere makes a layout of one's own", async () => {
    await mount();
    await contains("th[data-name=quantity]").dragAndDrop("th[data-name=date]");
    await animationFrame();
    expect(headers()).toEqual(["Quantity", "Date", "City"]);
    expect.verifySteps(["save new quantity date city"]);
    expect(".o_notification:contains(My columns)").toHaveCount(1);
    expect(answer.default_id).toBe(9);
    await contains("th[data-name=quantity]").dragAndDrop("th[data-name=city]");
    await animationFrame();
    expect.verifySteps(["save 9 date city quantity"]);
});

test("a click on a header sorts, and a drag does not", async () => {
    onRpc("sale", "web_search_read", ({ kwargs }) => {
        expect.step(`order ${kwargs.order}`);
    });
    answer.default_id = 5;
    await mount();
    await contains("th[data-name=date]").dragAndDrop("th[data-name=quantity]");
    await animationFrame();
    await contains("th[data-name=date]").click();
    expect.verifySteps(["order ", "save 5 date quantity (city)", "order date ASC"]);
});

test("shift and arrow keys move a column, and keep the focus", async () => {
    answer.default_id = 5;
    await mount();
    queryOne("th[data-name=date]").focus();
    await contains("th[data-name=date]").press("Shift+ArrowLeft");
    await animationFrame();
    expect(headers()).toEqual(["Date", "Quantity"]);
    expect("th[data-name=date]").toBeFocused();
    expect.verifySteps(["save 5 date quantity (city)"]);
    await contains("th[data-name=date]").press("Shift+ArrowLeft");
    expect.verifySteps([]);
});

test("what could not be saved is taken back", async () => {
    const layouts = new ColumnLayouts("sale", {
        orm: { call: async () => Promise.reject(new Error("No.")) },
    });
    layouts.layouts = [MINE];
    layouts.activate(5);
    const saving = layouts.keep(columns("date"));
    expect(layouts.draft).toEqual(columns("date"));
    await expect(saving).rejects.toThrow("No.");
    expect(layouts.draft).toBe(null);
    expect(layouts.active).toEqual(MINE);
});

test("groups: room for names, and no total where the layout has none", async () => {
    answer.layouts[0] = { ...MINE, columns: columns("quantity+", "discount", "price", "city") };
    answer.default_id = 5;
    await mount({ groupBy: ["date:month"] });
    expect(headers()).toEqual(["City", "Quantity", "Discount", "Average Price"]);
    expect(queryAllTexts(".o_group_header td.o_list_number")).toEqual(["5.00", "", "30.00"]);
    expect(queryAllTexts("tfoot td.o_list_number")).toEqual(["5.00"]);
});

test("groups: no total where the view has none", async () => {
    patchWithCleanup(Sale._views, {
        list: Sale._views.list.replace('name="discount" optional="hide"', 'name="discount"'),
    });
    await mount({ groupBy: ["date:month"] });
    expect(headers()).toEqual(["Date", "City", "Quantity", "Discount"]);
    expect(queryAllTexts(".o_group_header td.o_list_number")).toEqual(["5.00", ""]);
});

test("the panel: choose, order, heading, shown, total", async () => {
    answer.default_id = 5;
    await mount();
    await openPanel();
    expect(chosen()).toEqual(["Quantity", "Date", "City"]);
    await contains(".o_customer_sales_available [data-name=price]").click();
    expect(headers()).toEqual(["Quantity", "Date", "Average Price"]);
    await contains(".o_customer_sales_chosen[data-name=price] .o_customer_sales_handle").dragAndDrop(
        ".o_customer_sales_chosen[data-name=quantity]"
    );
    expect(chosen()).toEqual(["Average Price", "Quantity", "Date", "City"]);
    expect(headers()).toEqual(["Average Price", "Quantity", "Date"]);
    await contains(".o_customer_sales_chosen[data-name=date] input[type=text]").edit("Day");
    await contains(".o_customer_sales_chosen[data-name=city] .o_customer_sales_shown input").click();
    expect(headers()).toEqual(["Average Price", "Quantity", "Day", "City"]);
    expect(".o_customer_sales_chosen[data-name=price] .o_customer_sales_totalled").toHaveCount(0);
    await contains(
        ".o_customer_sales_chosen[data-name=quantity] .o_customer_sales_totalled input"
    ).click();
    expect("tfoot td.o_list_number").toHaveCount(0);
    await contains(".o_customer_sales_chosen[data-name=quantity] .o_customer_sales_remove").click();
    expect(headers()).toEqual(["Average Price", "Day", "City"]);
    await contains(".modal-footer .btn-primary").click();
    expect(".modal").toHaveCount(0);
    expect.verifySteps(["save 5 price date city"]);
    expect(headers()).toEqual(["Average Price", "Day", "City"]);
});

test("the panel: discarding takes everything back", async () => {
    await mount();
    await openPanel();
    await contains(".o_customer_sales_available [data-name=price]").click();
    await contains(".modal-footer button:contains(Discard)").click();
    expect(headers()).toEqual(["Date", "City", "Quantity"]);
    expect.verifySteps([]);
});

test("the panel: what is taken out hands the focus on", async () => {
    answer.default_id = 5;
    await mount();
    await openPanel();
    await contains(".o_customer_sales_chosen[data-name=date] .o_customer_sales_remove").click();
    expect(".o_customer_sales_chosen[data-name=city] .o_customer_sales_handle").toBeFocused();
    await contains(".o_customer_sales_chosen[data-name=city] .o_customer_sales_shown input").click();
    expect(".o_customer_sales_chosen[data-name=city] .o_customer_sales_shown input").toBeFocused();
});

test("the panel: search", async () => {
    await mount();
    await openPanel();
    await contains(".o_customer_sales_layout_panel input[type=search]").edit("aver", {
        confirm: false,
    });
    expect(queryAllTexts(".o_customer_sales_available button")).toEqual(["Average Price"]);
    expect(queryAllTexts(".o_customer_sales_available h6")).toEqual(["AMOUNTS"]);
    await contains(".o_customer_sales_layout_panel input[type=search]").edit("qqq", {
        confirm: false,
    });
    expect(".o_customer_sales_available").toHaveText("No column is called that.");
});

test("the panel: keyboard", async () => {
    answer.default_id = 5;
    await mount();
    await openPanel();
    const handle = (name) => `.o_customer_sales_chosen[data-name=${name}] .o_customer_sales_handle`;
    queryOne(handle("quantity")).focus();
    await contains(handle("quantity")).press("ArrowDown");
    expect(chosen()).toEqual(["Date", "Quantity", "City"]);
    expect(handle("quantity")).toBeFocused();
    await contains(handle("quantity")).press("End");
    expect(chosen()).toEqual(["Date", "City", "Quantity"]);
    expect(handle("quantity")).toBeFocused();
    expect("[aria-live]").toHaveText("Place 3 of 3");
    await contains(handle("quantity")).press("ArrowDown");
    expect(chosen()).toEqual(["Date", "City", "Quantity"]);
    await contains(handle("quantity")).press("Delete");
    expect(chosen()).toEqual(["Date", "City"]);
    expect(handle("city")).toBeFocused();
});

test("the panel: a layout of others becomes one's own", async () => {
    answer.default_id = 7;
    await mount();
    await openPanel();
    expect(".modal-footer .btn-primary").toHaveText("Save as my layout");
    expect(".o_customer_sales_delete").toHaveCount(0);
    expect(".o_customer_sales_share").toHaveCount(0);
    expect("#customer_sales_layout_name").toHaveValue("Shared (mine)");
    await contains(".modal-footer .btn-primary").click();
    expect.verifySteps(["save new city date"]);
    expect(answer.default_id).toBe(9);
});

test("the panel: renaming alone writes no columns", async () => {
    answer.default_id = 5;
    await mount();
    await openPanel();
    await contains("#customer_sales_layout_name").edit("Ours");
    await contains(".modal-footer .btn-primary").click();
    expect.verifySteps(["save 5 "]);
    expect(answer.layouts[0].name).toBe("Ours");
});

test("the panel: save as new", async () => {
    answer.default_id = 5;
    await mount();
    await openPanel();
    await contains(".o_customer_sales_save_new").click();
    expect.verifySteps(["save new quantity date (city)"]);
    expect(answer.layouts[0].name).toBe("Mine 2");
});

test("the panel: reset", async () => {
    answer.default_id = 5;
    await mount();
    await openPanel();
    await contains(".o_customer_sales_reset").click();
    expect(chosen()).toEqual(["Date", "City", "Quantity"]);
    expect(headers()).toEqual(["Date", "City", "Quantity"]);
});

test("columns that the list does not have stay in the layout", async () => {
    answer.layouts[0] = { ...MINE, columns: columns("gone", "date", "quantity") };
    answer.default_id = 5;
    await mount();
    await openPanel();
    expect(chosen()).toEqual(["Date", "Quantity"]);
    await contains(".o_customer_sales_chosen[data-name=date] .o_customer_sales_remove").click();
    await contains(".modal-footer .btn-primary").click();
    expect.verifySteps(["save 5 gone quantity"]);
});

const saveFavoriteAs = async (name, { withColumns }) => {
    onRpc("ir.filters", "create_filter", ({ args: [filter] }) => {
        expect.step(`layout ${filter.context.customer_sales_layout}`);
        return [11];
    });
    answer.default_id = 5;
    await mount();
    await toggleSearchBarMenu();
    await toggleSaveFavorite();
    await editFavoriteName(name);
    if (withColumns) {
        await contains(".o_customer_sales_favorite_layout input").click();
    }
    await saveFavorite();
};

test("a favorite carries no layout by itself", async () => {
    await saveFavoriteAs("Plain", { withColumns: false });
    expect.verifySteps(["layout undefined"]);
});

test("a favorite carries the layout when it is told to", async () => {
    await saveFavoriteAs("With columns", { withColumns: true });
    expect.verifySteps(["layout 5"]);
});

test("a context that names a layout shows it", async () => {
    answer.default_id = 5;
    await mount({ context: { customer_sales_layout: 7 } });
    expect(headers()).toEqual(["City", "Date"]);
});

test("a layout that is gone gives way to the default", async () => {
    answer.default_id = 5;
    await mount({ context: { customer_sales_layout: 99 } });
    expect(headers()).toEqual(["Quantity", "Date"]);
});

test("exports offer the layout's columns in its order", async () => {
    onRpc("has_group", () => true);
    onRpc("/web/export/formats", () => [{ tag: "xlsx", label: "XLSX", error: null }]);
    onRpc("/web/export/get_fields", () =>
        ["city", "date", "price", "quantity"].map((id) => ({ id, string: id, children: false }))
    );
    onRpc("ir.exports", "search_read", () => []);
    answer.default_id = 5;
    await mount({ actionMenus: {} });
    await contains(".o_data_row .o_list_record_selector input").click();
    await contains(".o_cp_action_menus .dropdown-toggle").click();
    await toggleMenuItem("Export");
    expect(queryAllTexts(".o_fields_list .o_export_field")).toEqual(["quantity", "date"]);
});

test("the layout is still there when one comes back", async () => {
    Sale._views.form = `<form><field name="city"/></form>`;
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.act_window",
        res_model: "sale",
        views: [
            [false, "list"],
            [false, "form"],
        ],
    });
    await pick("Shared");
    await contains(".o_data_cell:first").click();
    expect(".o_form_view").toHaveCount(1);
    await contains(".o_back_button, .breadcrumb-item a").click();
    expect(headers()).toEqual(["City", "Date"]);
});
