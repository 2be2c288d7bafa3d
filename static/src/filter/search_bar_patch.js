import { useEffect } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { SearchBar } from "@web/search/search_bar/search_bar";
import { isFiltered } from "../report_models";
import { comesOnScreen, openFilter } from "./open_filter";

/** Search bars of other models run Odoo's own code. */
export const searchBarPatch = {
    setup() {
        super.setup();
        const { searchModel } = this.env;
        if (isFiltered(searchModel.resModel)) {
            this.action = useService("action");
            useEffect(
                () => comesOnScreen(searchModel),
                () => []
            );
        }
    },
    /** A facet leads to the dialog, where Odoo's leads to its domain. */
    onFacetLabelClick(target, facet) {
        const { searchModel } = this.env;
        if (facet.domain && isFiltered(searchModel.resModel)) {
            return openFilter(this.action, searchModel);
        }
        return super.onFacetLabelClick(target, facet);
    },
};

patch(SearchBar.prototype, searchBarPatch);
