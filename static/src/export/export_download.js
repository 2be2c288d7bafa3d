import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

// The browser saves the file itself, so that its size does not matter; then the wizard closes.
registry.category("actions").add("customer_sales_report.download", (_env, action) => {
    browser.location.assign(action.params.url);
    return { type: "ir.actions.act_window_close" };
});
