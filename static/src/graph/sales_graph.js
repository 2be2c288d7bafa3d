import { getCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { GraphModel } from "@web/views/graph/graph_model";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";
import { largestAndOthers } from "./largest_and_others";

const TIMES = ["date", "datetime"];

/** A graph of sales: thousands of customers are the largest ones and the others together. */
export class SalesGraphModel extends GraphModel {
    _getProcessedDataPoints() {
        const points = super._getProcessedDataPoints();
        const { groupBy, fields, measure, domain } = this.metaData;
        if (!groupBy.length || TIMES.includes(fields[groupBy[0].fieldName]?.type)) {
            return points;
        }
        return largestAndOthers(points, {
            domain,
            isAdditive: measure === "__count" || fields[measure]?.aggregator === "sum",
            othersLabel: (count) => _t("%s others", count),
        });
    }
}

/** Its axis says in which currency the amounts are. */
export class SalesGraphRenderer extends GraphRenderer {
    getScaleOptions() {
        const options = super.getScaleOptions();
        const currencyId = this.model.dataPoints?.find((point) => point.currencyId)?.currencyId;
        const title = options.y?.title;
        if (currencyId && title?.text) {
            title.text = `${title.text} (${getCurrency(currencyId).symbol})`;
        }
        return options;
    }
}

registry.category("views").add("customer_sales_graph", {
    ...graphView,
    Model: SalesGraphModel,
    Renderer: SalesGraphRenderer,
});
