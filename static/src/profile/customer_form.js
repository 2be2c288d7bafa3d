import { setAttributes } from "@web/core/utils/xml";
import { registry } from "@web/core/registry";
import { FormCompiler } from "@web/views/form/form_compiler";
import { formView } from "@web/views/form/form_view";
import { RefreshedControlPanel } from "./refreshed_views";

const CHATTER = "t[t-component='__comp__.mailComponents.Chatter']";

/** The chatter of a customer's page is that of the contact, with its messages and activities. */
export class CustomerFormCompiler extends FormCompiler {
    compile() {
        const compiled = super.compile(...arguments);
        for (const chatter of compiled.querySelectorAll(CHATTER)) {
            setAttributes(chatter, {
                has_activities: "true",
                threadModel: "'res.partner'",
                threadId: "__comp__.props.record.data.partner_id.id",
            });
        }
        return compiled;
    }
}

registry.category("views").add("customer_sales_customer_form", {
    ...formView,
    Compiler: CustomerFormCompiler,
    ControlPanel: RefreshedControlPanel,
});
