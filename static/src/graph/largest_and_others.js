import { Domain } from "@web/core/domain";

/** More bars than this cannot be told apart. */
export const LARGEST = 40;

/**
 * The points of the largest labels of the first axis, and one for all the others together, in each
 * dataset.
 *
 * @param {Object[]} points as Odoo's graph model has them
 * @param {Object} options
 * @param {Array} options.domain what the graph shows
 * @param {boolean} options.isAdditive whether values can be added up; otherwise the others are
 *  left out
 * @param {(count: number) => string} options.othersLabel
 * @param {number} [options.limit]
 * @returns {Object[]} `points` itself where they are few
 */
export function largestAndOthers(points, { domain, isAdditive, othersLabel, limit = LARGEST }) {
    const totals = new Map();
    for (const { labels, value } of points) {
        totals.set(labels[0], (totals.get(labels[0]) || 0) + value);
    }
    if (totals.size <= limit) {
        return points;
    }
    const names = [...totals.keys()].sort(
        (left, right) => Math.abs(totals.get(right)) - Math.abs(totals.get(left))
    );
    const largest = new Set(names.slice(0, limit));
    const kept = points.filter(({ labels }) => largest.has(labels[0]));
    if (!isAdditive) {
        return kept;
    }
    const label = othersLabel(totals.size - limit);
    const ofOthers = Domain.and([
        domain,
        Domain.not(Domain.or(kept.map((point) => point.domain))),
    ]).toList();
    const others = new Map();
    for (const point of points) {
        if (largest.has(point.labels[0])) {
            continue;
        }
        const labels = [label, ...point.labels.slice(1)];
        const key = JSON.stringify(labels);
        const sum = others.get(key);
        if (sum) {
            sum.value += point.value;
            sum.count += point.count;
        } else {
            others.set(key, { ...point, labels, identifier: key, domain: ofOthers });
        }
    }
    return [...kept, ...others.values()];
}
