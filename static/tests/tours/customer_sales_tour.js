import { registry } from "@web/core/registry";

const switchTo = (view) => ({
    content: `Switch to the ${view} view`,
    trigger: `.o_control_panel .o_switch_view.o_${view}`,
    run: "click",
});

const menu = (name) => [
    {
        content: "Open the menu Sales",
        trigger: "button[data-menu-xmlid='customer_sales_report.menu_customer_sales_sales']",
        run: "click",
    },
    {
        content: `Choose ${name}`,
        trigger: `[data-menu-xmlid='customer_sales_report.menu_customer_sales_${name}']`,
        run: "click",
    },
];

registry.category("web_tour.tours").add("customer_sales", {
    steps: () => [
        {
            content: "The app is on the home menu or in the apps menu",
            trigger: ".o_navbar_apps_menu button, .o_home_menu",
            run: "click",
        },
        {
            content: "Open the app",
            trigger: "[data-menu-xmlid='customer_sales_report.menu_customer_sales_root']",
            run: "click",
        },
        {
            content: "The customers come first, and say until when they are true",
            trigger: ".o_customer_sales_refresh_state",
        },
        ...menu("lines"),
        {
            content: "The lines are there, net sales only",
            trigger: ".o_searchview_facet:contains('Net Sales')",
        },
        {
            content: "The invoice is in net sales",
            trigger: ".o_data_row:contains('Tour Customer') .badge:contains('Customer Invoice')",
        },
        switchTo("pivot"),
        { content: "Customers in rows", trigger: ".o_pivot th:contains('Tour Customer')" },
        switchTo("graph"),
        { content: "A chart is drawn", trigger: ".o_graph_canvas_container canvas" },
        ...menu("by_customer"),
        {
            content: "The customer's group shows its subtotal",
            trigger: ".o_group_header:contains('Tour Customer'):contains('300.00')",
            run: "click",
        },
        {
            content: "Its lines unfold; a line opens its document",
            trigger: ".o_data_row:contains('Tour Product') td[name='document_number']",
            run: "click",
        },
        {
            content: "The invoice opens",
            trigger: ".o_form_view .o_field_widget[name='name']:contains('INV/')",
        },
        {
            content: "Back to the customers",
            trigger: ".o_back_button, .breadcrumb-item a",
            run: "click",
        },
        {
            content: "Open the search menu",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            content: "A ready-made favorite",
            trigger: ".o_favorite_menu .o-dropdown-item:contains('Top customers this year')",
            run: "click",
        },
        {
            content: "It is on",
            trigger: ".o_searchview_facet:contains('Top customers this year')",
        },
        {
            content: "Its groups are customers",
            trigger: ".o_group_header:contains('Tour Customer')",
        },
    ],
});

registry.category("web_tour.tours").add("customer_sales_of_partner", {
    steps: () => [
        {
            content: "The button shows net sales",
            trigger: ".oe_stat_button[name='action_view_customer_sales']:contains('300.00')",
            run: "click",
        },
        {
            content: "Only this customer's lines",
            trigger: ".o_searchview_facet:contains('Tour Customer')",
        },
        {
            content: "The line of the contact is among them",
            trigger: ".o_data_row:contains('Tour Product')",
        },
    ],
});
