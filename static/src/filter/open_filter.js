import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { contextOf, showFilter } from "./applied_filter";

const ACTION = "customer_sales_report.action_customer_sales_filter";

/** The search models of the reports on the screen; the dialog lies over the last one. */
const onScreen = new Set();

/**
 * Makes a report known as long as it is on the screen, for the menu's dialog to lead back to it.
 *
 * @param {import("@web/search/search_model").SearchModel} searchModel
 * @returns {() => void} to be called when it leaves the screen
 */
export function comesOnScreen(searchModel) {
    onScreen.add(searchModel);
    return () => onScreen.delete(searchModel);
}

/**
 * Opens the filter dialog with what a report shows. The report shows the filter when it is applied,
 * without leaving its view.
 *
 * @param {Object} action the action service
 * @param {import("@web/search/search_model").SearchModel} [searchModel] of the report; without
 *  one the filter opens the sales lines
 */
export function openFilter(action, searchModel) {
    if (!searchModel) {
        return action.doAction(ACTION);
    }
    return action.doAction(ACTION, {
        additionalContext: contextOf(searchModel),
        onClose: (infos) => {
            const applied = infos?.customerSales;
            if (!applied) {
                return;
            }
            if (applied.favorite) {
                rpcBus.trigger("CLEAR-CACHES", "get_views");
            }
            showFilter(searchModel, applied);
        },
    });
}

/** From the app's menu */
registry
    .category("actions")
    .add("customer_sales_report.filter", ({ services }) =>
        openFilter(services.action, [...onScreen].at(-1))
    );
