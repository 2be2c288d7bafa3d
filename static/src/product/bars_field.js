import { Component } from "@odoo/owl";
import { cookie } from "@web/core/browser/cookie";
import { getColor } from "@web/core/colors/colors";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { leftToRight } from "../layout/text_direction";
import { useChart } from "../chart/chart_hook";

/**
 * Bars with a title, of what the server has put into classes: `labels`, `values`, `notes` on them,
 * the `title` of the values, that of the `axis`, and the `unit` of the values.
 */
export class BarsField extends Component {
    static template = "customer_sales_report.BarsField";
    static props = standardFieldProps;

    setup() {
        useChart(() => this.config());
    }

    get data() {
        return this.props.record.data[this.props.name] || { labels: [] };
    }

    config() {
        const { labels, values, notes, axis, unit } = this.data;
        const inUnit = (value) => leftToRight(`${value} ${unit}`.trim());
        return {
            type: "bar",
            data: {
                labels: labels.map(leftToRight),
                datasets: [
                    {
                        data: values,
                        backgroundColor: getColor(1, cookie.get("color_scheme"), "odoo"),
                    },
                ],
            },
            options: {
                maintainAspectRatio: false,
                plugins: {
                    legend: { display: false },
                    tooltip: {
                        callbacks: {
                            label: ({ raw, dataIndex }) =>
                                [inUnit(raw), notes[dataIndex]].filter(Boolean).join(", "),
                        },
                    },
                },
                scales: {
                    x: { title: { display: true, text: axis } },
                    y: { ticks: { precision: 0, callback: inUnit } },
                },
            },
        };
    }
}

export const barsField = { component: BarsField, supportedTypes: ["json"] };

registry.category("fields").add("customer_sales_bars", barsField);
