import { Component } from "@odoo/owl";
import { formatShare } from "../percent/percent_field";
import { Sparkline } from "../profile/sparkline_field";

/** A figure, its change against the base, and its last twelve months. */
export class OverviewTile extends Component {
    static template = "customer_sales_report.OverviewTile";
    static components = { Sparkline };
    static props = { tile: Object, format: Function, open: Function };

    /** The change as a share of the base; of shares, in points. None without a positive base. */
    get change() {
        const { kind, value, base } = this.props.tile;
        if (base === null || value === null) {
            return null;
        }
        if (kind === "share") {
            return value - base;
        }
        return base ? (value - base) / Math.abs(base) : null;
    }

    get changeText() {
        return formatShare(Math.abs(this.change));
    }

    get changeClass() {
        const { is_bad: isBad } = this.props.tile;
        return this.change > 0 === !isBad ? "text-success" : "text-danger";
    }
}
