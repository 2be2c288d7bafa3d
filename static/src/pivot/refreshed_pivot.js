import { registry } from "@web/core/registry";
import { graphView } from "@web/views/graph/graph_view";
import { RefreshedControlPanel } from "@customer_sales_report/profile/refreshed_views";

import { customerSalesPivotView } from "./pivot_view";

const views = registry.category("views");
views.add("customer_sales_refreshed_pivot", {
    ...customerSalesPivotView,
    ControlPanel: RefreshedControlPanel,
});
views.add("customer_sales_refreshed_graph", { ...graphView, ControlPanel: RefreshedControlPanel });
