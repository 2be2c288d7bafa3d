/** The models whose rows are sales: their views carry the menu items of this app. */
const REPORT_MODELS = new Set(["customer.sales.report", "customer.sales.comparison.report"]);

/**
 * @param {string} resModel the technical name of a model
 * @returns {boolean} whether it is a report of this app
 */
export const isCustomerSalesReport = (resModel) => REPORT_MODELS.has(resModel);
