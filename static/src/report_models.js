/** The models whose rows are sales: their views carry the menu items of this app. */
const REPORT_MODELS = new Set(["customer.sales.report", "customer.sales.comparison.report"]);

/** The models whose rows are exported as workbooks, by the dialog of this app. */
const EXPORTED_MODELS = new Set([
    ...REPORT_MODELS,
    "customer.sales.change.report",
    "customer.sales.product",
    "customer.sales.profile",
    "customer.sales.retention.report",
]);

/** The models that the filter dialog asks beside these. */
const FILTERED_MODELS = new Set([
    "customer.sales.profile",
    "customer.sales.product",
    "customer.sales.purchase",
]);

/**
 * @param {string} resModel the technical name of a model
 * @returns {boolean} whether it is a report of this app
 */
export const isCustomerSalesReport = (resModel) => REPORT_MODELS.has(resModel);

/**
 * @param {string} resModel the technical name of a model
 * @returns {boolean} whether its rows are exported as workbooks
 */
export const isExportedAsWorkbook = (resModel) => EXPORTED_MODELS.has(resModel);

/**
 * @param {string} resModel the technical name of a model
 * @returns {boolean} whether its views are filtered by the filter dialog
 */
export const isFiltered = (resModel) => REPORT_MODELS.has(resModel) || FILTERED_MODELS.has(resModel);
