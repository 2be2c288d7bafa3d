import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSortable } from "@web/core/utils/sortable_owl";
import { useSetupAction } from "@web/search/action_hook";
import { ListController } from "@web/views/list/list_controller";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";
import {
    onPatched,
    onWillStart,
    onWillUpdateProps,
    useState,
    useSubEnv,
} from "@odoo/owl";
import { withUncutAmounts } from "../amounts/uncut_amounts";
import { withoutEmptyGroupMenus } from "../named/group_menu";
import { withNamesOfNothing } from "../named/named_empty";
import {
    COMPANY,
    arrange,
    arrangementOf,
    isSummable,
    moveBehind,
    withRoomForGroupNames,
} from "./arrangement";
import { CellsFollow } from "./cells_follow";
import { ColumnLayouts, LAYOUT_KEY } from "./column_layouts";
import { withCountWords } from "./count_words";
import { withSalesCountedOnce } from "./counted_once";
import { LayoutMenu } from "./layout_menu";
import { LayoutPanel } from "./layout_panel";
import { withDirectionOfName } from "./text_direction";

/**
 * A list whose columns the user arranges. Its model has the mixin `customer.sales.layout.mixin`,
 * and its view says `js_class="customer_sales_list"`.
 */
export class LayoutListController extends ListController {
    setup() {
        this.layouts = new ColumnLayouts(this.props.resModel, {
            // What was arranged is kept also when the list is left before the server has answered.
            orm: this.env.services.orm,
            notification: useService("notification"),
        });
        useSubEnv({ columnLayouts: this.layouts });
        super.setup();
        // Together with the rows, not before them
        onWillStart(() =>
            this.layouts.load(this.props.state?.columnLayoutId ?? this.props.context[LAYOUT_KEY])
        );
        onWillUpdateProps(({ context }) => {
            if (context[LAYOUT_KEY] !== this.props.context[LAYOUT_KEY]) {
                this.layouts.activate(context[LAYOUT_KEY] ?? this.layouts.defaultId);
                this.layouts.isInFavorite = false;
            }
        });
        useSetupAction({
            getLocalState: () => ({ columnLayoutId: this.layouts.activeId }),
            getContext: () => {
                const { activeId, isInFavorite } = this.layouts;
                return isInFavorite && activeId ? { [LAYOUT_KEY]: activeId } : {};
            },
        });
    }

    /** What exports offer: the columns shown, in their order. */
    getExportableFields() {
        const shown = this.env.searchModel.layoutColumns?.() || [];
        const position = (field) => shown.indexOf(field.name);
        return super
            .getExportableFields()
            .filter((field) => position(field) >= 0)
            .sort((left, right) => position(left) - position(right));
    }
}

