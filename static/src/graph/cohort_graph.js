import { registry } from "@web/core/registry";
import { graphView } from "@web/views/graph/graph_view";
import { RefreshedControlPanel } from "@customer_sales_report/profile/refreshed_views";

import { SalesGraphRenderer } from "./sales_graph";

/**
 * The values of a line until its last point: what has not been yet is not the same as before.
 *
 * @param {Object} dataset as Odoo's graph model has it: `domains` is empty where there is no point
 * @returns {Array} its values, null after the last point
 */
export function untilLastPoint({ data, domains }) {
    const last = domains.findLastIndex((domain) => domain?.length);
    return data.map((value, index) => (index > last ? null : value));
}

/** Lines of cohorts end where their time does. */
export class CohortGraphRenderer extends SalesGraphRenderer {
    getScaleOptions() {
        const options = super.getScaleOptions();
        const { groupBy, fields } = this.model.metaData;
        if (options.x && groupBy.length) {
            options.x.title = { display: true, text: fields[groupBy[0].fieldName].string };
        }
        return options;
    }

    getLineChartData() {
        const data = super.getLineChartData();
        for (const dataset of data.datasets) {
            dataset.data = untilLastPoint(dataset);
        }
        return data;
    }
}

registry.category("views").add("customer_sales_cohort_graph", {
    ...graphView,
    Renderer: CohortGraphRenderer,
    ControlPanel: RefreshedControlPanel,
});
