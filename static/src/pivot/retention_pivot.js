import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat, formatPercentage } from "@web/views/fields/formatters";

import { heat } from "./cell_colors";
import { ColoredPivotModel, ColoredPivotRenderer, coloredPivotView } from "./colored_pivot";

const PERIOD = "retention_period";
/** Measures of which the average of all cohorts is that of all customers. */
const RATIOS = ["share", "net_kept", "net_per_customer"];

/** Cohorts of customers against the periods since, as a heat map. */
export class RetentionPivotModel extends ColoredPivotModel {
    get choices() {
        return [PERIOD];
    }

    get period() {
        return this.metaData.chosen?.[PERIOD] || "month";
    }

    choosePeriod(period) {
        const { rowGroupBys, colGroupBys } = this.metaData;
        const ofPeriod = (spec) => (spec.split(":")[0] === "cohort" ? `cohort:${period}` : spec);
        return this.choose(
            { [PERIOD]: period },
            { rowGroupBys: rowGroupBys.map(ofPeriod), colGroupBys: colGroupBys.map(ofPeriod) }
        );
    }

    /** The periods are compared with each other, and the first one is all there is to compare
     * with. */
    colorOf(cell) {
        const elapsed = this.valueOf(cell, "elapsed");
        if (!elapsed || cell.isAverage) {
            return null;
        }
        return heat(cell.value, this.largest[cell.measure]);
    }

    getTable() {
        const table = super.getTable();
        const [total, ...rows] = table.rows;
        this.largest = {};
        for (const { subGroupMeasurements } of rows) {
            for (const cell of subGroupMeasurements) {
                if (this.valueOf(cell, "elapsed")) {
                    const largest = Math.max(this.largest[cell.measure] || 0, cell.value || 0);
                    this.largest[cell.measure] = largest;
                }
            }
        }
        for (const row of rows) {
            const size = this.sizeOf(row);
            if (size) {
                row.title = `${row.title} (${size})`;
            }
        }
        if (rows.length) {
            table.rows = [...rows, this.averageOf(total, rows)];
        }
        return table;
    }

    /** How many customers first bought together. */
    sizeOf({ groupId: [values] }) {
        const isByElapsed = this.metaData.fullColGroupBys[0] === "elapsed";
        return isByElapsed && this.data.counts[JSON.stringify([values, [0]])];
    }

    /** The row below all cohorts: of ratios that of everybody, else the total by cohort. */
    averageOf(total, rows) {
        const cohorts = rows.filter((row) => row.indent === 1);
        const subGroupMeasurements = total.subGroupMeasurements.map((cell, column) => {
            const average = { ...cell, isAverage: true };
            if (cell.value !== undefined && !RATIOS.includes(cell.measure)) {
                const values = cohorts.map((row) => row.subGroupMeasurements[column].value);
                average.value = cell.value / values.filter((value) => value !== undefined).length;
            }
            return average;
        });
        return { ...total, title: _t("Average of all cohorts"), subGroupMeasurements };
    }

    /** Without the last columns: all periods together say nothing. */
    _getTableHeaders() {
        const headers = super._getTableHeaders();
        const { activeMeasures, fullColGroupBys } = this.metaData;
        if (fullColGroupBys.length && headers[0].length > 2) {
            headers[0].pop();
            headers.at(-1).splice(-activeMeasures.length);
        }
        const [, title] = headers[0];
        if (title && fullColGroupBys[0] === "elapsed") {
            title.title = {
                month: _t("Months later"),
                quarter: _t("Quarters later"),
                year: _t("Years later"),
            }[this.period];
        }
        return headers;
    }
}

export class RetentionPivotRenderer extends ColoredPivotRenderer {
    static template = "customer_sales_report.RetentionPivotRenderer";

    get periods() {
        return [
            ["month", _t("Months")],
            ["quarter", _t("Quarters")],
            ["year", _t("Years")],
        ];
    }

    /** Cells are small, and a mean of whole numbers is none. */
    getFormattedValue(cell) {
        const { metaData } = this.model;
        if (metaData.widgets[cell.measure] === "percentage") {
            return { value: formatPercentage(cell.value, { digits: [16, 0] }) };
        }
        const isWhole = ["integer", undefined].includes(metaData.measures[cell.measure]?.type);
        if (cell.isAverage && isWhole) {
            return { value: formatFloat(cell.value, { digits: [16, 1] }) };
        }
        return super.getFormattedValue(cell);
    }
}

registry.category("views").add("customer_sales_retention_pivot", {
    ...coloredPivotView,
    Model: RetentionPivotModel,
    Renderer: RetentionPivotRenderer,
});
