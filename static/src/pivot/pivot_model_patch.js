import { patch } from "@web/core/utils/patch";
import { PivotModel } from "@web/views/pivot/pivot_model";
import { isCustomerSalesReport } from "@customer_sales_report/report_models";

// The export log tells what a file was filtered and grouped by; Odoo's export of a pivot table
// sends the figures alone.
patch(PivotModel.prototype, {
    exportData() {
        const data = super.exportData();
        if (!isCustomerSalesReport(this.metaData.resModel)) {
            return data;
        }
        return {
            ...data,
            domain: this.searchParams.domain,
            group_bys: [...this.metaData.fullRowGroupBys, ...this.metaData.fullColGroupBys],
            measures: this.metaData.activeMeasures,
        };
    },
});
