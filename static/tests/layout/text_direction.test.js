import { describe, expect, test } from "@odoo/hoot";
import { isolated, leftToRight, withDirectionOfName } from "@customer_sales_report/layout/text_direction";

describe.current.tags("headless");

test("a product has the direction of its name, not of its code", () => {
    expect(withDirectionOfName("[DT-SYR] دبس تمر")).toBe("\u200f[DT-SYR] دبس تمر");
    expect(withDirectionOfName("[DT-SYR] 500 دبس")).toBe("\u200f[DT-SYR] 500 دبس");
    expect(withDirectionOfName("[DT-SYR] Date Syrup")).toBe("[DT-SYR] Date Syrup");
    expect(withDirectionOfName("Hijaz مكة")).toBe("Hijaz مكة");
    expect(withDirectionOfName("[DT-SYR]")).toBe("[DT-SYR]");
    expect(withDirectionOfName("")).toBe("");
});

test("an amount on a page from right to left keeps its currency behind it", () => {
    expect(isolated("0.00 SR")).toBe("\u20680.00 SR\u2069");
    expect(leftToRight("−9.8 %")).toBe("\u2066−9.8 %\u2069");
});
