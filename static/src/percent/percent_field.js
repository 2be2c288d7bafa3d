import { registry } from "@web/core/registry";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component, xml } from "@odoo/owl";

const WIDTH = 71; // pixels, as of Odoo's integers

/**
 * A percentage with one decimal, always: figures in one column are compared digit under digit.
 *
 * @param {number | false} percent 12.34 for 12.3 %
 * @returns {string} empty where there is no percentage
 */
export const formatPercent = (percent) =>
    percent === false || percent === null || percent === undefined
        ? ""
        : `${formatFloat(percent, { digits: [16, 1] })}%`;

/** @param {number | false} share 0.1234 for 12.3 % */
export const formatShare = (share) =>
    formatPercent(typeof share === "number" ? share * 100 : share);

class NumberField extends Component {
    static template = xml`<span t-out="text" />`;
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }
}

/** A field that counts to 100, as Odoo's discounts do. */
export class PercentField extends NumberField {
    get text() {
        return formatPercent(this.value);
    }
}

/** A field that counts to 1, as Odoo's percentages do. */
export class ShareField extends NumberField {
    get text() {
        return formatShare(this.value);
    }
}

/** The same, where a row has 0 because there is no percentage. */
export class ShareOrNothingField extends NumberField {
    get text() {
        return formatShare(this.value || false);
    }
}

// Groups, totals, pivots and graphs ask the formatter of a field's widget.
for (const [name, component, format] of [
    ["customer_sales_percent", PercentField, formatPercent],
    ["customer_sales_share", ShareField, formatShare],
    ["customer_sales_share_or_nothing", ShareOrNothingField, formatShare],
]) {
    registry.category("fields").add(name, {
        component,
        supportedTypes: ["float"],
        listViewWidth: WIDTH,
    });
    registry.category("formatters").add(name, format);
}
