import { registry } from "@web/core/registry";

/**
 * Lets the browser save a file itself, so that its size does not matter.
 *
 * @param {string} url
 */
export function saveFile(url) {
    const link = document.createElement("a");
    link.href = url;
    link.download = "";
    link.click();
}

registry.category("actions").add("customer_sales_report.download", (_env, action) => {
    saveFile(action.params.url);
    return { type: "ir.actions.act_window_close" };
});
