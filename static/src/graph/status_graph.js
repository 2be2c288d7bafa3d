import { registry } from "@web/core/registry";
import { formatInteger } from "@web/views/fields/formatters";
import { SEP } from "@web/views/graph/graph_model";
import { graphView } from "@web/views/graph/graph_view";
import { RefreshedControlPanel } from "@customer_sales_report/profile/refreshed_views";

import { SalesGraphRenderer } from "./sales_graph";

const FIELD = "monthly_status";
/** From the bottom of a bar to its top: status -> its color, as everywhere in the app. */
export const STATUS_COLORS = {
    active: "#28a745",
    won_back: "#6f42c1",
    new: "#17a2b8",
    slowing: "#ffac00",
    dormant: "#dc3545",
    lost: "#adb5bd",
};

/** The status of a point, undefined where it is of several. */
function statusOf({ identifier }) {
    return JSON.parse(identifier).find((value) => FIELD in value)?.[FIELD];
}

/** Customers by status: in the colors and the order of the statuses, in whatever language. */
export class StatusGraphRenderer extends SalesGraphRenderer {
    /** Customers are whole ones: "60", not "60.00". */
    getScaleOptions() {
        const options = super.getScaleOptions();
        if (options.y && this.model.metaData.measure === "__count") {
            Object.assign(options.y.ticks, { precision: 0, callback: (value) => formatInteger(value) });
        }
        return options;
    }

    getBarChartData() {
        const data = super.getBarChartData();
        const order = Object.keys(STATUS_COLORS);
        const statuses = new Map(
            this.model.dataPoints.map((point) => [point.labels.slice(1).join(SEP), statusOf(point)])
        );
        const place = ({ label }) => order.indexOf(statuses.get(label));
        for (const dataset of data.datasets) {
            const status = statuses.get(dataset.label);
            if (status in STATUS_COLORS) {
                dataset.backgroundColor = STATUS_COLORS[status];
                dataset.borderRadius = 0;
            }
        }
        data.datasets.sort((left, right) => place(left) - place(right));
        return data;
    }
}

registry.category("views").add("customer_sales_status_graph", {
    ...graphView,
    Renderer: StatusGraphRenderer,
    ControlPanel: RefreshedControlPanel,
});
