import { animationFrame, drag, waitUntil } from "@odoo/hoot-dom";
import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const inOrder = (...names) => ({
    content: `Columns ${names.join(", ")}, one after the other`,
    trigger: `thead:has(${names.map((name) => `th[data-name='${name}']`).join(" + ")})`,
});
const without = (name) => ({
    content: `No column ${name}`,
    trigger: `.o_list_table:has(.o_data_row):not(:has(th[data-name='${name}']))`,
});
const click = (content, trigger) => ({ content, trigger, run: "click" });

/** Drag over some elements and drop on the last. */
const dragOver =
    (...selectors) =>
    async ({ anchor }) => {
        const { moveTo, drop } = await drag(anchor);
        for (const selector of selectors) {
            await moveTo(selector);
            await animationFrame();
        }
        await drop();
    };
const press = (key) => (helpers) => {
    helpers.anchor.focus();
    return helpers.press(key);
};
const openMenu = click("The list's column menu", ".o_optional_columns_dropdown button");
const pick = (name) => [
    openMenu,
    click(`The layout ${name}`, `.o_customer_sales_layout:contains('${name}')`),
    { ...openMenu, content: "Close the menu" },
];
const openPanelFromMenu = [openMenu, click("Customize", ".o_customer_sales_customize")];
const openPanelFromCog = [
    click("The cog", ".o_cp_action_menus button"),
    click("Customize", ".o_customer_sales_customize"),
];
const nameIt = (name) => ({
    content: `Call it ${name}`,
    trigger: "#customer_sales_layout_name",
    run: `edit ${name}`,
});
const save = click("Save", ".modal-footer .btn-primary");
const saved = { content: "The panel is closed", trigger: "body:not(:has(.modal))" };

const unanswered = new Set();
rpcBus.addEventListener("RPC:REQUEST", ({ detail }) => unanswered.add(detail.data.id));
rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => unanswered.delete(detail.data.id));
const reload = {
    content: "Reload the page",
    trigger: ".o_list_view",
    run: async () => {
        // What the steps before have saved would be lost with a call still under way.
        await animationFrame();
        await waitUntil(() => !unanswered.size, { timeout: 8000 });
        window.location.reload();
    },
    expectUnloadPage: true,
};
const chosen = (name) => `.o_customer_sales_chosen[data-name='${name}']`;

tours.add("customer_sales_layout_panel", {
    steps: () => [
        inOrder("date", "document_number"),
        ...openPanelFromCog,
        {
            content: "Look for the city",
            trigger: ".o_customer_sales_layout_panel input[type=search]",
            run: "edit city",
        },
        click("Choose it", ".o_customer_sales_available [data-name='city']"),
        {
            content: "It shows at once, at the end",
            trigger: "th[data-name='price_total'] + th[data-name='city']",
        },
        {
            content: "To the front by keyboard",
            trigger: `${chosen("city")} .o_customer_sales_handle`,
            run: press("Home"),
        },
        inOrder("city", "date"),
        {
            content: "Drag the number to the date's place",
            trigger: `${chosen("document_number")} .o_customer_sales_handle`,
            run: dragOver(chosen("commercial_partner_id"), chosen("date")),
        },
        inOrder("city", "document_number", "date"),
        {
            content: "A heading of one's own",
            trigger: `${chosen("city")} input[type='text']`,
            run: "edit Town && press Tab",
        },
        { content: "It shows at once", trigger: "th[data-name='city']:contains('Town')" },
        click("No total of the total", `${chosen("price_total")} .o_customer_sales_totalled input`),
        click("Hide the document type", `${chosen("document_type")} .o_customer_sales_shown input`),
        without("document_type"),
        nameIt("Tour layout"),
        save,
        saved,
        reload,
        inOrder("city", "document_number", "date"),
        without("document_type"),
    ],
});

tours.add("customer_sales_layout_again", {
    steps: () => [
        inOrder("city", "document_number", "date"),
        { content: "The heading", trigger: "th[data-name='city']:contains('Town')" },
        without("document_type"),
        openMenu,
        {
            content: "The layout is the one shown, and the default",
            trigger: ".o_customer_sales_layout.selected:contains('Tour layout') .fa-star",
        },
    ],
});

tours.add("customer_sales_layout_header", {
    steps: () => [
        inOrder("date", "document_number", "document_type"),
        {
            content: "Drag a header",
            trigger: "th[data-name='document_type']",
            run: "drag_and_drop th[data-name='date']",
        },
        inOrder("document_type", "date", "document_number"),
        { content: "It is kept", trigger: ".o_notification:contains('My columns')" },
        reload,
        inOrder("document_type", "date", "document_number"),
        click("A click still sorts", "th[data-name='date']"),
        { content: "Sorted", trigger: "th[data-name='date'] .fa-sort-asc" },
        inOrder("document_type", "date", "document_number"),
        {
            content: "By keyboard",
            trigger: "th[data-name='date']",
            run: press("Shift+ArrowLeft"),
        },
        inOrder("date", "document_type", "document_number"),
        openMenu,
        click("An optional column", ".o-dropdown-item:contains('Customer City')"),
        { content: "It is there", trigger: "th[data-name='city']" },
        reload,
        { content: "It stays", trigger: "th[data-name='city']" },
        ...pick("Standard"),
        inOrder("date", "document_number", "document_type"),
        ...openPanelFromMenu,
        click("Reset", ".o_customer_sales_reset"),
        saved,
        inOrder("date", "document_number", "document_type"),
    ],
});

