import { registry } from "@web/core/registry";
import { ControlPanel } from "@web/search/control_panel/control_panel";
import { cardsView } from "../cards/cards";
import { RefreshState } from "./refresh_state";

/** For views on stored tables: the control panel says until when they are true. */
export class RefreshedControlPanel extends ControlPanel {
    static template = "customer_sales_report.RefreshedControlPanel";
    static components = { ...ControlPanel.components, RefreshState };
}

const views = registry.category("views");
views.add("customer_sales_refreshed_list", {
    ...views.get("customer_sales_list"),
    ControlPanel: RefreshedControlPanel,
});
views.add("customer_sales_refreshed_kanban", { ...cardsView, ControlPanel: RefreshedControlPanel });
