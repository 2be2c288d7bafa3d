import { Component } from "@odoo/owl";

/** How customers are made up: a bar for each kind, as long as its share of the largest. */
export class OverviewPart extends Component {
    static template = "customer_sales_report.OverviewPart";
    static props = { part: Object, format: Function, open: Function };

    width(row) {
        const largest = Math.max(...this.props.part.rows.map((each) => each.net), 0);
        return largest > 0 ? (100 * Math.max(row.net, 0)) / largest : 0;
    }
}
