import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { formatFloat, formatMonetary } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { useOpenLines } from "./open_lines_hook";

/** Products with what was bought of them, as a small table; each opens its lines. */
export class TopProductsField extends Component {
    static template = "customer_sales_report.TopProductsField";
    static props = standardFieldProps;

    setup() {
        this.openLines = useOpenLines();
    }

    open(product) {
        return this.openLines(this.props.record, { span: "year", product_tmpl_id: product.id });
    }

    get products() {
        const { data } = this.props.record;
        return (data[this.props.name] || []).map((product) => ({
            ...product,
            quantity: formatFloat(product.quantity, { trailingZeros: false }),
            net: formatMonetary(product.net, { currencyId: data.currency_id?.id }),
        }));
    }
}

export const topProductsField = { component: TopProductsField, supportedTypes: ["json"] };

registry.category("fields").add("customer_sales_top_products", topProductsField);
