import { havingPart, reaching } from "@customer_sales_report/graph/pareto_curve";
import { describe, expect, test } from "@odoo/hoot";

describe.current.tags("headless");

const CURVE = {
    points: [
        { customers: 1, net: 50 },
        { customers: 2, net: 80 },
        { customers: 3, net: 95 },
        { customers: 4, net: 100 },
    ],
    customers: 4,
    net: 100,
};

test("the part of the customers that are the largest", () => {
    expect(havingPart(CURVE, 0.2).net).toBe(50);
    expect(havingPart(CURVE, 0.5).net).toBe(80);
    expect(havingPart(CURVE, 0.51).net).toBe(95);
});

test("the customers that make a share of the net together", () => {
    expect(reaching(CURVE, 0.5).customers).toBe(1);
    expect(reaching(CURVE, 0.51).customers).toBe(2);
    expect(reaching(CURVE, 0.8).customers).toBe(2);
    expect(reaching(CURVE, 0.95).customers).toBe(3);
    expect(reaching(CURVE, 1).customers).toBe(4);
});
