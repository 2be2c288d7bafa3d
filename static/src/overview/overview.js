import { Component, onWillStart, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { deserializeDate, serializeDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatInteger, formatMonetary } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { formatShare } from "../percent/percent_field";
import { MonthsChart } from "../profile/months_chart_field";
import { RefreshState } from "../profile/refresh_state";
import { OverviewPart } from "./overview_part";
import { OverviewTile } from "./overview_tile";

const { DateTime } = luxon;
const MODEL = "customer.sales.overview";
const KEPT = "customer_sales_report.overview";

/** The first screen of the app: what matters today, each figure leading to the screen behind it. */
export class Overview extends Component {
    static template = "customer_sales_report.Overview";
    static components = {
        Layout,
        Dropdown,
        DropdownItem,
        MonthsChart,
        OverviewPart,
        OverviewTile,
        RefreshState,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        const kept = JSON.parse(browser.sessionStorage.getItem(KEPT) || "{}");
        this.state = useState({ data: null, customers: kept });
        onWillStart(() => this.load());
    }

    get display() {
        return { controlPanel: {} };
    }

    async load(choice = this.state.data?.choice) {
        const call = this.orm.call(MODEL, "overview", [choice || null, this.state.customers]);
        this.state.data = await this.keepLast.add(call);
    }

    choose(part, value) {
        return this.load({ ...this.state.data.choice, [part]: value });
    }

    /** Show only some customers: the reader's own, or of a country or tag; `false` shows all. */
    only(name, value) {
        this.state.customers = { ...this.state.customers, [name]: value };
        browser.sessionStorage.setItem(KEPT, JSON.stringify(this.state.customers));
        return this.load();
    }

    chosen(name, choices) {
        return choices.find((each) => each.id === this.state.customers[name])?.name;
    }

    label(part) {
        const { choice, choices, periods } = this.state.data;
        return choices[part].find(([key]) => key === choice[part])?.[1] || periods.days;
    }

    get months() {
        const { labels, year, before } = this.state.data.months;
        return {
            labels: labels.map((day) => deserializeDate(day).toFormat("LLL yy")),
            year,
            before,
            currencyId: this.state.data.currency_id,
            openMonth: (monthsAgo) => this.openMonth(monthsAgo),
        };
    }

    openMonth(monthsAgo) {
        const first = DateTime.now().startOf("month").minus({ months: monthsAgo });
        const domain = [
            ["date", ">=", serializeDate(first)],
            ["date", "<=", serializeDate(first.endOf("month"))],
        ];
        const action = "customer_sales_report.action_customer_sales_purchase";
        return this.open({ action, name: first.toFormat("LLLL yyyy"), domain, context: {} });
    }

    format(kind, value) {
        if (value === null || value === undefined) {
            return "–";
        }
        if (kind === "integer") {
            return formatInteger(value);
        }
        if (kind === "share") {
            return formatShare(value);
        }
        const { currency_id: currencyId } = this.state.data;
        return formatMonetary(value, { currencyId, digits: [16, 0] });
    }

    async open({ action, name, domain, context }) {
        const loaded = await this.action.loadAction(action);
        return this.action.doAction({ ...loaded, display_name: name, domain, context });
    }

    openCustomer(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "customer.sales.profile",
            res_id: id,
            views: [[false, "form"]],
        });
    }

}

registry.category("actions").add("customer_sales_report.overview", Overview);
