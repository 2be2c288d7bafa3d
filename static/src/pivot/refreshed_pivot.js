import { registry } from "@web/core/registry";
import { RefreshedControlPanel } from "@customer_sales_report/profile/refreshed_views";

import { salesGraphView } from "../graph/sales_graph";
import { customerSalesPivotView } from "./pivot_view";

const views = registry.category("views");
views.add("customer_sales_refreshed_pivot", {
    ...customerSalesPivotView,
    ControlPanel: RefreshedControlPanel,
});
views.add("customer_sales_refreshed_graph", {
    ...salesGraphView,
    ControlPanel: RefreshedControlPanel,
});
