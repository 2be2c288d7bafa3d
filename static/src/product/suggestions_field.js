import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Products to suggest, each with its reason. */
export class SuggestionsField extends Component {
    static template = "customer_sales_report.SuggestionsField";
    static props = standardFieldProps;

    get products() {
        return this.props.record.data[this.props.name] || [];
    }
}

export const suggestionsField = { component: SuggestionsField, supportedTypes: ["json"] };

registry.category("fields").add("customer_sales_suggestions", suggestionsField);
