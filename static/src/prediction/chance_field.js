import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { formatPercentage } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const CERTAIN = 0.995;

/**
 * A chance in whole percent, never rounded to certainty; nothing where none is predicted, for
 * chances are never 0.
 *
 * @param {number|false} share from 0 to 1
 * @returns {string}
 */
export function formatChance(share) {
    if (!share) {
        return "";
    }
    if (share >= CERTAIN) {
        return `> ${formatPercentage(0.99, { digits: [16, 0] })}`;
    }
    if (share < 1 - CERTAIN) {
        return `< ${formatPercentage(0.01, { digits: [16, 0] })}`;
    }
    return formatPercentage(share, { digits: [16, 0] });
}

export class ChanceField extends Component {
    static template = "customer_sales_report.ChanceField";
    static props = standardFieldProps;

    get text() {
        return formatChance(this.props.record.data[this.props.name]);
    }
}

registry.category("fields").add("customer_sales_chance", {
    component: ChanceField,
    supportedTypes: ["float"],
});
// Groups of lists are worded by the formatter of the widget's name.
registry.category("formatters").add("customer_sales_chance", formatChance);