tours.add("customer_sales_layout_share", {
    steps: () => [
        ...pick("Products"),
        inOrder("product_id", "categ_id", "quantity"),
        ...openPanelFromMenu,
        nameIt("For everybody"),
        click("Take out the category", `${chosen("categ_id")} .o_customer_sales_remove`),
        click("As a new one", ".o_customer_sales_save_new"),
        saved,
        openMenu,
        {
            content: "It is shared",
            trigger: ".o_customer_sales_layout.selected:contains('For everybody')",
        },
    ],
});

tours.add("customer_sales_layout_shared", {
    steps: () => [
        ...pick("For everybody"),
        inOrder("product_id", "quantity"),
        without("cost"),
        ...openPanelFromMenu,
        {
            content: "Not one's own to change or to share",
            trigger:
                ".modal:has(.modal-footer .btn-primary:contains('Save as my layout')):not(:has(.o_customer_sales_share)):not(:has(.o_customer_sales_delete))",
        },
        click("Discard", ".modal-footer .btn-secondary:contains('Discard')"),
    ],
});

tours.add("customer_sales_layout_with_margin", {
    steps: () => [inOrder("date", "margin", "price_subtotal")],
});

tours.add("customer_sales_layout_without_margin", {
    steps: () => [
        inOrder("date", "price_subtotal"),
        without("margin"),
        ...openPanelFromMenu,
        {
            content: "Neither is it available",
            trigger: ".modal:not(:has([data-name='margin'])) .o_customer_sales_chosen",
        },
        {
            content: "Change the layout without it",
            trigger: `${chosen("date")} input[type='text']`,
            run: "edit Day && press Tab",
        },
        save,
        saved,
        { content: "Changed", trigger: "th[data-name='date']:contains('Day')" },
    ],
});

tours.add("customer_sales_layout_right_to_left", {
    steps: () => [
        { content: "Right to left", trigger: ".o_rtl" },
        inOrder("date", "document_number", "document_type"),
        {
            content: "The first column is on the right",
            trigger: "th[data-name='date']",
            run: ({ anchor }) => {
                const next = anchor.nextElementSibling;
                if (anchor.getBoundingClientRect().x < next.getBoundingClientRect().x) {
                    throw new Error("The first column is not on the right");
                }
            },
        },
        {
            content: "Drag a header to the right, to the first place",
            trigger: "th[data-name='document_type']",
            run: "drag_and_drop th[data-name='date']",
        },
        inOrder("document_type", "date", "document_number"),
        {
            content: "The arrow to the left moves towards the end",
            trigger: "th[data-name='document_type']",
            run: press("Shift+ArrowLeft"),
        },
        inOrder("date", "document_type", "document_number"),
        reload,
        inOrder("date", "document_type", "document_number"),
    ],
});

tours.add("customer_sales_layout_favorite", {
    steps: () => [
        ...pick("CRM"),
        inOrder("commercial_partner_id", "partner_id"),
        click("Search", ".o_searchview_dropdown_toggler"),
        click("Save the search", ".o_add_favorite"),
        {
            content: "Call it",
            trigger: ".o_favorite_menu input[type='text']",
            run: "edit With its columns",
        },
        click("With the columns", ".o_customer_sales_favorite_layout input"),
        click("Save", ".o_save_favorite"),
        reload,
        inOrder("date", "document_number"),
        click("Search", ".o_searchview_dropdown_toggler"),
        click("The favorite", ".o_favorite_menu .o-dropdown-item:contains('With its columns')"),
        inOrder("commercial_partner_id", "partner_id"),
        click("Without it", ".o_searchview_facet:contains('With its columns') .o_facet_remove"),
        inOrder("date", "document_number"),
    ],
});

tours.add("customer_sales_layout_export", {
    steps: () => [
        ...pick("Accounting reconciliation"),
        inOrder("date", "document_type", "document_number", "journal_id"),
        click("A row", ".o_data_row .o_list_record_selector input"),
        click("Actions", ".o_cp_action_menus .dropdown-toggle"),
        click("Export", ".o-dropdown--menu .o_menu_item:contains('Export')"),
        {
            content: "The layout's columns in its order",
            trigger: `.o_fields_list:has(${["date", "document_type", "document_number", "journal_id"]
                .map((name) => `[data-field_id='${name}']`)
                .join(" + ")})`,
        },
        click("Close", ".modal-footer .o_form_button_cancel"),
    ],
});
