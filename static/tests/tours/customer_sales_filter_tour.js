import { registry } from "@web/core/registry";
import { apply, closed, counted, fitsTheScreen } from "./filter_steps";

const openFilter = [
    {
        content: "Open the cog menu",
        trigger: ".o_cp_action_menus button",
        run: "click",
    },
    { content: "Choose the filter", trigger: ".o_customer_sales_filter_menu", run: "click" },
    counted,
];
const facet = (words) => ({
    content: `The search bar says: ${words}`,
    trigger: `.o_searchview_facet:contains('${words}')`,
});
const noFacet = (words) => ({
    content: `The search bar does not say: ${words}`,
    trigger: `.o_searchview:not(:has(.o_searchview_facet:contains('${words}')))`,
});
const preview = (words) => ({
    content: `The dialog says: ${words}`,
    trigger: `.o_customer_sales_preview.o_counted:contains('${words}')`,
});
const openBy = (words) => ({
    content: `Click on the facet: ${words}`,
    trigger: `.o_searchview_facet:contains('${words}') .o_searchview_facet_label`,
    run: "click",
});
const page = (name) => ({
    content: `Turn to the page ${name}`,
    trigger: `.o_notebook .nav-link[name='${name}']`,
    run: "click",
});

registry.category("web_tour.tours").add("customer_sales_filter", {
    steps: () => [
        {
            content: "Both customers' lines",
            trigger: ".o_data_row:contains('Tour Other'), .o_kanban_record:contains('Tour Other')",
        },
        // Fill in
        ...openFilter,
        preview("2 lines · 2 documents · 2 customers"),
        {
            content: "Look for a customer",
            trigger: "[name='customer_ids'] input",
            run: "edit Tour Customer",
        },
        {
            content: "Choose it",
            trigger: ".o-autocomplete--dropdown-item:contains('Tour Customer'):first",
            run: "click",
        },
        preview("1 line · 1 document · 1 customer"),
        { content: "Choose a range", trigger: "[name='amount_range'] input", run: "click" },
        {
            content: "At least",
            trigger: ".o_select_menu_item:contains('at least')",
            run: "click",
        },
        { content: "More than it is", trigger: "[name='amount_min'] input", run: "edit 301" },
        preview("No sales match"),
        // Nothing is lost by a filter that finds nothing
        apply,
        {
            content: "A sentence says so",
            trigger: ".o_error_dialog:contains('No sales match this filter') .btn-primary",
            run: "click",
        },
        {
            content: "The dialog has all that was filled in",
            trigger: ".o_customer_sales_filter [name='customer_ids'] .badge:contains('Tour Customer')",
        },
        { content: "Just as much", trigger: "[name='amount_min'] input", run: "edit 300" },
        preview("1 line"),
        // Apply
        apply,
        closed,
        facet("Customer: Tour Customer"),
        facet("300.00 per customer"),
        facet("Net Sales"),
        // A facet leads to the dialog, with all that is on the screen
        openBy("300.00 per customer"),
        counted,
        {
            content: "It has the customer",
            trigger: ".modal [name='customer_ids'] .badge:contains('Tour Customer')",
        },
        {
            content: "It has the amount, in one line",
            trigger: ".modal .o_customer_sales_amount [name='amount_min'] input:value(300.00)",
        },
        { content: "Leave it", trigger: ".modal-footer button[special='cancel']", run: "click" },
        closed,
        { content: "One line", trigger: ".o_pager_value:contains('1-1'), .o_data_row, .o_kanban_record" },
        { content: "Not the other's", trigger: ".o_list_view:not(:contains('Tour Other'))" },
        // The same in another view, and from it
        {
            content: "Turn to the pivot",
            trigger: ".o_switch_view.o_pivot",
            run: "click",
        },
        { content: "The customer", trigger: ".o_pivot th:contains('Tour Customer')" },
        facet("Customer: Tour Customer"),
        // Refine with the ordinary search
        {
            content: "Take the customer's total out",
            trigger: ".o_searchview_facet:contains('300.00 per customer') .o_facet_remove",
            run: "click",
        },
        noFacet("300.00 per customer"),
        facet("Customer: Tour Customer"),
        // Reopen: what is on the screen, and a link to what was applied last
        ...openFilter,
        {
            content: "It has what is on the screen",
            trigger: ".modal [name='customer_ids'] .badge:contains('Tour Customer')",
        },
        {
            content: "It has no amount",
            trigger: ".modal .o_customer_sales_amount:not(:has([name='amount_min']))",
        },
        {
            content: "Take the filter used last",
            trigger: ".modal button[name='action_last']:contains('300.00 per customer')",
            run: "click",
        },
        {
            content: "It has the amount again",
            trigger: ".modal .o_customer_sales_amount [name='amount_min'] input:value(300.00)",
        },
        {
            content: "There is nothing else to go back to",
            trigger: ".modal:not(:has(button[name='action_last']))",
        },
        preview("1 line · 1 document · 1 customer"),
        // Save
        page("favorite"),
        { content: "Name it", trigger: "[name='favorite_name'] input", run: "edit Tour Favorite" },
        { content: "Save", trigger: "button[name='action_save']", run: "click" },
        closed,
        facet("Tour Favorite"),
        noFacet("Customer: Tour Customer"),
        { content: "Still in the pivot", trigger: ".o_pivot th:contains('Tour Customer')" },
        {
            content: "Open the search menu",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            content: "It is among the favorites",
            trigger: ".o_favorite_menu .o-dropdown-item:contains('Tour Favorite')",
        },
        {
            content: "Close the search menu",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        // Read back, change, and keep it under its own name
        openBy("Tour Favorite"),
        preview("1 line · 1 document · 1 customer"),
        {
            content: "Another amount",
            trigger: ".modal [name='amount_min'] input",
            run: "edit 250",
        },
        page("favorite"),
        {
            content: "It knows the favorite",
            trigger: ".modal [name='favorite_words']:contains('Tour Favorite')",
        },
        preview("1 line · 1 document · 1 customer"),
        { content: "Update", trigger: "button[name='action_update']", run: "click" },
        closed,
        facet("Tour Favorite"),
        openBy("Tour Favorite"),
        counted,
        {
            content: "It is as it was updated",
            trigger: ".modal [name='amount_min'] input:value(250.00)",
        },
        { content: "Leave it", trigger: ".modal-footer button[special='cancel']", run: "click" },
        closed,
        // Clear, and a filter by what is custom
        ...openFilter,
        { content: "Clear", trigger: "button[name='action_clear']", run: "click" },
        preview("2 lines · 2 documents · 2 customers"),
        page("contact"),
        {
            content: "Open the custom fields",
            trigger: "[name='custom_field'] input",
            run: "click",
        },
        {
            content: "Choose one",
            trigger: ".o_select_menu_item:contains('Tour Tier')",
            run: "click",
        },
        {
            content: "It is a condition now",
            trigger: "[name='partner_domain']:contains('Tour Tier')",
        },
        {
            content: "Its page is marked, and no other counter stands beside the app's own",
            trigger:
                ".modal:has(.nav-link.o_customer_sales_asked[name='contact'])" +
                ":not(:has(.o_domain_show_selection_button))",
        },
        preview("1 line · 1 document · 1 customer"),
        apply,
        closed,
        facet("Tour Tier is set"),
        noFacet("Tour Favorite"),
        { content: "The other customer", trigger: ".o_pivot th:contains('Tour Other')" },
    ],
});

registry.category("web_tour.tours").add("customer_sales_filter_menu", {
    steps: () => [
        {
            content: "Choose the filter from the app's menu",
            trigger: "[data-menu-xmlid='customer_sales_report.menu_customer_sales_filter']",
            run: "click",
        },
        preview("2 lines · 2 documents · 2 customers"),
        // Which condition excludes all
        page("documents"),
        {
            content: "Sales orders",
            trigger: ".modal [name='document_types'] .o-checkbox:contains('Sales Order') input",
            run: "click",
        },
        preview("Sales orders never count in Net Sales"),
        {
            content: "Its page is marked",
            trigger: ".modal .nav-link.o_customer_sales_asked[name='documents']",
        },
        {
            content: "No sales orders",
            trigger: ".modal [name='document_types'] .o-checkbox:contains('Sales Order') input",
            run: "click",
        },
        preview("2 lines · 2 documents · 2 customers"),
        { content: "Choose what is counted", trigger: "[name='counted'] input", run: "click" },
        {
            content: "All documents",
            trigger: ".o_select_menu_item:contains('All documents')",
            run: "click",
        },
        { content: "Open the periods", trigger: "[name='period'] input", run: "click" },
        { content: "Today", trigger: ".o_select_menu_item:contains('Today')", run: "click" },
        preview("2 lines"),
        apply,
        closed,
        facet("Today"),
        noFacet("Net Sales"),
        { content: "The lines of today", trigger: ".o_data_row:contains('Tour Other')" },
        {
            content: "Open a document",
            trigger: ".o_data_row:contains('Tour Other') td[name='document_number']",
            run: "click",
        },
        {
            content: "It opens",
            trigger: ".o_form_view .o_field_widget[name='name']:contains('INV/')",
        },
        { content: "Go back", trigger: ".o_back_button, .breadcrumb-item a", run: "click" },
        facet("Today"),
        // The filter goes along into the other views
        { content: "Turn to the pivot", trigger: ".o_switch_view.o_pivot", run: "click" },
        { content: "The pivot", trigger: ".o_pivot" },
        facet("Today"),
        { content: "Turn to the graph", trigger: ".o_switch_view.o_graph", run: "click" },
        { content: "The graph", trigger: ".o_graph_renderer" },
        facet("Today"),
        // From the menu over a view: back to it
        {
            content: "Choose the filter from the app's menu",
            trigger: "[data-menu-xmlid='customer_sales_report.menu_customer_sales_filter']",
            run: "click",
        },
        counted,
        {
            content: "It has what is on the screen",
            trigger: ".modal [name='period'] input:value(Today)",
        },
        {
            content: "Cities that exist are suggested",
            trigger: ".modal [name='cities'] input",
            run: "click",
        },
        {
            content: "Choose the only one",
            trigger: ".o-autocomplete--dropdown-item:contains('Tour City')",
            run: "click",
        },
        preview("1 line · 1 document · 1 customer"),
        apply,
        closed,
        { content: "Still the graph", trigger: ".o_graph_renderer" },
        facet("Today"),
        facet("Customer City: Tour City"),
        { content: "Turn to the list", trigger: ".o_switch_view.o_list", run: "click" },
        { content: "The lines of today", trigger: ".o_data_row:contains('Tour Other')" },
        facet("Today"),
    ],
});

/** Group, filter from the menu, and find the groups as they were. In the words of a language. */
const keepsGroups = ({ customer }) => [
    { content: "Groups", trigger: ".o_group_header:contains('Tour Other')" },
    {
        content: "Choose the filter from the app's menu",
        trigger: "[data-menu-xmlid='customer_sales_report.menu_customer_sales_filter']",
        run: "click",
    },
    counted,
    {
        content: "Look for a customer",
        trigger: ".modal [name='customer_ids'] input",
        run: "edit Tour Customer",
    },
    {
        content: "Choose it",
        trigger: ".o-autocomplete--dropdown-item:contains('Tour Customer'):first",
        run: "click",
    },
    { content: "It is chosen", trigger: ".modal [name='customer_ids'] .badge" },
    counted,
    apply,
    closed,
    facet(customer),
    {
        content: "Grouped as before",
        trigger: ".o_list_view:has(.o_group_header:contains('Tour Customer')):not(:contains('Tour Other'))",
    },
];

registry.category("web_tour.tours").add("customer_sales_filter_groups", {
    steps: () => keepsGroups({ customer: "Customer: Tour Customer" }),
});

registry.category("web_tour.tours").add("customer_sales_filter_groups_arabic", {
    steps: () => [
        { content: "From right to left", trigger: "body.o_rtl" },
        ...keepsGroups({ customer: "العميل: Tour Customer" }),
    ],
});

/** As on a phone: fill in, apply, look at the facets, reopen. In the words of a language. */
const onPhone = ({ line, customer, total }) => [
    { content: "Both customers' lines", trigger: ".o_kanban_record:contains('Tour Other')" },
    ...openFilter,
    {
        content: "Look for a customer: phones have a dialog for it",
        trigger: ".modal [name='customer_ids'] input",
        run: "click",
    },
    {
        content: "Show its search bar",
        trigger: ".o_select_create_dialog_content button:has(.fa-search)",
        run: "click",
    },
    {
        content: "Type the name",
        trigger: ".o_select_create_dialog_content .o_searchview_input",
        run: "edit Tour Customer",
    },
    {
        content: "Look for it",
        trigger: ".o_select_create_dialog_content .o_searchview_input",
        run: "press Enter",
    },
    {
        content: "Choose it",
        trigger:
            ".o_select_create_dialog_content:has(.o_searchview_facet) .o_kanban_record:contains('Tour Customer')",
        run: "click",
    },
    {
        content: "It is chosen",
        trigger: ".modal [name='customer_ids'] .badge:contains('Tour Customer')",
    },
    preview(line),
    { content: "Choose a range", trigger: ".modal [name='amount_range'] input", run: "click" },
    {
        content: "At least, on the sheet at the bottom of the screen",
        trigger: "body .o_bottom_sheet .o_select_menu_item:first",
        run: "click",
    },
    { content: "As much as it is", trigger: ".modal [name='amount_min'] input", run: "edit 300" },
    preview(line),
    fitsTheScreen,
    apply,
    closed,
    { content: "One line", trigger: ".o_kanban_view:not(:contains('Tour Other'))" },
    {
        content: "Show the search bar",
        trigger: ".o_control_panel_navigation button:has(.fa-search)",
        run: "click",
    },
    facet(customer),
    facet(total),
    ...openFilter,
    {
        content: "It has what is on the screen",
        trigger: ".modal [name='customer_ids'] .badge:contains('Tour Customer')",
    },
    preview(line),
    { content: "Clear", trigger: "button[name='action_clear']", run: "click" },
    {
        content: "It is empty",
        trigger: ".modal [name='customer_ids']:not(:has(.badge))",
    },
    { content: "Leave it", trigger: ".modal-footer button[special='cancel']", run: "click" },
    closed,
    facet(customer),
];

registry.category("web_tour.tours").add("customer_sales_filter_phone", {
    steps: () =>
        onPhone({
            line: "1 line · 1 document · 1 customer",
            customer: "Customer: Tour Customer",
            total: "300.00 per customer",
        }),
});

registry.category("web_tour.tours").add("customer_sales_filter_phone_arabic", {
    steps: () => [
        { content: "From right to left", trigger: "body.o_rtl" },
        ...onPhone({
            line: "بند واحد",
            customer: "العميل: Tour Customer",
            total: "300.00",
        }),
    ],
});
