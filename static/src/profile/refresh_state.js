import { Component, onWillDestroy, onWillStart, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const { DateTime } = luxon;

/** How often a running refresh is asked how far it is, in milliseconds. */
export const INTERVAL = 3000;

/**
 * Until when the stored tables are true, and how far a refresh is. Where one ends while the screen
 * is open, the screen is loaded again.
 */
export class RefreshState extends Component {
    static template = "customer_sales_report.RefreshState";
    static props = { onRefreshed: { type: Function, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ is_manager: false });
        onWillStart(() => this.load());
        onWillDestroy(() => {
            this.isGone = true;
            browser.clearTimeout(this.timeout);
        });
    }

    async load() {
        const before = this.state.as_of;
        const wasRunning = this.isRunning;
        Object.assign(this.state, await this.orm.call("customer.sales.refresh", "state_of", []));
        browser.clearTimeout(this.timeout);
        if (this.isRunning) {
            this.timeout = browser.setTimeout(() => this.load(), INTERVAL);
        }
        // What is known of customers may be there before what is known of their past.
        if (wasRunning && (this.state.as_of !== before || !this.isRunning)) {
            this.props.onRefreshed?.();
        }
    }

    get words() {
        const { as_of: asOf, progress } = this.state;
        if (!asOf) {
            return this.isRunning
                ? _t("Customers are being worked out: %s %", progress)
                : _t("Customers have not been worked out yet.");
        }
        const time = deserializeDateTime(asOf);
        const isThisYear = time.hasSame(DateTime.now(), "year");
        const day = { day: "numeric", month: "long", year: isThisYear ? undefined : "numeric" };
        const words = _t("As of %s", time.toLocaleString({ ...day, hour: "numeric", minute: "2-digit" }));
        const { history } = this.state;
        return Number.isInteger(history)
            ? `${words} · ${_t("History is being worked out: %s %", history)}`
            : words;
    }

    get isRunning() {
        return this.state.progress !== null && this.state.progress !== undefined;
    }

    async refreshNow() {
        const action = await this.orm.call("customer.sales.refresh", "action_refresh_now", []);
        if (this.isGone) {
            return;
        }
        await this.action.doAction(action);
        if (!this.isGone) {
            await this.load();
        }
    }

    openLog() {
        return this.action.doAction("customer_sales_report.action_customer_sales_refresh");
    }
}
