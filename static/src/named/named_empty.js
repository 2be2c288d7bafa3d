import { registry } from "@web/core/registry";
import { formatSelection } from "@web/views/fields/formatters";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";

/**
 * For lists in which nothing is blank that has a name: sales without a customer are of walk-ins, and
 * what has no owner is everybody's, as the field's `falsy_value_label` says. Where another field
 * tells what is in the place of an empty one, the column's option `if_empty` names it.
 */
export const withNamesOfNothing = (Renderer) =>
    class extends Renderer {
        getFormattedValue(column, record) {
            if (!record.data[column.name]) {
                const label = this.fields[column.name].falsy_value_label;
                const other = column.options.if_empty;
                if (label || other) {
                    return (
                        label || formatSelection(record.data[other], { field: this.fields[other] })
                    );
                }
            }
            return super.getFormattedValue(column, record);
        }
    };

registry.category("views").add("customer_sales_named_list", {
    ...listView,
    Renderer: withNamesOfNothing(ListRenderer),
});
