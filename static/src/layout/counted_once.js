const LINES = ["customer.sales.report", "customer.sales.comparison.report"];
/** Beginnings of the names of what counts each sale once, whatever documents are shown */
const COUNTED = ["net_sales", "ordered"];

/** Documents of one kind leave no other of that kind behind. */
function familyOf({ document_type: type }) {
    return type.startsWith("pos_") ? "pos" : type === "sales_order" ? "order" : "invoice";
}

/**
 * @param {Object[]} rows values of lines
 * @returns {boolean} whether their total would count a sale twice: as ordered, and as invoiced
 */
export function mixesDocuments(rows) {
    return (
        rows.some((row) => !row.counts_as_sale) &&
        rows.some((row) => row.counts_as_sale && !row.counts_as_order) &&
        new Set(rows.map(familyOf)).size > 1
    );
}

/** For lists of lines: no total adds orders to invoices. */
export const withSalesCountedOnce = (Renderer) =>
    class extends Renderer {
        computeAggregates() {
            const aggregates = super.computeAggregates();
            const { list } = this.props;
            if (!LINES.includes(list.resModel) || !this.mixesDocuments) {
                return aggregates;
            }
            const isCounted = ([name]) => COUNTED.some((beginning) => name.startsWith(beginning));
            return Object.fromEntries(Object.entries(aggregates).filter(isCounted));
        }

        get mixesDocuments() {
            const { list } = this.props;
            if (list.isGrouped && !list.selection.length) {
                return list.config.mixesDocuments;
            }
            const records = list.selection.length ? list.selection : list.records;
            return mixesDocuments(records.map((record) => record.data));
        }
    };
