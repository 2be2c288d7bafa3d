import { useSubEnv } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { DomainField, domainField } from "@web/views/fields/domain/domain_field";

/** A condition on contacts that is one on the customers of sales. */
class ContactDomainField extends DomainField {
    setup() {
        super.setup();
        useSubEnv({ customerSalesReport: "customer.sales.report" });
    }
}

registry.category("fields").add("customer_sales_contact_domain", {
    ...domainField,
    component: ContactDomainField,
});
