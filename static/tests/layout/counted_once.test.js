import { expect, test } from "@odoo/hoot";
import { mixesDocuments } from "@customer_sales_report/layout/counted_once";

const line = (document_type, counts_as_sale, counts_as_order) => ({
    document_type,
    counts_as_sale,
    counts_as_order,
});
const INVOICE = line("customer_invoice", true, false);
const CREDIT_NOTE = line("credit_note", true, false);
const ORDER = line("sales_order", false, true);
const DOWN_PAYMENT = line("sales_order", false, false);
const RECEIPT = line("pos_receipt", true, true);
const INVOICED_RECEIPT = line("pos_receipt", false, true);
const SETTLING_RECEIPT = line("pos_receipt", true, false);

test("no total adds orders to invoices", () => {
    for (const rows of [
        [INVOICE, ORDER],
        [CREDIT_NOTE, DOWN_PAYMENT],
        [INVOICE, INVOICED_RECEIPT],
        [ORDER, SETTLING_RECEIPT],
    ]) {
        expect(mixesDocuments(rows)).toBe(true);
    }
    for (const rows of [
        [],
        [INVOICE, CREDIT_NOTE, RECEIPT],
        [ORDER, DOWN_PAYMENT, RECEIPT],
        [RECEIPT, INVOICED_RECEIPT, SETTLING_RECEIPT],
    ]) {
        expect(mixesDocuments(rows)).toBe(false);
    }
});
