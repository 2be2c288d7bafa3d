import { expect, test } from "@odoo/hoot";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { localization } from "@web/core/l10n/localization";
import { compare, COMPARED } from "@customer_sales_report/compared/compare";
import { formatShare } from "@customer_sales_report/percent/percent_field";

test("a choice on the screen comes before that of a favorite, which stays as it was saved", () => {
    const saved = { [COMPARED]: { current: "last_year" }, group_by: ["date"] };
    const searchModel = {
        globalContext: { search_default_net_sales: 1 },
        searchItems: { 1: { type: "favorite", context: saved }, 2: { type: "filter" } },
        _notify: () => expect.step("notified"),
    };
    compare(searchModel, { current: "this_year" });
    expect(searchModel.globalContext).toEqual({
        search_default_net_sales: 1,
        [COMPARED]: { current: "this_year" },
    });
    expect(searchModel.searchItems[1].context).toEqual({ group_by: ["date"] });
    expect(saved[COMPARED]).toEqual({ current: "last_year" });
    expect.verifySteps(["notified"]);
});

test("no percentage is nothing, and none is 0 %", () => {
    patchWithCleanup(localization, { decimalPoint: ".", grouping: [3, 0], thousandsSep: "," });
    expect(formatShare(false)).toBe("");
    expect(formatShare(null)).toBe("");
    expect(formatShare(0)).toBe("0.0%");
    expect(formatShare(-0.125)).toBe("-12.5%");
});
