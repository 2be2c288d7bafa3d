import { expect, test } from "@odoo/hoot";
import { makeMockEnv } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";
import { countWords } from "@customer_sales_report/layout/count_words";

defineMailModels();

test("a group's number says what it counts", async () => {
    leaveOutTills();
    await makeMockEnv();
    expect(countWords("customer.sales.report", 1)).toBe("1 line");
    expect(countWords("customer.sales.report", 1234)).toBe("1,234 lines");
    expect(countWords("customer.sales.comparison.report", 2)).toBe("2 lines");
    expect(countWords("customer.sales.profile", 2)).toBe("2 customers");
    expect(countWords("customer.sales.purchase", 0)).toBe("0 documents");
    expect(countWords("customer.sales.product", 3)).toBe("3 products of customers");
    expect(countWords("customer.sales.price.report", 1)).toBe("1 product");
    expect(countWords("customer.sales.history", 36)).toBe("36 months of customers");
    expect(countWords("sale.order", 3)).toBe("3");
});
