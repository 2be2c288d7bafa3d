import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { formatPercentage } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const DIGITS = [16, 1];

/** A share in percent; nothing where there is none, rather than 0 %. */
export const formatPercentOrNothing = (value) =>
    value === false || value === null || value === undefined
        ? ""
        : formatPercentage(value, { digits: DIGITS });

/** The same on a row, which has 0 where there is nothing. */
export class PercentField extends Component {
    static template = "customer_sales_report.PercentField";
    static props = standardFieldProps;

    get text() {
        return formatPercentOrNothing(this.props.record.data[this.props.name] || false);
    }
}

registry.category("formatters").add("customer_sales_percent", formatPercentOrNothing);
registry.category("fields").add("customer_sales_percent", {
    component: PercentField,
    supportedTypes: ["float"],
});
