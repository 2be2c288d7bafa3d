import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

const TOLD = "customer_sales_own_told";
const OWN = "customer_sales_report.group_customer_sales_user";
const ALL = "customer_sales_report.group_customer_sales_all";

const isOfThisApp = (action) =>
    String(action?.res_model).startsWith("customer.sales.") ||
    String(action?.tag).startsWith("customer_sales_report.");

/**
 * The first time that a user of the level Own Customers opens the app, it says whose sales these
 * are. It stays until it is dismissed, and is remembered with the user's settings on the server.
 */
export const ownCustomersNotice = {
    dependencies: ["action", "notification"],

    start(env, { action, notification }) {
        let isAsked = false;
        env.bus.addEventListener("ACTION_MANAGER:UI-UPDATED", async () => {
            if (isAsked || !isOfThisApp(action.currentController?.action)) {
                return;
            }
            isAsked = true;
            if (user.settings?.[TOLD] || !(await user.hasGroup(OWN)) || (await user.hasGroup(ALL))) {
                return;
            }
            const close = notification.add(
                _t(
                    "Here are the documents on which you are the salesperson, and all documents of the customers assigned to you. Documents that no salesperson is on are here too, such as those of the website, so that nobody overlooks them. An administrator of Customer Sales can show you all customers."
                ),
                {
                    title: _t("You see your own customers"),
                    type: "info",
                    sticky: true,
                    buttons: [{ name: _t("Got it"), primary: true, onClick: () => close() }],
                    onClose: () => user.setUserSettings(TOLD, true),
                }
            );
        });
    },
};

registry.category("services").add("customer_sales_own_customers_notice", ownCustomersNotice);
