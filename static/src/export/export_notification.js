import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { session } from "@web/session";

import { saveFile } from "./export_download";

const ENDED = "customer_sales_report.export_ended";

/** Brings the files that were written in the background, also those that ended while the browser
 * was closed. */
export const exportNotificationService = {
    dependencies: ["action", "bus_service", "notification", "orm"],

    start(env, { action, bus_service: bus, notification, orm }) {
        const show = ({ id, title, state, message }) => {
            const isDone = state === "done";
            const open = () =>
                action.doAction({
                    type: "ir.actions.act_window",
                    res_model: "customer.sales.export.job",
                    res_id: id,
                    views: [[false, "form"]],
                });
            const close = notification.add(isDone ? _t("Your file is ready.") : message, {
                title,
                type: isDone ? "success" : "danger",
                sticky: true,
                buttons: [
                    isDone
                        ? {
                              name: _t("Download"),
                              primary: true,
                              onClick: () => {
                                  saveFile(`/customer_sales_report/export/${id}`);
                                  close();
                              },
                          }
                        : { name: _t("Open"), onClick: () => (open(), close()) },
                ],
            });
        };
        const tell = (notes) => {
            notes.forEach(show);
            orm.silent.call("customer.sales.export.job", "told", [notes.map(({ id }) => id)]);
        };
        bus.subscribe(ENDED, (note) => tell([note]));
        // Users of this app alone have exports.
        const ended = session.customer_sales_ended_exports;
        if (ended) {
            bus.start();
        }
        if (ended?.length) {
            tell(ended);
        }
    },
};

registry.category("services").add("customer_sales_export_notification", exportNotificationService);
