import { rpcBus } from "@web/core/network/rpc";
import { patch } from "@web/core/utils/patch";
import { SearchModel } from "@web/search/search_model";
import { isFiltered } from "../report_models";
import { showFilter } from "./applied_filter";

// An action of the filter dialog brings the filter in its context, for the search bar alone.
const KEY = "customer_sales_applied";

const withoutFilter = (config = {}) => {
    const { [KEY]: applied, ...context } = config.context || {};
    return { applied, config: applied ? { ...config, context } : config };
};

/** Searches of other models run Odoo's own code. */
export const searchModelPatch = {
    async load(config) {
        if (!isFiltered(config.resModel)) {
            return super.load(config);
        }
        const { applied, config: ownConfig } = withoutFilter(config);
        if (applied?.favorite) {
            rpcBus.trigger("CLEAR-CACHES", "get_views");
        }
        await super.load(ownConfig);
        if (applied && !config.state) {
            showFilter(this, applied);
        }
    },
    reload(config) {
        const isOurs = isFiltered(this.resModel);
        return super.reload(isOurs ? withoutFilter(config).config : config);
    },
};

patch(SearchModel.prototype, searchModelPatch);
