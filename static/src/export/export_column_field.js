import { registry } from "@web/core/registry";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

/** A column of an export: one of those that the report has which the dialog is about. */
export class ExportColumnField extends SelectionField {
    setup() {
        super.setup();
        this.type = "selection";
    }

    get options() {
        return this.props.record.evalContext.parent?.column_choices || [];
    }

    get string() {
        const option = this.options.find(([name]) => name === this.value);
        return option ? option[1] : "";
    }
}

registry.category("fields").add("customer_sales_export_column", {
    ...selectionField,
    component: ExportColumnField,
    supportedTypes: ["char"],
});
