import { describe, expect, test } from "@odoo/hoot";
import { largestAndOthers } from "@customer_sales_report/graph/largest_and_others";

describe.current.tags("headless");

const point = (labels, value) => ({
    labels,
    value,
    count: 1,
    identifier: JSON.stringify(labels),
    domain: [["name", "=", labels[0]]],
});
const options = {
    domain: [],
    isAdditive: true,
    othersLabel: (count) => `${count} others`,
    limit: 2,
};

test("few points stay as they are", () => {
    const points = [point(["a"], 1), point(["b"], 2)];
    expect(largestAndOthers(points, options)).toBe(points);
});

test("the largest, and the others together", () => {
    const points = [point(["a"], 1), point(["b"], 20), point(["c"], -30), point(["d"], 4)];
    const shown = largestAndOthers(points, options);
    expect(shown.map(({ labels, value, count }) => [labels[0], value, count])).toEqual([
        ["b", 20, 1],
        ["c", -30, 1],
        ["2 others", 5, 2],
    ]);
});

test("others by dataset", () => {
    const points = [
        point(["a", "x"], 10),
        point(["b", "x"], 9),
        point(["c", "x"], 2),
        point(["c", "y"], 3),
        point(["d", "x"], 1),
    ];
    const shown = largestAndOthers(points, options);
    expect(shown.slice(2).map(({ labels, value }) => [...labels, value])).toEqual([
        ["2 others", "x", 3],
        ["2 others", "y", 3],
    ]);
});

test("averages of others are not added up", () => {
    const points = [point(["a"], 1), point(["b"], 2), point(["c"], 3)];
    const shown = largestAndOthers(points, { ...options, isAdditive: false });
    expect(shown.map(({ labels }) => labels[0])).toEqual(["b", "c"]);
});
