import { useSubEnv } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { DomainField, domainField } from "@web/views/fields/domain/domain_field";

/**
 * A condition on contacts that is one on the customers of sales. It does not count contacts: what
 * the dialog counts are sales.
 */
export class ContactDomainField extends DomainField {
    static template = "customer_sales_report.ContactDomainField";

    setup() {
        super.setup();
        useSubEnv({ customerSalesReport: "customer.sales.report" });
    }

    async checkProps(props = this.props) {
        const isValid = await this.quickValidityCheck(props);
        this.updateState({ isValid, recordCount: 0, hasLimitedCount: false });
    }
}

registry.category("fields").add("customer_sales_contact_domain", {
    ...domainField,
    component: ContactDomainField,
});
