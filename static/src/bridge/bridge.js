/* global Chart */
import { Component, onWillStart, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useBus, useService } from "@web/core/utils/hooks";
import { formatMonetary } from "@web/views/fields/formatters";
import { bridgeChart } from "./bridge_chart";
import { COMPARED } from "../compared/compare";

const MODEL = "customer.sales.change.report";

/** How net sales came from the base to the current period, step by step and in words. It follows
 * the filter of the view below; a step opens the customers and products behind it. */
export class Bridge extends Component {
    static template = "customer_sales_report.Bridge";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.canvas = useRef("canvas");
        this.keepLast = new KeepLast();
        this.state = useState({ steps: [], sentences: [], currency_id: false, isLoading: true });
        useBus(this.env.searchModel, "update", () => this.load());
        onWillStart(async () => {
            // The list below does not wait for the bridge.
            this.loaded = Promise.all([loadBundle("web.chartjs_lib"), this.load()]);
        });
        useEffect(
            () => this.draw(),
            () => [this.state.steps, this.env.isSmall]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    async load() {
        const { domain, context } = this.env.searchModel;
        this.state.isLoading = true;
        const question = this.orm.call(MODEL, "get_bridge", [domain], { context });
        const answer = await this.keepLast.add(question);
        await loadBundle("web.chartjs_lib");
        Object.assign(this.state, answer, { isLoading: false });
    }

    get hasSales() {
        return this.state.steps.some((step) => step.amount);
    }

    format(step) {
        return formatMonetary(step.amount, { currencyId: this.state.currency_id });
    }

    draw() {
        this.chart?.destroy();
        this.chart = null;
        if (!this.canvas.el || !this.hasSales) {
            return;
        }
        this.chart = new Chart(
            this.canvas.el,
            bridgeChart(this.state.steps, {
                currencyId: this.state.currency_id,
                isRightToLeft: localization.direction === "rtl",
                isNarrow: this.env.isSmall,
                onStep: (step) => this.open(step),
            })
        );
    }

    /** The customers and products behind a step, the largest first. */
    open(step) {
        const { domain, context } = this.env.searchModel;
        const name = step.column;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Why Sales Changed: %s", step.label),
            res_model: MODEL,
            views: [
                [false, "list"],
                [false, "pivot"],
                [false, "search"],
            ],
            domain: [...domain, [name, "!=", 0]],
            context: {
                [COMPARED]: context[COMPARED],
                group_by: ["commercial_partner_id", "product_tmpl_id"],
                pivot_row_groupby: ["commercial_partner_id", "product_tmpl_id"],
                pivot_measures: [name],
                customer_sales_step: { name, amount: step.amount },
            },
        });
    }
}
