import { Domain } from "@web/core/domain";
import { COMPARED } from "../compared/compare";

/**
 * Shows a filter in the search bar of a report, in the place of all that was filtered by there. The
 * groups stay, also those that came with a favorite.
 *
 * @param {import("@web/search/search_model").SearchModel} searchModel
 * @param {Object} applied as the filter dialog hands it over
 * @param {{name: string, description: string, domain: string}[]} applied.facets
 * @param {number} [applied.favorite_id] the favorite that the filter was read from
 * @param {Object} [applied.favorite] the favorite that the filter was saved as, to be shown instead
 */
export function showFilter(searchModel, { facets, favorite, favorite_id: favoriteId }) {
    searchModel.blockNotification = true;
    if (favorite) {
        showFavorite(searchModel, favorite);
    } else {
        const groupBy = searchModel._getGroupBy({ fallbackOnDefault: false });
        takeOutFilters(searchModel);
        addGroups(searchModel, groupBy);
        for (const { name, description, domain } of facets) {
            searchModel.createNewFilters([
                {
                    customerSalesFilter: name,
                    customerSalesFavorite: favoriteId || false,
                    description,
                    domain,
                    invisible: "True",
                },
            ]);
        }
    }
    searchModel.blockNotification = false;
    searchModel._notify();
}

/**
 * What is on the screen, for the filter dialog to open with.
 *
 * @param {import("@web/search/search_model").SearchModel} searchModel
 * @returns {Object} the context of the dialog
 */
export function contextOf(searchModel) {
    const { searchItems, query, globalDomain, domainEvalContext, groupBy, context } = searchModel;
    const items = query.map(({ searchItemId }) => searchItems[searchItemId]);
    const favorite = items.find((item) => item.type === "favorite");
    const worked = items.find((item) => item.customerSalesFavorite);
    return {
        customer_sales_filter_in_view: true,
        customer_sales_filter_model: searchModel.resModel,
        ...(COMPARED in context && { [COMPARED]: context[COMPARED] }),
        customer_sales_filter_group_by: groupBy,
        customer_sales_filter_within: new Domain(globalDomain).toList(domainEvalContext),
        customer_sales_filter_on_screen: searchModel.facets
            .filter(({ domain }) => domain)
            .map((facet) => ({
                words: wordsOf(facet),
                domain: new Domain(facet.domain).toList(domainEvalContext),
            })),
        customer_sales_filter_favorite:
            favorite?.serverSideId || worked?.customerSalesFavorite || false,
    };
}

function wordsOf({ title, values, separator }) {
    const words = values.join(` ${separator} `);
    return title ? `${title}: ${words}` : words;
}

function showFavorite(searchModel, irFilter) {
    for (const item of Object.values(searchModel.searchItems)) {
        if (item.type === "favorite" && item.serverSideId === irFilter.id) {
            delete searchModel.searchItems[item.id]; // as it was before
        }
    }
    searchModel.query = [];
    searchModel._createGroupOfFavorites([irFilter]);
    const ofServer = (item) => item.type === "favorite" && item.serverSideId === irFilter.id;
    searchModel.toggleSearchItem(Object.values(searchModel.searchItems).find(ofServer).id);
}

function takeOutFilters(searchModel) {
    searchModel.query = searchModel.query.filter(({ searchItemId }) =>
        ["groupBy", "dateGroupBy"].includes(searchModel.searchItems[searchItemId].type)
    );
    for (const item of Object.values(searchModel.searchItems)) {
        if (item.customerSalesFilter) {
            delete searchModel.searchItems[item.id];
        }
    }
}

function addGroups(searchModel, groupBy) {
    const left = searchModel._getGroupBy({ fallbackOnDefault: false });
    if (JSON.stringify(left) === JSON.stringify(groupBy)) {
        return;
    }
    for (const spec of groupBy.filter((each) => !left.includes(each))) {
        const [fieldName, interval] = spec.split(":");
        if (searchModel.searchViewFields[fieldName]) {
            searchModel.createNewGroupBy(fieldName, { interval, invisible: true });
        }
    }
}
