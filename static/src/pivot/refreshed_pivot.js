import { registry } from "@web/core/registry";
import { graphView } from "@web/views/graph/graph_view";
import { pivotView } from "@web/views/pivot/pivot_view";
import { RefreshedControlPanel } from "@customer_sales_report/profile/refreshed_views";

const views = registry.category("views");
views.add("customer_sales_refreshed_pivot", { ...pivotView, ControlPanel: RefreshedControlPanel });
views.add("customer_sales_refreshed_graph", { ...graphView, ControlPanel: RefreshedControlPanel });
