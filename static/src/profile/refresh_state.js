import { Component, onWillStart, useState } from "@odoo/owl";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** Until when the stored tables are true, and how far a refresh is. */
export class RefreshState extends Component {
    static template = "customer_sales_report.RefreshState";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ is_manager: false });
        onWillStart(() => this.load());
    }

    async load() {
        Object.assign(this.state, await this.orm.call("customer.sales.refresh", "state_of", []));
    }

    get words() {
        const { as_of: asOf, progress } = this.state;
        if (!asOf) {
            return progress === null
                ? _t("Customers have not been worked out yet.")
                : _t("Customers are being worked out: %s %", progress);
        }
        const words = _t("As of %s", formatDateTime(deserializeDateTime(asOf), { showSeconds: false }));
        const { history } = this.state;
        if (history === null || history === undefined) {
            return words;
        }
        return `${words} · ${_t("History is being worked out: %s %", history)}`;
    }

    get isRunning() {
        return this.state.progress !== null && this.state.progress !== undefined;
    }

    async refreshNow() {
        const action = await this.orm.call("customer.sales.refresh", "action_refresh_now", []);
        await this.action.doAction(action);
        await this.load();
    }

    openLog() {
        return this.action.doAction("customer_sales_report.action_customer_sales_refresh");
    }
}
