import { _t } from "@web/core/l10n/translation";
import { formatInteger } from "@web/views/fields/formatters";

/** What the rows of a list are, by its model: one of them, and several. */
const ROWS = {
    "customer.sales.report": [() => _t("1 line"), (count) => _t("%s lines", count)],
    "customer.sales.comparison.report": [() => _t("1 line"), (count) => _t("%s lines", count)],
    "customer.sales.profile": [() => _t("1 customer"), (count) => _t("%s customers", count)],
    "customer.sales.purchase": [() => _t("1 document"), (count) => _t("%s documents", count)],
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
