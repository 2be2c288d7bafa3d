import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { ControlPanel } from "@web/search/control_panel/control_panel";
import { Bridge } from "../bridge/bridge";
import { cardsView } from "../cards/cards";
import { LayoutListController, layoutListView } from "../layout/layout_list";
import { ComparedPeriods } from "./compared_periods";

/** For views on two periods: the control panel says which, and lets choose others. */
export class ComparedControlPanel extends ControlPanel {
    static template = "customer_sales_report.ComparedControlPanel";
    static components = { ...ControlPanel.components, ComparedPeriods };
}

const views = registry.category("views");

// Groups without rows in the periods go from the cards as they do from the list.
const comparedCardsView = {
    ...cardsView,
    Model: layoutListView.Model,
    ControlPanel: ComparedControlPanel,
};

views.add("customer_sales_compared_list", { ...layoutListView, ControlPanel: ComparedControlPanel });
views.add("customer_sales_compared_kanban", comparedCardsView);

/** Changes, below the bridge that they make. */
class BelowBridge extends Component {
    static template = "customer_sales_report.BelowBridge";
    static props = ["*"];
}

export class ChangeListRenderer extends BelowBridge {
    static components = { Bridge, Renderer: layoutListView.Renderer };
}

class ChangeCardsRenderer extends BelowBridge {
    static components = { Bridge, Renderer: cardsView.Renderer };
}

views.add("customer_sales_change_kanban", { ...comparedCardsView, Renderer: ChangeCardsRenderer });

/** What a step of the bridge opens begins with the largest of it. */
export class ChangeListController extends LayoutListController {
    get modelParams() {
        const params = super.modelParams;
        const { customer_sales_step: step } = this.props.context;
        return step
            ? { ...params, defaultOrderBy: [{ name: step.name, asc: step.amount < 0 }] }
            : params;
    }
}

views.add("customer_sales_change_list", {
    ...layoutListView,
    ControlPanel: ComparedControlPanel,
    Controller: ChangeListController,
    Renderer: ChangeListRenderer,
});
