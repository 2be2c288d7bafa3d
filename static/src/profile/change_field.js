import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { formatShare } from "../percent/percent_field";

/**
 * A change in percent with an arrow and a colour. Without a percentage, where there was nothing to
 * compare with, the sign of `amountField` alone gives the arrow.
 */
export class ChangeField extends Component {
    static template = "customer_sales_report.ChangeField";
    static props = { ...standardFieldProps, amountField: { type: String, optional: true } };

    get amount() {
        const { data } = this.props.record;
        return data[this.props.amountField] || data[this.props.name] || 0;
    }

    get isEmpty() {
        return !this.amount;
    }

    get text() {
        const share = this.props.record.data[this.props.name];
        return share ? formatShare(Math.abs(share)) : "";
    }

    get class() {
        return this.amount > 0 ? "text-success" : "text-danger";
    }

    get icon() {
        return this.amount > 0 ? "fa fa-arrow-up" : "fa fa-arrow-down";
    }
}

export const changeField = {
    component: ChangeField,
    supportedTypes: ["float"],
    fieldDependencies: ({ options }) =>
        options.amount_field ? [{ name: options.amount_field, type: "monetary" }] : [],
    extractProps: ({ options }) => ({ amountField: options.amount_field }),
};

registry.category("fields").add("customer_sales_change", changeField);
