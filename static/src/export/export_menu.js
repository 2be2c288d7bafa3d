import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";

import { isCustomerSalesReport } from "../report_models";

import { Component } from "@odoo/owl";

/** Opens the export of what the view shows: its filter, groups, order and columns. */
export class ExportMenuItem extends Component {
    static template = "customer_sales_report.ExportMenuItem";
    static components = { DropdownItem };
    static props = {};

    setup() {
        this.action = useService("action");
    }

    /** What the view groups by: a pivot and a graph have groups of their own. */
    get groupBy() {
        const context = {};
        for (const getContext of this.env.__getContext__?.callbacks || []) {
            Object.assign(context, getContext());
        }
        if (context.pivot_row_groupby) {
            return [...context.pivot_row_groupby, ...context.pivot_column_groupby];
        }
        return context.graph_groupbys || this.env.searchModel.groupBy;
    }

    onSelected() {
        const { searchModel, config } = this.env;
        this.action.doAction("customer_sales_report.action_customer_sales_export", {
            additionalContext: {
                active_model: searchModel.resModel,
                active_domain: searchModel.domain,
                active_ids: [],
                group_by: this.groupBy,
                order_by: searchModel.orderBy,
                columns: searchModel.layoutColumns?.(),
                title: config.getDisplayName(),
            },
        });
    }
}

registry.category("cogMenu").add(
    "customer-sales-export",
    {
        Component: ExportMenuItem,
        groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
        isDisplayed: async (env) =>
            isCustomerSalesReport(env.searchModel?.resModel) &&
            ["list", "pivot", "graph"].includes(env.config.viewType) &&
            !env.model?.root?.selection?.length &&
            (await user.hasGroup("base.group_allow_export")),
    },
    { sequence: 5 }
);
