import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";

import { COMPARED } from "../compared/compare";
import { LayoutListController } from "../layout/layout_list";
import { isExportedAsWorkbook } from "../report_models";

import { Component } from "@odoo/owl";

export const EXPORT = "customer_sales_report.action_customer_sales_export";
const VIEWS = ["list", "kanban", "pivot", "graph"];

/** What a pivot or a graph has chosen for itself: its groups, measures and periods. */
function chosenIn(env) {
    const context = {};
    for (const getContext of env.__getContext__?.callbacks || []) {
        Object.assign(context, getContext());
    }
    const { graph_measure: measure, retention_period: period } = context;
    const rows = context.pivot_row_groupby;
    return {
        group_by: rows
            ? [...rows, ...context.pivot_column_groupby]
            : context.graph_groupbys || env.searchModel.groupBy,
        measures: context.pivot_measures || (measure ? [measure] : []),
        ...(period && { retention_period: period }),
    };
}

/**
 * What the export starts from: the filter, groups, order and columns of a view.
 *
 * @param {Object} env of the view
 * @param {number[]} [rowIds] the rows selected; none for all that the filter lets through
 */
function lookedAt(env, rowIds = []) {
    const { searchModel, config, model } = env;
    return {
        active_model: searchModel.resModel,
        active_domain: searchModel.domain,
        active_ids: rowIds,
        ...chosenIn(env),
        view_type: config.viewType,
        // A click on a column's header orders the list alone.
        order_by: model?.root?.orderBy || searchModel.orderBy,
        columns: searchModel.layoutColumns?.(),
        headings: searchModel.layoutHeadings?.(),
        title: config.getDisplayName(),
        title_says_filter: true,
        ...(COMPARED in searchModel.context && { [COMPARED]: searchModel.context[COMPARED] }),
    };
}

/** Opens the export of what the view shows. */
export class ExportMenuItem extends Component {
    static template = "customer_sales_report.ExportMenuItem";
    static components = { DropdownItem };
    static props = {};

    setup() {
        this.action = useService("action");
    }

    onSelected() {
        this.action.doAction(EXPORT, { additionalContext: lookedAt(this.env) });
    }
}

registry.category("cogMenu").add(
    "customer-sales-export",
    {
        Component: ExportMenuItem,
        groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
        isDisplayed: async (env) =>
            isExportedAsWorkbook(env.searchModel?.resModel) &&
            VIEWS.includes(env.config.viewType) &&
            !env.model?.root?.selection?.length &&
            (await user.hasGroup("base.group_allow_export")),
    },
    { sequence: 5 }
);

/** Odoo's own export of a list: its rows as they are. Odoo calls it Export All. */
export class PlainExportMenuItem extends Component {
    static template = "customer_sales_report.PlainExportMenuItem";
    static components = { DropdownItem };
    static props = {};

    onSelected() {
        this.env.searchModel.trigger("direct-export-data");
    }
}

registry.category("cogMenu").add(
    "customer-sales-plain-export",
    {
        Component: PlainExportMenuItem,
        groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
        isDisplayed: async (env) =>
            isExportedAsWorkbook(env.searchModel?.resModel) &&
            ["list", "kanban"].includes(env.config.viewType) &&
            !env.model?.root?.selection?.length &&
            (await user.hasGroup("base.group_allow_export")),
    },
    { sequence: 10 }
);

// The same for rows selected in a list
patch(LayoutListController.prototype, {
    getStaticActionMenuItems() {
        const items = super.getStaticActionMenuItems();
        if (isExportedAsWorkbook(this.props.resModel)) {
            items.export.description = _t("Export as Plain Table…");
            items.customerSalesExport = {
                isAvailable: () => this.isExportEnable,
                sequence: 11,
                icon: "fa fa-file-excel-o",
                description: _t("Export as Workbook…"),
                callback: () => {
                    const { isDomainSelected, selection } = this.model.root;
                    const rowIds = isDomainSelected ? [] : selection.map(({ resId }) => resId);
                    this.actionService.doAction(EXPORT, {
                        additionalContext: lookedAt(this.env, rowIds),
                    });
                },
            };
        }
        return items;
    },
});
