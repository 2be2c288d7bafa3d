import { expect, test } from "@odoo/hoot";
import { bars } from "@customer_sales_report/bridge/bridge_chart";

const step = (name, amount, isTotal = false) => ({ name, amount, is_total: isTotal });

test("bars begin where the one before ended, and totals at 0", () => {
    const drawn = bars([
        step("base", 100, true),
        step("lost_customers", -130),
        step("new_customers", 50),
        step("current", 20, true),
    ]);
    expect(drawn.map(({ range }) => range)).toEqual([
        [0, 100],
        [100, -30],
        [-30, 20],
        [0, 20],
    ]);
    expect(drawn.map(({ kind }) => kind)).toEqual(["total", "down", "up", "total"]);
});
