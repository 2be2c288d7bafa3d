import { Component, onWillStart, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { cookie } from "@web/core/browser/cookie";
import { getColor, hexToRGBA } from "@web/core/colors/colors";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatMonetary } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Net sales of twelve months beside the twelve before, as bars. */
export class MonthsChart extends Component {
    static template = "customer_sales_report.MonthsChart";
    static props = { labels: Array, year: Array, before: Array, currencyId: { type: [Number, Boolean], optional: true } };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(() => {
            const chart = new Chart(this.canvas.el, this.config());
            return () => chart.destroy();
        });
    }

    money(amount) {
        return formatMonetary(amount, { currencyId: this.props.currencyId || undefined });
    }

    config() {
        const scheme = cookie.get("color_scheme");
        const color = getColor(1, scheme, "odoo");
        return {
            type: "bar",
            data: {
                labels: this.props.labels,
                datasets: [
                    {
                        label: _t("A year earlier"),
                        data: this.props.before,
                        backgroundColor: hexToRGBA(color, 0.3),
                    },
                    { label: _t("Net Sales"), data: this.props.year, backgroundColor: color },
                ],
            },
            options: {
                maintainAspectRatio: false,
                plugins: {
                    tooltip: {
                        callbacks: {
                            label: ({ dataset, raw }) => `${dataset.label}: ${this.money(raw)}`,
                        },
                    },
                },
                scales: { y: { ticks: { callback: (amount) => this.money(amount) } } },
            },
        };
    }
}

/** What `MonthsChart` shows, as a field. */
export class MonthsChartField extends Component {
    static template = "customer_sales_report.MonthsChartField";
    static components = { MonthsChart };
    static props = standardFieldProps;

    get chart() {
        const { currency_id: currency } = this.props.record.data;
        const data = this.props.record.data[this.props.name] || { labels: [], year: [], before: [] };
        return { ...data, currencyId: currency && currency.id };
    }
}

export const monthsChartField = { component: MonthsChartField, supportedTypes: ["json"] };

registry.category("fields").add("customer_sales_months", monthsChartField);
