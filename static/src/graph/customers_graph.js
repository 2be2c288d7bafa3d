import { RefreshedControlPanel } from "@customer_sales_report/profile/refreshed_views";
import { registry } from "@web/core/registry";
import { GraphController } from "@web/views/graph/graph_controller";
import { ParetoCurve } from "./pareto_curve";
import { SalesGraphModel, SalesGraphRenderer } from "./sales_graph";

/** A graph of customers that can be a Pareto curve instead; a favorite keeps it. */
export class CustomersGraphModel extends SalesGraphModel {
    _buildMetaData() {
        const metaData = super._buildMetaData(...arguments);
        const { context } = this.searchParams;
        if (context.customer_sales_pareto !== undefined) {
            metaData.isPareto = context.customer_sales_pareto;
        }
        return metaData;
    }
}

export class CustomersGraphController extends GraphController {
    getContext() {
        return {
            ...super.getContext(),
            customer_sales_pareto: Boolean(this.model.metaData.isPareto),
        };
    }
}

export class CustomersGraphRenderer extends SalesGraphRenderer {
    static template = "customer_sales_report.CustomersGraph";
    static components = { ...SalesGraphRenderer.components, ParetoCurve };

    togglePareto() {
        this.model.updateMetaData({ isPareto: !this.model.metaData.isPareto });
    }

    onModeSelected(mode) {
        this.model.updateMetaData({ isPareto: false });
        super.onModeSelected(mode);
    }
}

registry.category("views").add("customer_sales_customers_graph", {
    ...registry.category("views").get("customer_sales_graph"),
    ControlPanel: RefreshedControlPanel,
    Controller: CustomersGraphController,
    Model: CustomersGraphModel,
    Renderer: CustomersGraphRenderer,
    buttonTemplate: "customer_sales_report.CustomersGraph.Buttons",
});
