import { registry } from "@web/core/registry";

/** By no word of a language, so that it can be gone in each. */
registry.category("web_tour.tours").add("customer_sales_customers", {
    steps: () => [
        {
            content: "The list says until when it is true",
            trigger: ".o_customer_sales_refresh_state:contains('2')",
        },
        {
            content: "A graph of the list",
            trigger: ".o_control_panel .o_switch_view.o_graph",
            run: "click",
        },
        {
            content: "It can be a Pareto curve",
            trigger: ".o_customer_sales_pareto_button",
            run: "click",
        },
        {
            content: "Half of the net is made by one customer, whom it opens",
            trigger: ".o_customer_sales_pareto:has(canvas) button:contains('50%')",
            run: "click",
        },
        {
            content: "The customer is there, with its net of the year",
            trigger: ".o_data_row:contains('Tour Customer'):contains('300.00')",
        },
        {
            content: "Open its page",
            trigger: ".o_data_row:contains('Tour Customer') td[name='abc_class']",
            run: "click",
        },
        {
            content: "The page tells the customer's name, and has the contact's chatter",
            trigger:
                ".o_form_view:has(.o-mail-Chatter):has(.o_customer_sales_months canvas) h1:contains('Tour Customer')",
        },
        {
            content: "The net of the year opens its lines",
            trigger: ".o_customer_sales_years button[name='action_open_lines']:contains('300.00')",
            run: "click",
        },
        {
            content: "The line is there",
            trigger: ".o_list_view .o_data_row:contains('Tour Product')",
        },
        {
            content: "Back to the page",
            trigger: ".breadcrumb-item:last a, .o_back_button",
            run: "click",
        },
        {
            content: "A purchase opens its document",
            trigger: ".o_field_widget[name='recent_purchase_ids'] .o_data_row td[name='date']",
            run: "click",
        },
        {
            content: "The invoice is there",
            trigger: ".o_form_view .o_field_widget[name='name']:contains('INV/')",
        },
    ],
});
