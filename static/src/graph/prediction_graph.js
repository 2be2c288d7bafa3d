import { registry } from "@web/core/registry";
import { GraphModel } from "@web/views/graph/graph_model";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";

import { withDirectionOfPage } from "./direction";

/** Where nothing could be predicted yet there is nothing to draw: zeros would look perfect. */
export class PredictionGraphModel extends GraphModel {
    hasData() {
        return super.hasData() && this.dataPoints.some(({ value }) => value);
    }
}

registry.category("views").add("customer_sales_prediction_graph", {
    ...graphView,
    Model: PredictionGraphModel,
    Renderer: withDirectionOfPage(GraphRenderer),
});
