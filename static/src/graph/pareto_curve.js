import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { cookie } from "@web/core/browser/cookie";
import { getColor, getCustomColor, hexToRGBA } from "@web/core/colors/colors";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { formatInteger, formatMonetary, formatPercentage } from "@web/views/fields/formatters";
import { useChart } from "../chart/chart_hook";

const MODEL = "customer.sales.profile";
/** What is said in words: so much of the net is made by how many customers. */
const SHARES = [0.5, 0.8, 0.95];
/** And how much so large a part of the customers makes, as one asks for it. */
const LARGEST = 0.2;

/**
 * The first point of a curve that reaches a share of the whole.
 *
 * @param {Object} curve as the method `pareto_curve` gives it
 * @param {number} share from 0 to 1
 */
export function reaching({ points, net }, share) {
    return points.find((point) => point.net >= share * net);
}

/**
 * The first point of a curve that has so large a part of the customers.
 *
 * @param {Object} curve as the method `pareto_curve` gives it
 * @param {number} part from 0 to 1
 */
export function havingPart({ points, customers }, part) {
    return points.find((point) => point.customers >= part * customers);
}

/**
 * A Pareto curve: the customers from the largest on, and which share of the net of the year they make
 * together. A click opens the customers up to there.
 */
export class ParetoCurve extends Component {
    static template = "customer_sales_report.ParetoCurve";
    static props = { domain: Array, context: Object };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({ curve: { points: [] } });
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((props) => this.load(props));
        useChart(() => this.config());
    }

    async load({ domain, context }) {
        const asked = this.orm.call(MODEL, "pareto_curve", [domain], { context });
        this.state.curve = await this.keepLast.add(asked);
    }

    get isEmpty() {
        return !(this.state.curve.net > 0);
    }

    percent(share) {
        return formatPercentage(share, { digits: [16, 1] });
    }

    get sentences() {
        const { curve } = this.state;
        const largest = havingPart(curve, LARGEST);
        const words = {
            part: this.percent(largest.customers / curve.customers),
            customers: formatInteger(largest.customers),
            share: this.percent(largest.net / curve.net),
        };
        const first = {
            share: "largest",
            point: largest,
            text: _t("%(part)s of the customers (%(customers)s): %(share)s of the net", words),
        };
        const others = SHARES.map((share) => ({ share, point: reaching(curve, share) }))
            .filter(({ point }) => point)
            .map(({ share, point }) => ({
                share,
                point,
                text: _t("%(share)s of the net: %(customers)s of the customers (%(part)s)", {
                    share: this.percent(share),
                    customers: formatInteger(point.customers),
                    part: this.percent(point.customers / curve.customers),
                }),
            }));
        return [first, ...others];
    }

    config() {
        const { points, customers, net, currency_id: currencyId } = this.state.curve;
        const scheme = cookie.get("color_scheme");
        const color = getColor(1, scheme, "odoo");
        const textColor = getCustomColor(scheme, "#111827", "#E4E4E4");
        const isRightToLeft = localization.direction === "rtl";
        const axis = (text) => ({
            type: "linear",
            min: 0,
            title: { display: true, text, color: textColor },
            ticks: { color: textColor, callback: (value) => this.percent(value) },
        });
        return {
            type: "line",
            data: {
                datasets: [
                    {
                        label: _t("Cumulative Share"),
                        data: [
                            { x: 0, y: 0 },
                            ...points.map((point) => ({
                                x: point.customers / customers,
                                y: point.net / net,
                            })),
                        ],
                        borderColor: color,
                        backgroundColor: hexToRGBA(color, 0.2),
                        fill: true,
                        pointRadius: 0,
                        pointHitRadius: 8,
                    },
                ],
            },
            options: {
                maintainAspectRatio: false,
                interaction: { mode: "nearest", axis: "x", intersect: false },
                onClick: (_event, [found]) => found?.index && this.open(points[found.index - 1]),
                onHover: ({ native }, found) => {
                    native.target.style.cursor = found.length ? "pointer" : "default";
                },
                plugins: {
                    legend: { display: false },
                    tooltip: {
                        displayColors: false,
                        filter: ({ dataIndex }) => dataIndex > 0,
                        callbacks: {
                            title: () => "",
                            label: ({ dataIndex }) => {
                                const point = points[dataIndex - 1];
                                return [
                                    _t("%(customers)s of the customers (%(part)s)", {
                                        customers: formatInteger(point.customers),
                                        part: this.percent(point.customers / customers),
                                    }),
                                    _t("%(net)s (%(share)s)", {
                                        net: formatMonetary(point.net, { currencyId }),
                                        share: this.percent(point.net / net),
                                    }),
                                ];
                            },
                        },
                    },
                },
                scales: {
                    x: { ...axis(_t("Customers, the largest first")), max: 1, reverse: isRightToLeft },
                    y: {
                        ...axis(_t("Share of the Net of the Year")),
                        position: isRightToLeft ? "right" : "left",
                    },
                },
            },
        };
    }

    async open(point) {
        const action = await this.action.loadAction(
            "customer_sales_report.action_customer_sales_profile"
        );
        return this.action.doAction({
            ...action,
            display_name: _t("The %s largest customers", formatInteger(point.customers)),
            domain: [...this.props.domain, ["rank", ">", 0], ["net_year", ">=", point.smallest]],
        });
    }
}
