import { registry } from "@web/core/registry";
import { graphView } from "@web/views/graph/graph_view";
import { ComparedControlPanel } from "@customer_sales_report/compared/compared_views";
import { SalesGraphModel, SalesGraphRenderer } from "./sales_graph";

registry.category("views").add("customer_sales_compared_graph", {
    ...graphView,
    Model: SalesGraphModel,
    Renderer: SalesGraphRenderer,
    ControlPanel: ComparedControlPanel,
});
