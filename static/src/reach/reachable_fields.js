import { ModelFieldSelector } from "@web/core/model_field_selector/model_field_selector";
import { ModelFieldSelectorPopover } from "@web/core/model_field_selector/model_field_selector_popover";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { isCustomerSalesReport } from "../report_models";

// Whoever puts a condition on sales together is offered, of what a row leads to, only what the
// server lets through. A condition on another model can be one on sales as well: then the
// environment names the report, as `customerSalesReport`.

ModelFieldSelectorPopover.props.customerSalesReport = { type: String, optional: true };

patch(ModelFieldSelector.prototype, {
    setup() {
        super.setup();
        const { resModel } = this.props;
        const report = isCustomerSalesReport(resModel) ? resModel : this.env.customerSalesReport;
        if (report) {
            const { open } = this.popover;
            this.popover.open = (target, props) =>
                open(target, { ...props, customerSalesReport: report });
        }
    },
});

patch(ModelFieldSelectorPopover.prototype, {
    setup() {
        this.orm = useService("orm");
        super.setup();
    },

    async loadPages(resModel, path) {
        const { customerSalesReport } = this.props;
        if (customerSalesReport) {
            this.reachable ??= await this.orm
                .cache()
                .call(customerSalesReport, "get_reachable_fields", []);
        }
        return super.loadPages(resModel, path);
    },

    filter(fieldDefs, path, resModel) {
        const offered = super.filter(fieldDefs, path, resModel);
        if (!this.reachable || isCustomerSalesReport(resModel)) {
            return offered;
        }
        const names = new Set(this.reachable[resModel]);
        return Object.fromEntries(
            Object.entries(offered).filter(
                ([name, fieldDef]) => fieldDef.is_property || names.has(name)
            )
        );
    },

    canFollowRelationFor(fieldDef) {
        const relation = super.canFollowRelationFor(fieldDef);
        if (this.reachable && fieldDef.relation) {
            return relation && Boolean(this.reachable[fieldDef.relation]?.length);
        }
        return relation;
    },
});
