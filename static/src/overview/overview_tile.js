import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/views/fields/formatters";
import { formatShare } from "../percent/percent_field";
import { Sparkline } from "../profile/sparkline_field";

/** A figure, its change against the base, and its last twelve months. */
export class OverviewTile extends Component {
    static template = "customer_sales_report.OverviewTile";
    static components = { Sparkline };
    static props = { tile: Object, format: Function, open: Function };

    get changeText() {
        const change = Math.abs(this.props.tile.change);
        if (this.props.tile.kind === "share") {
            return _t("%s points", formatFloat(100 * change, { digits: [16, 1] }));
        }
        return formatShare(change);
    }

    get changeClass() {
        const { change, is_bad: isBad } = this.props.tile;
        return change > 0 === !isBad ? "text-success" : "text-danger";
    }
}
