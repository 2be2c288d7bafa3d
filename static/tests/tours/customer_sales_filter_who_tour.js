import { registry } from "@web/core/registry";
import { apply, closed, counted, fitsTheScreen } from "./filter_steps";

const found = {
    content: "It finds some",
    trigger: ".o_customer_sales_preview.o_counted.alert-info",
};
const choose = (name, place, menu = "") => [
    { content: `Open ${name}`, trigger: `.modal [name='${name}'] input`, run: "click" },
    {
        content: `Choose number ${place}`,
        trigger: `${menu}.o_select_menu_item:eq(${place})`,
        run: "click",
    },
];
const chooseOnPhone = (name, place) => choose(name, place, "body .o_bottom_sheet ");
const page = (name) => ({
    content: `Turn to the page ${name}`,
    trigger: `.modal .o_notebook .nav-link[name='${name}']`,
    run: "click",
});
const marked = (name) => ({
    content: `The page ${name} has a mark`,
    trigger: `.modal .nav-link.o_customer_sales_asked[name='${name}']`,
});
const facets = (count) => ({
    content: `The search bar has ${count} facets`,
    trigger: `.o_searchview:has(.o_searchview_facet:eq(${count - 1})):not(:has(.o_searchview_facet:eq(${count})))`,
});
const reopen = [
    {
        content: "A facet opens the dialog",
        trigger: ".o_searchview_facet:last .o_searchview_facet_label",
        run: "click",
    },
    counted,
];

/**
 * From the lines to customers, to what they are asked, and back to their lines. By no word of a
 * language, so that it can be gone in each.
 */
registry.category("web_tour.tours").add("customer_sales_filter_who", {
    steps: () => [
        { content: "Both customers' lines", trigger: ".o_data_row:contains('Tour Other')" },
        {
            content: "Choose the filter from the app's menu",
            trigger: "[data-menu-xmlid='customer_sales_report.menu_customer_sales_filter']",
            run: "click",
        },
        counted,
        // Customers
        ...choose("shown", 1),
        found,
        // that bought anything today,
        page("bought"),
        ...choose("bought", 0),
        ...choose("bought_period", 0),
        // at least once,
        ...choose("bought_times_range", 0),
        { content: "Twice", trigger: ".modal [name='bought_times'] input", run: "edit 2" },
        {
            content: "Nobody did",
            trigger: ".o_customer_sales_preview.o_counted.alert-warning",
        },
        { content: "Once", trigger: ".modal [name='bought_times'] input", run: "edit 1" },
        found,
        marked("bought"),
        // and the largest of them
        page("kinds"),
        ...choose("largest", 0),
        { content: "One", trigger: ".modal [name='largest_number'] input", run: "edit 1" },
        found,
        marked("kinds"),
        apply,
        closed,
        {
            content: "The list of customers has the larger one",
            trigger: ".o_list_view:has(.o_data_row:contains('Tour Customer')):not(:contains('Tour Other'))",
        },
        {
            content: "It is that of customers",
            trigger: ".o_data_row td[name='net_year']",
        },
        facets(2),
        // The dialog opens with what is on the screen
        ...reopen,
        marked("bought"),
        marked("kinds"),
        page("bought"),
        { content: "As it was", trigger: ".modal [name='bought_times'] input:value(1)" },
        page("favorite"),
        { content: "Name it", trigger: "[name='favorite_name'] input", run: "edit Tour Largest" },
        { content: "Save", trigger: "button[name='action_save']", run: "click" },
        closed,
        {
            content: "It is a favorite of customers",
            trigger: ".o_searchview_facet:contains('Tour Largest')",
        },
        // Their lines
        ...reopen,
        marked("bought"),
        ...choose("shown", 0),
        found,
        apply,
        closed,
        {
            content: "The lines of the larger customer",
            trigger:
                ".o_list_view:has(.o_data_row td[name='document_number']):has(.o_data_row:contains('Tour Customer')):not(:contains('Tour Other'))",
        },
    ],
});

/** As on a phone: nothing of the dialog is wider than the screen. */
registry.category("web_tour.tours").add("customer_sales_filter_who_phone", {
    steps: () => [
        { content: "Customers", trigger: ".o_kanban_record:contains('Tour Other')" },
        {
            content: "Open the cog menu",
            trigger: ".o_cp_action_menus button",
            run: "click",
        },
        { content: "Choose the filter", trigger: ".o_customer_sales_filter_menu", run: "click" },
        counted,
        page("bought"),
        ...["bought", "bought_period", "bought_times_range", "also", "also_period", "missing"].flatMap(
            (name) => chooseOnPhone(name, 0)
        ),
        page("kinds"),
        ...chooseOnPhone("largest", 1),
        { content: "Half", trigger: ".modal [name='largest_number'] input", run: "edit 50" },
        marked("kinds"),
        page("bought"),
        fitsTheScreen,
        {
            content: "Leave it",
            trigger: ".modal-footer button[special='cancel']",
            run: "click",
        },
        closed,
    ],
});
