import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { PivotModel } from "@web/views/pivot/pivot_model";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { pivotView } from "@web/views/pivot/pivot_view";

import { onWillStart } from "@odoo/owl";

/** The export log tells what a file was filtered and grouped by, and in which companies; Odoo's
 * export of a pivot table sends the figures alone. */
export class CustomerSalesPivotModel extends PivotModel {
    exportData() {
        return {
            ...super.exportData(),
            domain: this.searchParams.domain,
            group_bys: [...this.metaData.fullRowGroupBys, ...this.metaData.fullColGroupBys],
            measures: this.metaData.activeMeasures,
            allowed_company_ids: user.context.allowed_company_ids,
        };
    }
}

/** Without the button that saves the table as a spreadsheet, for those who may not export. */
export class CustomerSalesPivotRenderer extends PivotRenderer {
    setup() {
        super.setup();
        onWillStart(async () => {
            this.mayExport = await user.hasGroup("base.group_allow_export");
        });
    }
}

/** What the views of all pivots of this app are made from. */
export const customerSalesPivotView = {
    ...pivotView,
    Model: CustomerSalesPivotModel,
    Renderer: CustomerSalesPivotRenderer,
    buttonTemplate: "customer_sales_report.PivotButtons",
};

registry.category("views").add("customer_sales_pivot", customerSalesPivotView);
