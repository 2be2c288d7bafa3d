import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatMonetary } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { formatShare } from "../percent/percent_field";

/**
 * A change in percent with an arrow and a color. Where there is no percentage, since there was
 * nothing to compare with, it is the change itself: an arrow alone would say neither.
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
        if (share) {
            return formatShare(Math.abs(share));
        }
        const { data, fields } = this.props.record;
        const field = fields[this.props.amountField];
        return formatMonetary(Math.abs(this.amount), { data, field, humanReadable: true });
    }

    get hint() {
        const hasShare = this.props.record.data[this.props.name];
        return hasShare ? undefined : _t("There is nothing to take a percentage of.");
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
// Groups and totals ask the formatter of a field's widget.
registry.category("formatters").add("customer_sales_change", formatShare);
