import { registry } from "@web/core/registry";

const PERIODS = ".o_customer_sales_compared button";

/** Choose the current period with this place in the list. */
function period(content, place) {
    return [
        { content, trigger: PERIODS, run: "click" },
        { content, trigger: `.o-dropdown--menu .o-dropdown-item:eq(${place})`, run: "click" },
    ];
}

/** By no word of a language, so that they can be gone in each. */
registry.category("web_tour.tours").add("customer_sales_compared", {
    steps: () => [
        {
            content: "What the customer bought this quarter, beside nothing before",
            trigger: ".o_list_view tr:contains('Tour Customer'):contains('300.00')",
        },
        ...period("Last year", 5),
        {
            content: "The customer had not bought then, nor the year before",
            trigger: ".o_list_view:not(:contains('Tour Customer'))",
        },
        ...period("This year", 4),
        {
            content: "There it is again",
            trigger: ".o_list_view tr:contains('Tour Customer'):contains('300.00')",
        },
    ],
});

registry.category("web_tour.tours").add("customer_sales_change", {
    steps: () => [
        {
            content: "Above the rows, words tell of the change",
            trigger: ".o_customer_sales_bridge:has(canvas) p:contains('300')",
        },
        {
            content: "A step of the bridge can be opened without seeing it",
            trigger: ".o_customer_sales_bridge li button:contains('300'):first",
            run: ({ anchor }) => anchor.click(),
        },
        {
            content: "The customer who makes it, without the bridge",
            trigger:
                ".o_list_view:not(:has(.o_customer_sales_bridge)) tr:contains('Tour Customer'):contains('300.00')",
        },
    ],
});
