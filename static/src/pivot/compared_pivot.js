import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { Domain } from "@web/core/domain";
import { Bridge } from "@customer_sales_report/bridge/bridge";
import { ComparedControlPanel } from "@customer_sales_report/compared/compared_views";

import { CustomerSalesPivotRenderer, customerSalesPivotView } from "./pivot_view";

// Which lines a figure of a period is of
const PERIODS = { current: "in_current", base: "in_base" };

/** A figure of one period opens the lines of that period. */
export class ComparedPivotRenderer extends CustomerSalesPivotRenderer {
    onOpenView(cell, newWindow) {
        this.openedMeasure = cell.measure;
        return super.onOpenView(cell, newWindow);
    }

    openView(domain, views, context, newWindow) {
        const column = PERIODS[/_(current|base)$/.exec(this.openedMeasure || "")?.[1]];
        const ofPeriod = column ? Domain.and([domain, [[column, "=", true]]]).toList() : domain;
        return super.openView(ofPeriod, views, context, newWindow);
    }
}

/** The pivot table of changes, below the bridge that they make. */
export class ChangePivotRenderer extends Component {
    static template = "customer_sales_report.ChangePivotRenderer";
    static components = { Bridge, PivotRenderer: CustomerSalesPivotRenderer };
    static props = ["*"];
}

const views = registry.category("views");
views.add("customer_sales_compared_pivot", {
    ...customerSalesPivotView,
    ControlPanel: ComparedControlPanel,
    Renderer: ComparedPivotRenderer,
});
views.add("customer_sales_change_pivot", {
    ...customerSalesPivotView,
    ControlPanel: ComparedControlPanel,
    Renderer: ChangePivotRenderer,
});
