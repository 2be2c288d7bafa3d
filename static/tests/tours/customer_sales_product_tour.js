import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("customer_sales_product", {
    steps: () => [
        {
            content: "On the customer's page: the products",
            trigger: ".o_notebook_headers a[name='products']",
            run: "click",
        },
        {
            content: "The product with its status and last price",
            trigger:
                ".o_field_widget[name='product_row_ids'] .o_data_row:contains('Tour Product'):contains('Active'):contains('100.00')",
        },
        {
            content: "All of them",
            trigger: ".oe_stat_button[name='action_open_products']",
            run: "click",
        },
        {
            content: "The list of them, which says until when it is true",
            trigger: ".o_control_panel:has(.o_switch_view.o_list) .o_customer_sales_refresh_state",
        },
        {
            content: "A product of the customer",
            trigger: ".o_list_view .o_data_row:contains('Tour Product') td[name='last_price']",
            run: "click",
        },
        {
            content: "Who else buys it",
            trigger: ".oe_stat_button[name='action_open_buyers']",
            run: "click",
        },
        {
            content: "Both customers",
            trigger: ".o_list_view .o_data_row:contains('Tour Rival')",
        },
        {
            content: "The customer that is looked at",
            trigger: ".o_list_view .o_data_row:contains('Tour Customer')",
        },
    ],
});

registry.category("web_tour.tours").add("customer_sales_of_product", {
    steps: () => [
        {
            content: "The button tells how many customers buy it",
            trigger: ".oe_stat_button[name='action_open_customer_sales_buyers']:contains('2')",
            run: "click",
        },
        {
            content: "Who buys it, at which price",
            trigger: ".o_list_view .o_data_row:contains('Tour Rival'):contains('100.00')",
        },
    ],
});

registry.category("web_tour.tours").add("customer_sales_bought_before", {
    steps: () => [
        {
            content: "On a quotation: what the customer bought before",
            trigger: "button[name='action_customer_sales_bought_before']",
            run: "click",
        },
        {
            content: "The product, its usual quantity and its last price",
            trigger:
                ".modal .o_data_row:contains('Tour Product'):contains('3.00'):contains('100.00')",
        },
        {
            content: "Tick it",
            trigger: ".modal .o_data_row:contains('Tour Product') td[name='is_ticked'] input",
            run: "click",
        },
        {
            content: "Add it",
            trigger: ".modal footer button[name='action_add']",
            run: "click",
        },
        {
            content: "It is on the quotation",
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name='order_line'] .o_data_row:contains('Tour Product'):contains('3.00')",
        },
    ],
});
