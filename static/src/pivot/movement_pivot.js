import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

import { tone } from "./cell_colors";
import { ColoredPivotModel, ColoredPivotRenderer, coloredPivotView } from "./colored_pivot";

const FROM = "movement_from";
const TO = "movement_to";

/** What is compared -> the fields that say it at the ends of the two months. */
const FIELDS = {
    status: ["from_status", "to_status"],
    segment: ["from_segment_id", "to_segment_id"],
    class: ["from_class", "to_class"],
};

/** From what to what customers moved between two months: better, worse, or not at all. */
export class MovementPivotModel extends ColoredPivotModel {
    get choices() {
        return [FROM, TO];
    }

    async load(searchParams) {
        const context = { ...searchParams.context, ...this.metaData.chosen };
        this.options = await this.orm.call("customer.sales.movement.report", "movement_options", [], {
            context,
        });
        this.metaData.chosen = { [FROM]: this.options.from, [TO]: this.options.to };
        return super.load(searchParams);
    }

    /** What the table compares; nothing if it is grouped by something else. */
    get dimension() {
        const { fullRowGroupBys, fullColGroupBys } = this.metaData;
        const groupBys = [...fullRowGroupBys, ...fullColGroupBys];
        return Object.keys(FIELDS).find((name) =>
            FIELDS[name].every((field) => groupBys.includes(field))
        );
    }

    chooseDimension(name) {
        const [from, to] = FIELDS[name];
        return this.choose({}, { rowGroupBys: [from], colGroupBys: [to] });
    }

    /** How good a value is; nothing counts as the worst. */
    rank(dimension, value) {
        return this.options.ranks[dimension][value] ?? 0;
    }

    colorOf(cell) {
        const dimension = this.dimension;
        if (!dimension) {
            return null;
        }
        const [from, to] = FIELDS[dimension].map((field) => this.valueOf(cell, field));
        if (from === undefined || to === undefined) {
            return null;
        }
        if (from === to) {
            return tone("same");
        }
        const change = this.rank(dimension, to) - this.rank(dimension, from);
        return change ? tone(change > 0 ? "better" : "worse") : null;
    }

    _prepareData(group, groupSubdivisions, config) {
        super._prepareData(group, groupSubdivisions, config);
        if (!config.metaData.sortedColumn) {
            this.sortTree(config.data.rowGroupTree, config.metaData.fullRowGroupBys, 0);
        }
        this.sortTree(config.data.colGroupTree, config.metaData.fullColGroupBys, 0);
    }

    /** From best to worst, so that the diagonal is one. */
    sortTree(tree, groupBys, depth) {
        const field = groupBys[depth];
        const dimension = Object.keys(FIELDS).find((name) => FIELDS[name].includes(field));
        const order = ["new", "active"]; // both are as good
        if (dimension) {
            const entries = [...tree.directSubTrees.entries()].sort(
                ([left], [right]) =>
                    this.rank(dimension, right) - this.rank(dimension, left) ||
                    Boolean(right) - Boolean(left) ||
                    (right === "none" ? -1 : left === "none" ? 1 : 0) ||
                    order.indexOf(left) - order.indexOf(right)
            );
            tree.directSubTrees = new Map(entries);
            delete tree.sortedKeys;
        }
        for (const subTree of tree.directSubTrees.values()) {
            this.sortTree(subTree, groupBys, depth + 1);
        }
    }

    /** The log of exports tells which months were compared. */
    exportData() {
        const data = super.exportData();
        const { chosen } = this.metaData;
        const months = [
            ["from_month", "=", chosen[FROM]],
            ["to_month", "=", chosen[TO]],
        ];
        return { ...data, domain: [...months, ...data.domain] };
    }
}

export class MovementPivotRenderer extends ColoredPivotRenderer {
    static template = "customer_sales_report.MovementPivotRenderer";

    get months() {
        return this.model.options.months;
    }

    get chosen() {
        return { from: this.model.metaData.chosen[FROM], to: this.model.metaData.chosen[TO] };
    }

    get dimensions() {
        return [
            ["status", _t("Status")],
            ["segment", _t("Segment")],
            ["class", _t("Class")],
        ];
    }

    onMonthSelected(end, day) {
        return this.model.choose({ [end === "from" ? FROM : TO]: day });
    }
}

registry.category("views").add("customer_sales_movement_pivot", {
    ...coloredPivotView,
    Model: MovementPivotModel,
    Renderer: MovementPivotRenderer,
});
