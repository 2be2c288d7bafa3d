import { _t } from "@web/core/l10n/translation";
import { PivotController } from "@web/views/pivot/pivot_controller";
import { RefreshedControlPanel } from "@customer_sales_report/profile/refreshed_views";

import { toCss, toHex } from "./cell_colors";
import {
    CustomerSalesPivotModel,
    CustomerSalesPivotRenderer,
    customerSalesPivotView,
} from "./pivot_view";

/** A pivot table whose cells have colors, on the screen and in the file alike.
 *
 * What is chosen above the table is in `metaData.chosen`: a part of the context of all that is
 * read, kept in favorites and when one comes back to the view. */
export class ColoredPivotModel extends CustomerSalesPivotModel {
    /** The keys of the context that can be chosen. */
    get choices() {
        return [];
    }

    async load(searchParams) {
        const { context } = searchParams;
        const { given = {}, chosen = {} } = this.metaData;
        this.metaData.given = {};
        for (const key of this.choices) {
            this.metaData.given[key] = context[key];
            // A favorite brings another choice, but does not bring its own back all the time.
            if (context[key] && context[key] !== given[key]) {
                chosen[key] = context[key];
            }
        }
        this.metaData.chosen = await this.completed(chosen, context);
        this.asked = searchParams;
        return super.load({ ...searchParams, context: { ...context, ...this.metaData.chosen } });
    }

    /** What is chosen, with what has to be where nothing was. */
    async completed(chosen, _context) {
        return chosen;
    }

    /**
     * Read the table anew, with other choices or groups.
     *
     * @param {Object} chosen part of the context
     * @param {Object} [groups] `rowGroupBys` and `colGroupBys`; as they are by default
     */
    async choose(chosen, groups) {
        Object.assign(this.metaData.chosen, chosen);
        const searchParams = { ...this.asked };
        if (groups) {
            const none = { expandedRowGroupBys: [], expandedColGroupBys: [] };
            Object.assign(this.metaData, groups, none);
            const {
                pivot_row_groupby: _rows,
                pivot_column_groupby: _columns,
                ...context
            } = searchParams.context;
            Object.assign(searchParams, { context, groupBy: [] });
        }
        await this.load(searchParams);
        this.notify();
    }

    /** The value of a cell's group in a field, undefined where the cell is of several. */
    valueOf({ groupId: [rowValues, colValues] }, fieldName) {
        const { fullRowGroupBys, fullColGroupBys } = this.metaData;
        for (const [groupBys, values] of [
            [fullRowGroupBys, rowValues],
            [fullColGroupBys, colValues],
        ]) {
            const index = groupBys.findIndex((spec) => spec.split(":")[0] === fieldName);
            if (index >= 0 && index < values.length) {
                return values[index];
            }
        }
    }

    /** The color of a cell, null for none. */
    colorOf(_cell) {
        return null;
    }

    exportData() {
        const data = super.exportData();
        const rows = this.getTable().rows;
        data.rows.forEach(({ values }, index) => {
            values.forEach((value, column) => {
                const cell = rows[index].subGroupMeasurements[column];
                const color = cell.value !== undefined && this.colorOf(cell);
                if (color) {
                    value.color = toHex(color);
                }
                if (this.metaData.widgets[cell.measure] === "percentage") {
                    value.is_percent = true;
                }
            });
        });
        return data;
    }
}

export class ColoredPivotRenderer extends CustomerSalesPivotRenderer {
    static template = "customer_sales_report.ColoredPivotRenderer";

    cellStyle(cell) {
        return cell.value === undefined ? "" : toCss(this.model.colorOf(cell));
    }

    /** Where there is one measure, its name need not stand above each column. */
    get headers() {
        const { headers } = this.table;
        const isNamed = this.model.metaData.activeMeasures.length > 1;
        return isNamed ? headers : headers.slice(0, -1);
    }

    get measureName() {
        const [measure] = this.model.metaData.activeMeasures;
        return this.model.metaData.measures[measure]?.string || _t("Count");
    }
}

export class ColoredPivotController extends PivotController {
    getContext() {
        return { ...super.getContext(), ...this.model.metaData.chosen };
    }
}

export const coloredPivotView = {
    ...customerSalesPivotView,
    Controller: ColoredPivotController,
    ControlPanel: RefreshedControlPanel,
};
