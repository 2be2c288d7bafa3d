import { Component } from "@odoo/owl";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { isCustomerSalesReport } from "../report_models";
import { showFilter } from "./applied_filter";

const VIEWS = ["list", "kanban", "pivot", "graph"];

/** Opens the filter dialog over a report, which then shows the filter without leaving its view. */
export class CustomerSalesFilterMenu extends Component {
    static template = "customer_sales_report.FilterMenu";
    static components = { DropdownItem };
    static props = {};

    setup() {
        this.action = useService("action");
    }

    onSelected() {
        const { searchModel } = this.env;
        return this.action.doAction("customer_sales_report.action_customer_sales_filter", {
            additionalContext: {
                customer_sales_filter_in_view: true,
                customer_sales_filter_group_by: searchModel.groupBy,
            },
            onClose: (infos) => {
                if (infos?.customerSales) {
                    if (infos.customerSales.favorite) {
                        rpcBus.trigger("CLEAR-CACHES", "get_views");
                    }
                    showFilter(searchModel, infos.customerSales);
                }
            },
        });
    }
}

registry.category("cogMenu").add(
    "customer-sales-filter",
    {
        Component: CustomerSalesFilterMenu,
        groupNumber: 1,
        isDisplayed: ({ config, searchModel }) =>
            VIEWS.includes(config.viewType) &&
            config.actionType === "ir.actions.act_window" &&
            isCustomerSalesReport(searchModel.resModel),
    },
    { sequence: 1 }
);
