import { Component } from "@odoo/owl";
import { formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const { DateTime } = luxon;

/** A day, and how many days ago it was by the field `days_field`. */
export class DaysAgoField extends Component {
    static template = "customer_sales_report.DaysAgoField";
    static props = { ...standardFieldProps, daysField: String };

    get day() {
        return formatDate(this.props.record.data[this.props.name]);
    }

    get ago() {
        const days = Math.max(this.props.record.data[this.props.daysField], 0);
        return DateTime.now().minus({ days }).toRelativeCalendar({ unit: "days" });
    }
}

export const daysAgoField = {
    component: DaysAgoField,
    supportedTypes: ["date"],
    fieldDependencies: ({ options }) => [{ name: options.days_field, type: "integer" }],
    extractProps: ({ options }) => ({ daysField: options.days_field }),
};

registry.category("fields").add("customer_sales_days_ago", daysAgoField);
