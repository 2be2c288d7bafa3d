import { registry } from "@web/core/registry";
import { formatSelection } from "@web/views/fields/formatters";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";
import { withUncutAmounts } from "../amounts/uncut_amounts";
import { withCountWords } from "../layout/count_words";
import { withoutEmptyGroupMenus } from "./group_menu";

/**
 * For lists in which nothing is blank that has a name: sales without a customer are of walk-ins, and
 * what has no owner is everybody's, as the field's `falsy_value_label` says. Where another field
 * says more, a column's options name it, as `if_empty`, and its value that does not, as `ordinary`.
 */
export const withNamesOfNothing = (Renderer) =>
    class extends Renderer {
        getFormattedValue(column, record) {
            const words = !record.data[column.name] && this.wordsOfNothing(column, record);
            return words || super.getFormattedValue(column, record);
        }

        wordsOfNothing({ name, options }, { data }) {
            const kind = data[options.if_empty];
            return kind && kind !== options.ordinary
                ? formatSelection(kind, { field: this.fields[options.if_empty] })
                : this.fields[name].falsy_value_label;
        }
    };

registry.category("views").add("customer_sales_named_list", {
    ...listView,
    Renderer: withoutEmptyGroupMenus(
        withCountWords(withUncutAmounts(withNamesOfNothing(ListRenderer)))
    ),
});
