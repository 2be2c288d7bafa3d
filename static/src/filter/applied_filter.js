/**
 * Shows a filter in the search bar of a report, in the place of the one shown there before.
 *
 * What the filter says of the sales that are counted takes the place of Net Sales and Ordered as
 * well: together they would let nothing through. Other filters and the groups stay.
 *
 * @param {import("@web/search/search_model").SearchModel} searchModel
 * @param {Object} applied as the filter dialog hands it over
 * @param {{name: string, description: string, domain: string}[]} applied.facets
 * @param {Object} [applied.favorite] the favourite that the filter was saved as, to be shown instead
 */
export function showFilter(searchModel, { facets, favorite }) {
    searchModel.blockNotification = true;
    if (favorite) {
        showFavorite(searchModel, favorite);
    } else {
        takeOut(
            searchModel,
            (item) =>
                item.customerSalesFilter ||
                item.type === "favorite" ||
                ["net_sales", "ordered"].includes(item.name)
        );
        for (const { name, description, domain } of facets) {
            searchModel.createNewFilters([
                { customerSalesFilter: name, description, domain, invisible: "True" },
            ]);
        }
    }
    searchModel.blockNotification = false;
    searchModel._notify();
}

function showFavorite(searchModel, irFilter) {
    const ofServer = (item) => item.type === "favorite" && item.serverSideId === irFilter.id;
    if (!Object.values(searchModel.searchItems).some(ofServer)) {
        searchModel._createGroupOfFavorites([irFilter]);
    }
    searchModel.clearQuery();
    searchModel.toggleSearchItem(Object.values(searchModel.searchItems).find(ofServer).id);
}

function takeOut(searchModel, predicate) {
    searchModel.query = searchModel.query.filter(
        ({ searchItemId }) => !predicate(searchModel.searchItems[searchItemId])
    );
    for (const item of Object.values(searchModel.searchItems)) {
        if (item.customerSalesFilter) {
            delete searchModel.searchItems[item.id];
        }
    }
}
