import { registry } from "@web/core/registry";

const TILE = ".o_customer_sales_overview [data-tile='net'] .o_customer_sales_amount";
const NET = `${TILE}:contains('300')`;

/** Choose the period with this place in the list. */
function period(content, place) {
    return [
        { content, trigger: ".o_customer_sales_overview .o_customer_sales_current", run: "click" },
        { content, trigger: `.o-dropdown--menu .o-dropdown-item:eq(${place})`, run: "click" },
    ];
}

const back = {
    content: "Back to the overview",
    trigger: ".o_back_button, .breadcrumb-item:first a",
    run: "click",
};

/** By no word of a language, so that it can be gone in each. */
registry.category("web_tour.tours").add("customer_sales_overview", {
    steps: () => [
        { content: "What was sold this quarter", trigger: NET },
        ...period("Last year nothing was", 5),
        { content: "The tile says so", trigger: `${TILE}:not(:contains('300'))` },
        ...period("This year again", 4),
        { content: "And so it does now", trigger: NET },
        {
            content: "Customers who bought",
            trigger: ".o_customer_sales_overview [data-tile='customers']:contains('1')",
            run: "click",
        },
        {
            content: "Their purchases are those of the period",
            trigger: ".o_list_view tr:contains('Tour Customer'):contains('300.00')",
        },
        back,
        {
            content: "The part of the customers with a status",
            trigger: ".o_customer_sales_overview .o_customer_sales_part:contains('300'):first",
            run: "click",
        },
        {
            content: "They are these",
            trigger: ".o_list_view tr:contains('Tour Customer'):contains('300.00')",
        },
        back,
        {
            content: "Who rose most",
            trigger: ".o_customer_sales_overview a:contains('Tour Customer'):first",
            run: "click",
        },
        {
            content: "The customer's page",
            trigger: ".o_form_view h1:contains('Tour Customer')",
        },
    ],
});
