import { Component } from "@odoo/owl";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { isFiltered } from "../report_models";
import { openFilter } from "./open_filter";

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
        return openFilter(this.action, this.env.searchModel);
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
            isFiltered(searchModel.resModel),
    },
    { sequence: 1 }
);
