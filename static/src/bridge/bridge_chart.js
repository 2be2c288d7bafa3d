import { formatMonetary } from "@web/views/fields/formatters";
import { isolated } from "../layout/text_direction";

// Odoo's colors of what is neutral, good and bad
const COLORS = { total: "#714B67", up: "#28a745", down: "#dc3545" };

/** Bars that begin where the one before them ended; those of totals begin at 0. */
export function bars(steps) {
    let level = 0;
    return steps.map(({ name, amount, is_total: isTotal }) => {
        const start = isTotal ? 0 : level;
        level = isTotal ? amount : level + amount;
        const kind = isTotal ? "total" : amount < 0 ? "down" : "up";
        return { name, range: [start, level], kind };
    });
}

/**
 * What Chart.js draws the bridge from.
 *
 * @param {Object[]} steps as the server has them
 * @param {Object} options
 * @param {number} options.currencyId
 * @param {boolean} options.isRightToLeft
 * @param {boolean} options.isNarrow whether there is room for names below each other only
 * @param {(step: Object) => void} options.onStep called with the step that was clicked
 */
export function bridgeChart(steps, { currencyId, isRightToLeft, isNarrow, onStep }) {
    const drawn = bars(steps);
    const names = {
        reverse: isRightToLeft && !isNarrow,
        position: isNarrow && isRightToLeft ? "right" : undefined,
        grid: { display: false },
        ticks: { autoSkip: false, maxRotation: 60 },
    };
    const amounts = {
        reverse: isRightToLeft && isNarrow,
        position: isRightToLeft && !isNarrow ? "right" : undefined,
        ticks: {
            maxTicksLimit: 6,
            callback: (value) =>
                isolated(
                    formatMonetary(value, { currencyId, humanReadable: true, digits: [16, 0] })
                ),
        },
    };
    return {
        type: "bar",
        data: {
            labels: steps.map((step) => step.label),
            datasets: [
                {
                    data: drawn.map(({ range }) => range),
                    backgroundColor: drawn.map(({ kind }) => COLORS[kind]),
                    borderSkipped: false,
                    categoryPercentage: 0.9,
                    barPercentage: 0.9,
                    minBarLength: 2,
                },
            ],
        },
        options: {
            animation: false,
            indexAxis: isNarrow ? "y" : "x",
            maintainAspectRatio: false,
            locale: document.documentElement.lang || undefined,
            scales: isNarrow ? { x: amounts, y: names } : { x: names, y: amounts },
            onClick: (_ev, [element]) => element && onStep(steps[element.index]),
            onHover: (ev, [element]) => {
                ev.native.target.style.cursor = element ? "pointer" : "default";
            },
            plugins: {
                legend: { display: false },
                tooltip: {
                    rtl: isRightToLeft,
                    displayColors: false,
                    callbacks: {
                        label: ({ dataIndex }) =>
                            isolated(formatMonetary(steps[dataIndex].amount, { currencyId })),
                    },
                },
            },
        },
    };
}
