/** The context under which a choice of two periods travels. */
export const COMPARED = "customer_sales_compared";

/**
 * Has a screen compare two other periods.
 *
 * A favorite that is shown brings the periods that it was saved with. They give way to the choice
 * on the screen; the favorite itself stays as it was saved.
 *
 * @param {import("@web/search/search_model").SearchModel} searchModel
 * @param {Object} choice as the server words it
 */
export function compare(searchModel, choice) {
    searchModel.globalContext = { ...searchModel.globalContext, [COMPARED]: choice };
    for (const item of Object.values(searchModel.searchItems)) {
        if (item.type === "favorite" && item.context?.[COMPARED]) {
            const { [COMPARED]: _saved, ...context } = item.context;
            item.context = context;
        }
    }
    searchModel._notify();
}
