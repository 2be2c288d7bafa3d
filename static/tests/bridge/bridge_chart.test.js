import { expect, test } from "@odoo/hoot";
import { makeMockEnv } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";
import { bars, bridgeChart } from "@customer_sales_report/bridge/bridge_chart";

defineMailModels();

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

test("amounts on the axis read as the currency is written, whatever the page's direction", async () => {
    leaveOutTills();
    await makeMockEnv();
    const { options } = bridgeChart([step("base", 100, true)], {
        currencyId: 1,
        isRightToLeft: true,
        isNarrow: false,
        onStep: () => {},
    });
    const text = options.scales.y.ticks.callback(0);
    expect(text.at(0) + text.at(-1)).toBe("\u2068\u2069");
});
