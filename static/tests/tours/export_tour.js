import { registry } from "@web/core/registry";

const openFromMenu = () => [
    {
        content: "Open the menu with the gear",
        trigger: ".o_control_panel .o_cp_action_menus button",
        run: "click",
    },
    { content: "Export", trigger: ".o_customer_sales_export_menu", run: "click" },
];

const exportAndClose = () => [
    {
        content: "Export",
        trigger: ".modal:has(.o_customer_sales_export) button[name='action_export']",
        run: "click",
    },
    { content: "The file downloads, the wizard closes", trigger: "body:not(:has(.modal))" },
];

registry.category("web_tour.tours").add("customer_sales_export", {
    steps: () => [
        { content: "The lines are there", trigger: ".o_data_row:contains('Bolt')" },
        ...openFromMenu(),
        {
            content: "It says how many rows that is",
            trigger: ".modal .o_field_widget[name='row_count']:contains('6')",
        },
        {
            content: "And by what they are filtered",
            trigger: ".modal .o_field_widget[name='filter_words']:contains('Net Sales')",
        },
        {
            content: "The columns of the list are there",
            trigger: ".modal .o_data_row:contains('Document Number')",
        },
        ...exportAndClose(),
        {
            content: "The pivot",
            trigger: ".o_control_panel .o_switch_view.o_pivot",
            run: "click",
        },
        { content: "Its rows", trigger: ".o_pivot th:contains('Bolt')" },
        ...openFromMenu(),
        {
            content: "Without summary",
            trigger: ".modal .o_field_widget[name='sheet_summary'] input",
            run: "click",
        },
        {
            content: "With customers",
            trigger: ".modal .o_field_widget[name='sheet_customers'] input",
            run: "click",
        },
        ...exportAndClose(),
        { content: "The list", trigger: ".o_control_panel .o_switch_view.o_list", run: "click" },
        {
            content: "Select a row",
            trigger: ".o_data_row:eq(0) .o_list_record_selector input",
            run: "click",
        },
        {
            content: "And another",
            trigger: ".o_data_row:eq(1) .o_list_record_selector input",
            run: "click",
        },
        {
            content: "What to do with them",
            trigger: ".o_control_panel .o_cp_action_menus button:contains('Actions')",
            run: "click",
        },
        {
            content: "Export them",
            trigger: ".o-dropdown-item:contains('Export as Workbook')",
            run: "click",
        },
        {
            content: "Two rows",
            trigger: ".modal .o_field_widget[name='row_count']:contains('2')",
        },
        ...exportAndClose(),
    ],
});

registry.category("web_tour.tours").add("customer_sales_export_reports", {
    steps: () => [
        { content: "The customers are there", trigger: ".o_data_row:contains('Bolt')" },
        ...openFromMenu(),
        {
            content: "It says how many they are",
            trigger: ".modal .o_field_widget[name='row_count']:contains('2')",
        },
        {
            content: "The columns are those of the list",
            trigger: ".modal .o_data_row:contains('Net of the Year')",
        },
        {
            content: "And its sheets those of customers",
            trigger: ".modal:has(.o_field_widget[name='sheet_segments']):not(:has([name='sheet_months']))",
        },
        {
            content: "Choose another column",
            trigger: ".modal .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "Open its choices",
            trigger: ".modal .o_selected_row [name='name'] input",
            run: "click",
        },
        {
            content: "One that the list does not show",
            trigger: ".o_select_menu_item:contains('Sales at Stake')",
            run: "click",
        },
        ...exportAndClose(),
        {
            content: "The pivot",
            trigger: ".o_control_panel .o_switch_view.o_pivot",
            run: "click",
        },
        { content: "Its rows", trigger: ".o_pivot th:contains('Need Attention')" },
        ...openFromMenu(),
        {
            content: "Its totals are ticked",
            trigger: ".modal .o_field_widget[name='sheet_totals'] input:checked",
        },
        ...exportAndClose(),
    ],
});

registry.category("web_tour.tours").add("customer_sales_export_segments", {
    steps: () => [
        {
            content: "Export the segments",
            trigger: ".o_customer_sales_export_segments",
            run: "click",
        },
        {
            content: "They are ticked",
            trigger: ".modal .o_field_widget[name='sheet_segments'] input:checked",
        },
        ...exportAndClose(),
    ],
});

registry.category("web_tour.tours").add("customer_sales_export_background", {
    steps: () => [
        { content: "The lines are there", trigger: ".o_data_row:contains('Bolt')" },
        ...openFromMenu(),
        {
            content: "It says that it takes its time",
            trigger: ".modal .o_field_widget[name='duration_words']:contains('notification')",
        },
        { content: "Export", trigger: ".modal button[name='action_export']", run: "click" },
        {
            content: "A bar shows how far it is",
            trigger: ".modal .o_customer_sales_export_progress [role='progressbar']",
        },
        { content: "Cancel", trigger: ".modal button[name='action_cancel']", run: "click" },
        { content: "That is that", trigger: "body:not(:has(.modal))" },
    ],
});

registry.category("web_tour.tours").add("customer_sales_export_filtered", {
    steps: () => [
        { content: "The lines are there", trigger: ".o_data_row:contains('Bolt')" },
        {
            content: "Open the menu with the gear",
            trigger: ".o_control_panel .o_cp_action_menus button",
            run: "click",
        },
        { content: "Choose the filter", trigger: ".o_customer_sales_filter_menu", run: "click" },
        { content: "It has counted", trigger: ".o_customer_sales_preview.o_counted" },
        {
            content: "Look for a customer",
            trigger: ".modal [name='customer_ids'] input",
            run: "edit Bolt",
        },
        {
            content: "Choose it",
            trigger: ".o-autocomplete--dropdown-item:contains('Bolt'):first",
            run: "click",
        },
        {
            content: "One line",
            trigger: ".o_customer_sales_preview.o_counted:contains('1 line')",
        },
        { content: "Export it", trigger: ".modal button[name='action_export']", run: "click" },
        {
            content: "The export starts from the filter",
            trigger: ".modal .o_field_widget[name='filter_words']:contains('Bolt')",
        },
        {
            content: "And says how many rows that is",
            trigger: ".modal .o_field_widget[name='row_count']:contains('1')",
        },
        ...exportAndClose(),
    ],
});

registry.category("web_tour.tours").add("customer_sales_export_phone", {
    steps: () => [
        {
            content: "A card for each file",
            trigger: ".o_kanban_record:contains('Written'):contains('6 rows')",
        },
        {
            content: "No button for one that failed, but why",
            trigger: ".o_kanban_record:contains('No more room'):not(:has(button[name]))",
        },
        {
            content: "Cancel the one that waits",
            trigger: ".o_kanban_record:contains('Waits') button[name='action_cancel']",
            run: "click",
        },
        {
            content: "That is that",
            trigger: ".o_kanban_record:contains('Waits'):not(:has(button[name]))",
        },
        {
            content: "Download the file",
            trigger: ".o_kanban_record:contains('Written') button[name='action_download']",
            run: "click",
        },
        {
            content: "The card stays",
            trigger: ".o_kanban_record:contains('Written'):contains('Kept until')",
        },
    ],
});
