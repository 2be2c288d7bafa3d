import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatMonetary } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const NOTHING = "o_customer_sales_nothing";

/** What a customer was at the ends of months: its segments and its statuses, as two lines of
 * colored steps from the oldest month to the newest. */
export class HistoryField extends Component {
    static template = "customer_sales_report.HistoryField";
    static props = standardFieldProps;

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get months() {
        return this.props.record.data[this.props.name] || [];
    }

    /** Months in a row with the same value are one step. */
    stepsOf(nameKey, classOf) {
        const steps = [];
        for (const month of this.months) {
            const step = steps.at(-1);
            if (step && step.value === month[nameKey]) {
                step.months.push(month);
            } else {
                const value = month[nameKey];
                steps.push({ key: month.key, value, class: classOf(month), months: [month] });
            }
        }
        return steps;
    }

    get segments() {
        return this.stepsOf("segment", ({ segment, color }) =>
            segment ? `badge o_badge_color_${color || 0}` : NOTHING
        );
    }

    get statuses() {
        return this.stepsOf("status_name", ({ status }) =>
            status ? `o_customer_sales_status_${status}` : NOTHING
        );
    }

    title({ value, months }) {
        const [first, last] = [months[0], months.at(-1)];
        const span = first === last ? first.month : `${first.month} – ${last.month}`;
        return `${span}: ${value || "–"} (${this.money(last.net)})`;
    }

    async openMonths() {
        const { resModel, resId } = this.props.record;
        return this.action.doAction(
            await this.orm.call(resModel, "action_open_history", [[resId]])
        );
    }

    money(amount) {
        const { currency_id: currency } = this.props.record.data;
        return formatMonetary(amount, { currencyId: currency && currency.id });
    }
}

export const historyField = { component: HistoryField, supportedTypes: ["json"] };

registry.category("fields").add("customer_sales_history", historyField);
