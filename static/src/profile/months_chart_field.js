import { Component } from "@odoo/owl";
import { cookie } from "@web/core/browser/cookie";
import { getColor, hexToRGBA } from "@web/core/colors/colors";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { localization } from "@web/core/l10n/localization";
import { formatMonetary } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { isolated } from "../layout/text_direction";
import { useOpenLines } from "./open_lines_hook";
import { useChart } from "../chart/chart_hook";

const MONTHS = 12;

/**
 * Net sales of twelve months beside the same months a year earlier, as bars; each opens its lines.
 */
export class MonthsChart extends Component {
    static template = "customer_sales_report.MonthsChart";
    static props = {
        labels: Array,
        year: Array,
        before: Array,
        currencyId: { type: [Number, Boolean], optional: true },
        /** Called with how many months ago the month of a bar is */
        openMonth: Function,
    };

    setup() {
        useChart(() => this.config());
    }

    money(amount, options = {}) {
        const { currencyId } = this.props;
        return isolated(formatMonetary(amount, { currencyId: currencyId || undefined, ...options }));
    }

    openMonth({ index, datasetIndex }) {
        const yearsAgo = datasetIndex === 0 ? 1 : 0;
        const monthsAgo = MONTHS * (1 + yearsAgo) - 1 - index;
        return this.props.openMonth(monthsAgo);
    }

    config() {
        const scheme = cookie.get("color_scheme");
        const color = getColor(1, scheme, "odoo");
        const isRightToLeft = localization.direction === "rtl";
        return {
            type: "bar",
            data: {
                labels: this.props.labels,
                datasets: [
                    {
                        label: _t("A year earlier"),
                        data: this.props.before,
                        backgroundColor: hexToRGBA(color, 0.35),
                        borderRadius: 3,
                    },
                    { label: _t("Net Sales"), data: this.props.year, backgroundColor: color, borderRadius: 3 },
                ],
            },
            options: {
                maintainAspectRatio: false,
                onClick: (_event, [bar]) => bar && this.openMonth(bar),
                onHover: ({ native }, bars) => {
                    native.target.style.cursor = bars.length ? "pointer" : "default";
                },
                plugins: {
                    legend: { rtl: isRightToLeft },
                    tooltip: {
                        callbacks: {
                            label: ({ dataset, raw }) => `${dataset.label}: ${this.money(raw)}`,
                        },
                    },
                },
                scales: {
                    x: { reverse: isRightToLeft, grid: { display: false } },
                    y: {
                        position: isRightToLeft ? "right" : "left",
                        ticks: {
                            maxTicksLimit: 6,
                            callback: (amount) => this.money(amount, { humanReadable: true }),
                        },
                    },
                },
            },
        };
    }
}

/** The months of a customer, as a field. */
export class MonthsChartField extends Component {
    static template = "customer_sales_report.MonthsChartField";
    static components = { MonthsChart };
    static props = standardFieldProps;

    setup() {
        this.openLines = useOpenLines();
    }

    get chart() {
        const { record, name } = this.props;
        const { currency_id: currency } = record.data;
        return {
            ...(record.data[name] || { labels: [], year: [], before: [] }),
            currencyId: currency && currency.id,
            openMonth: (monthsAgo) => this.openLines(record, { months_ago: monthsAgo }),
        };
    }
}

export const monthsChartField = { component: MonthsChartField, supportedTypes: ["json"] };

registry.category("fields").add("customer_sales_months", monthsChartField);