export class LayoutListRenderer extends withoutEmptyGroupMenus(
    withSalesCountedOnce(withCountWords(withUncutAmounts(withNamesOfNothing(ListRenderer))))
) {
    static template = "customer_sales_report.LayoutListRenderer";
    static components = { ...ListRenderer.components, LayoutMenu };

    setup() {
        this.layouts = useState(this.env.columnLayouts);
        this.dialogService = useService("dialog");
        super.setup();
        this.layouts.openPanel = () => this.openPanel();
        this.env.searchModel.layoutColumns = () =>
            this.columns.filter((column) => column.type === "field").map(({ name }) => name);
        this.env.searchModel.layoutHeadings = () =>
            Object.fromEntries(
                this.arrangement.filter(({ label }) => label).map(({ name, label }) => [name, label])
            );
        useSortable({
            ref: this.tableRef,
            elements: "thead th[data-name]",
            ignore: ".o_resize",
            cursor: "grabbing",
            edgeScrolling: { direction: "horizontal" },
            placeholderClasses: ["d-table-cell", "o_customer_sales_drop_place"],
            followingElementClasses: ["o_customer_sales_dragged_header"],
            onDragStart: ({ element }) => {
                this.cellsFollow = new CellsFollow(this.tableRef.el, element);
            },
            onElementEnter: () => this.cellsFollow.update(),
            onDragEnd: () => this.cellsFollow.end(),
            onDrop: ({ element, previous }) =>
                this.moveColumn(element.dataset.name, previous?.dataset.name),
        });
        onPatched(() => {
            if (this.headerToFocus) {
                this.tableRef.el.querySelector(`th[data-name="${this.headerToFocus}"]`)?.focus();
                this.headerToFocus = null;
            }
        });
    }

    // ---------------------------------------------------------------------------------------
    // Showing the columns as arranged
    // ---------------------------------------------------------------------------------------

    processAllColumn(allColumns, list) {
        this.viewColumns = super.processAllColumn(allColumns, list);
        const { active, draft } = this.layouts;
        let arrangement = draft || active?.columns;
        if (!arrangement && active) {
            arrangement = this.everything;
        }
        if (!arrangement) {
            return this.viewColumns;
        }
        // The same columns as before, so that rows need not be drawn again
        const inputs = [JSON.stringify(arrangement), ...this.viewColumns];
        if (
            inputs.length !== this.arrangedFrom?.length ||
            inputs.some((input, index) => input !== this.arrangedFrom[index])
        ) {
            this.arrangedFrom = inputs;
            this.arranged = arrange(this.viewColumns, arrangement, this.fields);
        }
        return this.arranged;
    }

    getActiveColumns() {
        const columns = super.getActiveColumns();
        return this.props.list.isGrouped
            ? withRoomForGroupNames(
                  columns,
                  (column) => column.type === "field" && this.isNumericColumn(column)
              )
            : columns;
    }

    // ---------------------------------------------------------------------------------------
    // What cells and groups say
    // ---------------------------------------------------------------------------------------

    getFormattedValue(column, record) {
        return withDirectionOfName(super.getFormattedValue(column, record));
    }

    // ---------------------------------------------------------------------------------------
    // What there is to arrange
    // ---------------------------------------------------------------------------------------

    /** The columns that the user may choose from, as the view has them. */
    get choosableColumns() {
        return this.viewColumns.filter(
            (column) => !this.evalColumnInvisible(column.column_invisible)
        );
    }

    get everything() {
        return arrangementOf(this.choosableColumns, () => true);
    }

    /** The list as shipped, for everybody. */
    get shipped() {
        const shown = this.choosableColumns.filter(({ optional }) => optional !== "hide");
        return arrangementOf(shown, () => true);
    }

    /** What the list shows now, what is ticked in the column menu included. */
    get arrangement() {
        const { active, draft } = this.layouts;
        const ticked = this.optionalActiveFields;
        const layout = draft || active?.columns || (active ? this.everything : []);
        const names = new Set(layout.map(({ name }) => name));
        const isTicked = ({ name }) => ticked[name] ?? true;
        // Of what shows by itself, the layout has to say that it does not.
        const isHidden = ({ name, optional }) => name === COMPANY && optional === "show";
        const beside = this.choosableColumns.filter(
            (column) => !names.has(column.name) && (isTicked(column) || isHidden(column))
        );
        return [
            ...layout.map((column) => ({
                ...column,
                is_shown: ticked[column.name] ?? column.is_shown,
            })),
            ...arrangementOf(beside, isTicked),
        ];
    }

    /** What the column menu offers: the columns of the layout, and then the others. */
    get optionalFieldGroups() {
        const others = new Set(
            this.allColumns.filter((each) => each.isBesideLayout).map(({ name }) => name)
        );
        return super.optionalFieldGroups.flatMap((group) => {
            const inLayout = group.optionalFields.filter(({ name }) => !others.has(name));
            const beside = group.optionalFields.filter(({ name }) => others.has(name));
            return [inLayout, beside]
                .filter((fields) => fields.length)
                .map((optionalFields, index) =>
                    index ? { optionalFields } : { ...group, optionalFields }
                );
        });
    }

    get displayOptionalFields() {
        return true;
    }

    /** Groups have the totals that the whole list has. */
    formatGroupAggregate(group, column) {
        const isWithoutTotal =
            isSummable(column, this.props.list.fields) && !column.attrs.sum;
        return isWithoutTotal ? { value: "" } : super.formatGroupAggregate(group, column);
    }

    // ---------------------------------------------------------------------------------------
    // Arranging them in the list itself
    // ---------------------------------------------------------------------------------------

    moveColumn(name, previous) {
        const { arrangement } = this;
        const moved = moveBehind(arrangement, name, previous);
        if (moved.some((column, index) => column !== arrangement[index])) {
            this.layouts.keep(moved);
        }
    }

    /** Shift and an arrow key on a column's header move the column. */
    onCellKeydown(ev, ...args) {
        const step = { "shift+arrowleft": -1, "shift+arrowright": 1 }[getActiveHotkey(ev)];
        const { name } = ev.currentTarget.dataset;
        if (!step || !name || !ev.currentTarget.closest("thead")) {
            return super.onCellKeydown(ev, ...args);
        }
        ev.preventDefault();
        ev.stopPropagation();
        const names = this.env.searchModel.layoutColumns();
        const index = names.indexOf(name) + (this.isRTL ? -step : step);
        if (index in names) {
            this.headerToFocus = name;
            const others = names.filter((each) => each !== name);
            this.moveColumn(name, others[index - 1]);
        }
    }

    // What is ticked in the column menu is kept on the server, as what is dragged is, and not in
    // this browser alone.

    computeOptionalActiveFields() {
        const optional = this.allColumns.filter((column) => column.optional);
        return Object.fromEntries(optional.map((each) => [each.name, each.optional === "show"]));
    }

    saveOptionalActiveFields() {
        this.layouts.keep(this.arrangement);
    }

    // ---------------------------------------------------------------------------------------
    // The panel
    // ---------------------------------------------------------------------------------------

    openPanel() {
        this.dialogService.add(
            LayoutPanel,
            { layouts: this.layouts, list: this },
            {
                onClose: () => {
                    this.layouts.draft = null;
                },
            }
        );
    }
}

/**
 * Odoo goes on to show groups that have become empty, as they do when their rows are edited. Here
 * they do when other rows are asked for, as with other periods in the context.
 */
class LayoutListModel extends RelationalModel {
    async _postprocessReadGroup(config, response) {
        delete config.currentGroups;
        config.mixesDocuments = response.mixes_documents;
        return super._postprocessReadGroup(config, response);
    }
}

export const layoutListView = {
    ...listView,
    Model: LayoutListModel,
    Controller: LayoutListController,
    Renderer: LayoutListRenderer,
};

registry.category("views").add("customer_sales_list", layoutListView);
