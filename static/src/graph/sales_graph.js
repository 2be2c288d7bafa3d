import { isolated } from "@customer_sales_report/layout/text_direction";
import { getCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { GraphModel } from "@web/views/graph/graph_model";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";
import { withDirectionOfPage } from "./direction";
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

/** Its axes and legends say in which currency the amounts are. */
export class SalesGraphRenderer extends withDirectionOfPage(GraphRenderer) {
    /** What is measured, with its currency. */
    get measureWords() {
        const { measure, measures } = this.model.metaData;
        const name = measures[measure].string;
        const currencyId = this.model.dataPoints?.find((point) => point.currencyId)?.currencyId;
        const symbol = currencyId && getCurrency(currencyId)?.symbol;
        return symbol ? `${name} (${symbol})` : name;
    }

    getScaleOptions() {
        const options = super.getScaleOptions();
        if (options.y) {
            Object.assign(options.y.title, { display: true, text: this.measureWords });
            const { callback } = options.x.ticks;
            options.x.ticks.callback = (...tick) => isolated(callback(...tick));
        }
        return options;
    }

    getLegendOptions() {
        const options = super.getLegendOptions();
        const { measure, measures, mode } = this.model.metaData;
        const name = measures[measure].string;
        if (mode === "pie") {
            options.title = { display: true, text: this.measureWords };
        }
        const { generateLabels } = options.labels;
        const words = (text) => isolated(text === name ? this.measureWords : text);
        options.labels.generateLabels = (chart) =>
            generateLabels(chart).map((label) => ({
                ...label,
                text: words(label.text),
                fullText: words(label.fullText),
            }));
        return options;
    }
}

export const salesGraphView = {
    ...graphView,
    Model: SalesGraphModel,
    Renderer: SalesGraphRenderer,
};

registry.category("views").add("customer_sales_graph", salesGraphView);
