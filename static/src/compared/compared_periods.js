import { Component, onWillStart, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { KeepLast } from "@web/core/utils/concurrency";
import { useBus, useService } from "@web/core/utils/hooks";
import { useCallbackRecorder } from "@web/search/action_hook";
import { compare, COMPARED } from "./compare";

const MODEL = "customer.sales.comparison.report";
const DIALOG = "customer_sales_report.action_customer_sales_comparison";

/** Which two periods a screen compares, and the choice of others. Favorites keep the choice. */
export class ComparedPeriods extends Component {
    static template = "customer_sales_report.ComparedPeriods";
    static components = { Dropdown, DropdownItem };
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ days: "", choice: {}, choices: {} });
        this.keepLast = new KeepLast();
        useBus(this.env.searchModel, "update", () => this.load());
        if (this.env.__getContext__) {
            useCallbackRecorder(this.env.__getContext__, () => ({
                [COMPARED]: { ...this.state.choice },
            }));
        }
        onWillStart(() => this.load());
    }

    get context() {
        return this.env.searchModel.context;
    }

    async load() {
        const found = await this.keepLast.add(
            this.orm.call(MODEL, "get_compared_periods", [], { context: this.context })
        );
        Object.assign(this.state, found);
    }

    async choose(part, value) {
        const choice = { ...this.state.choice, [part]: value };
        const chosen = await this.orm.call(MODEL, "choose_compared_periods", [choice]);
        compare(this.env.searchModel, chosen.choice);
    }

    openDialog() {
        return this.action.doAction(DIALOG, {
            additionalContext: { [COMPARED]: { ...this.state.choice } },
            onClose: (infos) => {
                if (infos?.customerSales) {
                    compare(this.env.searchModel, infos.customerSales.choice);
                }
            },
        });
    }
}
