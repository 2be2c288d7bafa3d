import { _t } from "@web/core/l10n/translation";
import { formatInteger } from "@web/views/fields/formatters";

/** What the rows of a list are, by its model: one of them, and several. */
const LINES = [() => _t("1 line"), (count) => _t("%s lines", count)];
const CUSTOMERS = [() => _t("1 customer"), (count) => _t("%s customers", count)];
const PRODUCTS_OF_CUSTOMERS = [
    () => _t("1 product of a customer"),
    (count) => _t("%s products of customers", count),
];
const ROWS = {
    "customer.sales.report": LINES,
    "customer.sales.comparison.report": LINES,
    "customer.sales.profile": CUSTOMERS,
    "customer.sales.movement.report": CUSTOMERS,
    "customer.sales.campaign.customer": CUSTOMERS,
    "customer.sales.purchase": [() => _t("1 document"), (count) => _t("%s documents", count)],
    "customer.sales.product": PRODUCTS_OF_CUSTOMERS,
    "customer.sales.change.report": PRODUCTS_OF_CUSTOMERS,
    "customer.sales.price.report": [() => _t("1 product"), (count) => _t("%s products", count)],
    "customer.sales.history": [
        () => _t("1 month of a customer"),
        (count) => _t("%s months of customers", count),
    ],
    "customer.sales.retention.report": [
        () => _t("1 period of a customer"),
        (count) => _t("%s periods of customers", count),
    ],
    "customer.sales.campaign": [() => _t("1 campaign"), (count) => _t("%s campaigns", count)],
};

/**
 * @param {string} resModel
 * @param {number} count
 * @returns {string} the number with what it counts, where that has a name
 */
export function countWords(resModel, count) {
    const [one, several] = ROWS[resModel] || [];
    const number = formatInteger(count);
    if (!several) {
        return number;
    }
    return String(count === 1 ? one() : several(number));
}

/** For lists whose groups say what their numbers count. */
export const withCountWords = (Renderer) =>
    class extends Renderer {
        static groupRowTemplate = "customer_sales_report.GroupRow";

        countWords(group) {
            return countWords(this.props.list.resModel, group.count);
        }
    };
