import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";

/** A list of purchases, each of which opens its document. */
export class PurchasesField extends X2ManyField {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.actionService = useService("action");
    }

    async openRecord(record) {
        const ids = [record.resId];
        const action = await this.orm.call(record.resModel, "action_open_document", [ids]);
        return this.actionService.doAction(action);
    }
}

registry.category("fields").add("customer_sales_purchases", {
    ...x2ManyField,
    component: PurchasesField,
});
