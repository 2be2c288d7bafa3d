import { Component, onWillDestroy, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const ALERTS = { error: "danger", empty: "warning", large: "info", found: "info" };

/**
 * Says what the filter would show. It asks in the background, once the user pauses, and never
 * keeps the dialog waiting; an answer to an older question is dropped.
 */
export class FilterPreview extends Component {
    static template = "customer_sales_report.FilterPreview";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ words: "", state: "", isCounting: true });
        this.asked = "";
        this.askSoon = useDebounced(() => this.ask(), 400);
        useRecordObserver((record) => {
            // Reading the values here is what makes a change of any of them known.
            for (const name of record.fieldNames) {
                const value = record.data[name];
                JSON.stringify(value?.currentIds || value || null);
            }
            this.askSoon();
        });
        // A dialog may be closed before it was drawn: then it is never unmounted.
        onWillDestroy(() => (this.isGone = true));
    }

    get alert() {
        return ALERTS[this.state.state] || "info";
    }

    async ask() {
        if (this.isGone) {
            return;
        }
        const { record } = this.props;
        const values = await record.getChanges();
        const question = JSON.stringify({ ...values, previewed: false, id: record.resId });
        if (question === this.asked || this.isGone) {
            return;
        }
        this.asked = question;
        this.state.isCounting = true;
        const answer = await this.orm.silent.call(
            record.resModel,
            "preview",
            [values, record.resId || null],
            { context: record.context }
        );
        if (question !== this.asked || this.isGone) {
            return;
        }
        Object.assign(this.state, answer, { isCounting: false });
        await record.update({ previewed: answer.previewed });
    }
}

registry.category("view_widgets").add("customer_sales_filter_preview", {
    component: FilterPreview,
});
