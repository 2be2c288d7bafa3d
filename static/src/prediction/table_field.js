import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import {
    formatFloat,
    formatInteger,
    formatMonetary,
    formatPercentage,
} from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { _t } from "@web/core/l10n/translation";

/** A small table that the server makes: see `prediction_tables.py`. */
export class TableField extends Component {
    static template = "customer_sales_report.TableField";
    static props = standardFieldProps;

    get table() {
        return this.props.record.data[this.props.name];
    }

    isText(index) {
        return this.table.columns[index][1] === "text";
    }

    text(value, index) {
        if (value === null || value === undefined) {
            return "–";
        }
        const formatters = {
            text: (text) => text,
            // A number that the server has written
            number: (text) => text,
            integer: (number) => formatInteger(number),
            decimals: (number) => formatFloat(number, { digits: [16, 3] }),
            percent: (share) => formatPercentage(share, { digits: [16, 0] }),
            money: (amount) =>
                formatMonetary(amount, {
                    currencyId: this.props.record.data.currency_id?.id,
                    digits: [16, 0],
                }),
            share: ([customers, bought]) =>
                customers
                    ? _t("%(share)s of %(customers)s", {
                          share: formatPercentage(bought / customers, { digits: [16, 0] }),
                          customers: formatInteger(customers),
                      })
                    : "–",
        };
        return formatters[this.table.columns[index][1]](value);
    }
}

registry.category("fields").add("customer_sales_table", {
    component: TableField,
    supportedTypes: ["json"],
});
