import { Component } from "@odoo/owl";
import { cookie } from "@web/core/browser/cookie";
import { getColor } from "@web/core/colors/colors";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatInteger, formatPercentage } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { useChart } from "../chart/chart_hook";

const OTHER = "#a0a0a0"; // what customers are not predicted by

const percent = (share) => formatPercentage(share, { digits: [16, 0] });

/** Chances against what came, in tenths of the customers: perfect ones lie on the diagonal. */
export class CalibrationField extends Component {
    static template = "customer_sales_report.CalibrationField";
    static props = standardFieldProps;

    setup() {
        useChart(() => this.config());
    }

    get lines() {
        return this.props.record.data[this.props.name];
    }

    datasets() {
        const scheme = cookie.get("color_scheme");
        const lines = this.lines.map((line) => {
            const color = line.is_used ? getColor(0, scheme, "lg") : OTHER;
            return {
                label: line.name,
                data: line.points.map(([x, y, customers]) => ({ x, y, customers })),
                borderColor: color,
                backgroundColor: color,
                borderDash: line.way === "at_random" ? [2, 3] : [],
                borderWidth: line.is_used ? 3 : 1,
                pointRadius: 4,
            };
        });
        const diagonal = {
            label: _t("Perfect"),
            data: [
                { x: 0, y: 0 },
                { x: 1, y: 1 },
            ],
            borderColor: OTHER,
            borderDash: [6, 6],
            borderWidth: 1,
            pointRadius: 0,
            pointHitRadius: 0,
        };
        return [...lines, diagonal];
    }

    axis(title) {
        return {
            type: "linear",
            min: 0,
            max: 1,
            title: { display: true, text: title },
            ticks: { callback: percent },
        };
    }

    config() {
        return {
            type: "line",
            data: { datasets: this.datasets() },
            options: {
                maintainAspectRatio: false,
                plugins: {
                    tooltip: {
                        callbacks: {
                            title: () => "",
                            label: ({ raw }) =>
                                _t(
                                    "Customers: %(customers)s. Chance: %(chance)s. Bought: %(came)s",
                                    {
                                        customers: formatInteger(raw.customers),
                                        chance: percent(raw.x),
                                        came: percent(raw.y),
                                    }
                                ),
                        },
                    },
                },
                scales: { x: this.axis(_t("Chance to buy")), y: this.axis(_t("Share that bought")) },
            },
        };
    }
}

registry.category("fields").add("customer_sales_calibration", {
    component: CalibrationField,
    supportedTypes: ["json"],
});
