import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";

import { Component } from "@odoo/owl";

/** Whose rows are of customers */
const MODELS = new Set([
    "customer.sales.profile",
    "customer.sales.product",
    "customer.sales.movement.report",
]);
const GROUP = "customer_sales_report.group_customer_sales_campaign";

export const mayCampaign = () => user.hasGroup(GROUP);

/** Begins a campaign for the customers of all rows that a filter lets through, and opens it. */
export async function newCampaign(orm, action, resModel, domain, context = {}) {
    const args = [resModel];
    const next = await orm.call("customer.sales.campaign", "new_campaign", args, {
        domain,
        context,
    });
    return action.doAction(next);
}

/** Begins a campaign for the customers that the view shows. */
export class CampaignMenuItem extends Component {
    static template = "customer_sales_report.CampaignMenuItem";
    static components = { DropdownItem };
    static props = {};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    onSelected() {
        const { resModel, domain, context } = this.env.searchModel;
        return newCampaign(this.orm, this.action, resModel, domain, context);
    }
}

registry.category("cogMenu").add(
    "customer-sales-campaign",
    {
        Component: CampaignMenuItem,
        groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
        isDisplayed: async (env) =>
            MODELS.has(env.searchModel?.resModel) &&
            ["list", "kanban", "pivot", "graph"].includes(env.config.viewType) &&
            !env.model?.root?.selection?.length &&
            (await mayCampaign()),
    },
    { sequence: 4 }
);
