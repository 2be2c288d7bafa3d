import { registry } from "@web/core/registry";

/** By no word of a language, so that it can be gone in each. */
registry.category("web_tour.tours").add("customer_sales_campaign", {
    steps: () => [
        {
            content: "A campaign for a segment",
            trigger: ".o_customer_sales_segments .o_customer_sales_campaign_button",
            run: "click",
        },
        {
            content: "Its customer is addressed",
            trigger: ".o_form_view .o_field_widget[name='addressed_count']:contains('1')",
        },
        {
            content: "Start it",
            trigger: ".o_form_view button[name='action_start']",
            run: "click",
        },
        {
            content: "Act on it",
            trigger: ".o_form_view button[name='action_act']",
            run: "click",
        },
        {
            content: "An activity is what it begins with",
            trigger: ".modal .o_field_widget[name='kind'] input[data-value='activity']:checked",
        },
        {
            content: "What it is about",
            trigger: ".modal .o_field_widget[name='summary'] input",
            run: "edit Tour Call",
        },
        {
            content: "Do it",
            trigger: ".modal button[name='action_do']",
            run: "click",
        },
        {
            content: "See what was done",
            trigger: "body:not(:has(.modal)) .o_form_view .nav-link[name='actions']",
            run: "click",
        },
        {
            content: "For one customer",
            trigger: ".o_field_widget[name='action_ids'] .o_data_row:contains('Tour Call')",
        },
        {
            content: "See what it brought",
            trigger: ".o_form_view .nav-link[name='results']",
            run: "click",
        },
        {
            content: "Both sides are there",
            trigger: ".o_field_widget[name='results_table'] tbody tr:nth-child(6)",
        },
        {
            content: "Who was addressed",
            trigger: ".o_form_view .oe_stat_button:has([name='addressed_count'])",
            run: "click",
        },
        {
            content: "The customer says what was done",
            trigger: ".o_list_view .o_data_row:contains('Tour Customer'):contains('Tour Call')",
        },
        {
            content: "Open the customer",
            trigger: ".o_data_row:contains('Tour Customer') button[name='action_open_customer']",
            run: "click",
        },
        {
            content: "Its page knows the campaign, and its chatter the activity",
            trigger:
                ".o_form_view:has(.o-mail-Activity:contains('Tour Call')) button[name='action_open_campaigns']",
        },
    ],
});

/** From the list of campaigns to what a finished one brought. */
registry.category("web_tour.tours").add("customer_sales_campaign_results", {
    steps: () => [
        {
            content: "Open the campaign that is over",
            trigger: ".o_list_view .o_data_row:contains('Tour Campaign') td[name='name']",
            run: "click",
        },
        {
            content: "It says what can be told after 30, 60 and 90 days",
            trigger:
                ".o_field_widget[name='verdict_words']:contains('30'):contains('60'):contains('90')",
        },
        {
            content: "The figures of both sides are there",
            trigger: ".o_field_widget[name='results_table'] tbody tr:nth-child(6)",
        },
        {
            content: "Nothing more can be done",
            trigger: ".o_form_view:not(:has(button[name='action_act']))",
        },
        {
            content: "Who was addressed",
            trigger: ".o_form_view .oe_stat_button:has([name='addressed_count'])",
            run: "click",
        },
        {
            content: "The customer is there",
            trigger: ".o_list_view .o_data_row:contains('Tour Customer')",
        },
    ],
});
