import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const HEIGHT = 24;
const BAR = 4;

/** Numbers as small bars from the oldest to the newest, those below zero downwards. */
export class Sparkline extends Component {
    static template = "customer_sales_report.Sparkline";
    static props = { numbers: { type: Array, element: Number } };

    get numbers() {
        return this.props.numbers;
    }

    get width() {
        return this.numbers.length * BAR;
    }

    get bars() {
        const top = Math.max(0, ...this.numbers);
        const bottom = Math.min(0, ...this.numbers);
        const scale = HEIGHT / (top - bottom || 1);
        return this.numbers.map((number, index) => ({
            key: index,
            x: index * BAR,
            y: (top - Math.max(number, 0)) * scale,
            height: number ? Math.max(Math.abs(number) * scale, 1) : 0,
            class: number < 0 ? "o_customer_sales_below" : "o_customer_sales_above",
        }));
    }
}

/** A list of numbers as a sparkline. */
export class SparklineField extends Component {
    static template = "customer_sales_report.SparklineField";
    static components = { Sparkline };
    static props = standardFieldProps;

    get numbers() {
        return this.props.record.data[this.props.name] || [];
    }
}

export const sparklineField = {
    component: SparklineField,
    supportedTypes: ["json"],
};

registry.category("fields").add("customer_sales_sparkline", sparklineField);
