import { patch } from "@web/core/utils/patch";
import { PivotModel } from "@web/views/pivot/pivot_model";

// The export log tells what a file was filtered and grouped by; Odoo's export of a pivot table
// sends the figures alone.
patch(PivotModel.prototype, {
    exportData() {
        return {
            ...super.exportData(),
            domain: this.searchParams.domain,
            group_bys: [...this.metaData.fullRowGroupBys, ...this.metaData.fullColGroupBys],
            measures: this.metaData.activeMeasures,
        };
    },
});
