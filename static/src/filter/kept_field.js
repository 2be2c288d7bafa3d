import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { TagsList } from "@web/core/tags_list/tags_list";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Conditions from the search bar that no field of the dialog can say: they can be taken out. */
export class KeptField extends Component {
    static template = "customer_sales_report.KeptField";
    static components = { TagsList };
    static props = { ...standardFieldProps };

    get conditions() {
        return JSON.parse(this.props.record.data[this.props.name] || "[]");
    }

    get tags() {
        return this.conditions.map(({ words }, index) => ({
            id: `kept_${index}`,
            text: words,
            onDelete: () => this.takeOut(index),
        }));
    }

    takeOut(index) {
        const left = this.conditions.filter((_condition, each) => each !== index);
        const value = left.length ? JSON.stringify(left) : false;
        return this.props.record.update({ [this.props.name]: value });
    }
}

registry.category("fields").add("customer_sales_kept", {
    component: KeptField,
    supportedTypes: ["char"],
});
