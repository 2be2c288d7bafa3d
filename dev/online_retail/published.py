"""The published figures of the data set, beside what ``customer.sales.report`` says.

They are of the lines with a customer and a price. Gross is the untaxed total of the invoices, net
is gross less the credit notes.
"""

from decimal import ROUND_HALF_UP, Decimal

from odoo.fields import Domain


def figures(env):
    """What was published and what the report says of the company of ``env``.

    :return: a list of (name, published, reported). Amounts and averages are Decimals of two
        digits, in GBP; lines, documents and customers are counted in integers.
    """
    report = env["customer.sales.report"]
    net = Domain(
        [
            ("company_id", "=", env.company.id),
            ("counts_as_sale", "=", True),
            ("commercial_partner_id", "!=", False),
        ]
    )
    invoices = net & Domain("document_type", "=", "customer_invoice")
    credit_notes = net & Domain("document_type", "=", "credit_note")

    def total(domain, customer=None):
        if customer:
            domain &= Domain("commercial_partner_id.ref", "=", customer)
        return _to_the_penny(report._read_group(domain, [], ["price_subtotal:sum"])[0][0])

    def count(domain, field):
        return report._read_group(domain, [], [f"{field}:count_distinct"])[0][0]

    gross = total(invoices)
    purchases = count(invoices, "document_ref")
    customers = count(invoices, "commercial_partner_id")
    ((largest,),) = report._read_group(
        net, ["commercial_partner_id"], order="price_subtotal:sum DESC", limit=1
    )
    came_back = report._read_group(
        invoices, ["commercial_partner_id"], having=[("document_ref:count_distinct", ">=", 2)]
    )
    return [
        ("Invoices, sum of lines", Decimal("8911407.90"), gross),
        ("Invoices, lines", 397_884, report.search_count(invoices)),
        ("Invoices", 18_532, purchases),
        ("Customers invoiced", 4_338, customers),
        ("Net of credit notes", Decimal("8300065.81"), total(net)),
        ("Net of credit notes, lines", 406_789, report.search_count(net)),
        ("Credit notes", Decimal("-611342.09"), total(credit_notes)),
        ("Largest customer", "14646", largest.ref),
        ("Customer 14646, gross", Decimal("280206.02"), total(invoices, "14646")),
        ("Customer 14646, net", Decimal("279489.02"), total(net, "14646")),
        ("Customer 12346, gross", Decimal("77183.60"), total(invoices, "12346")),
        ("Customer 12346, net", Decimal("0.00"), total(net, "12346")),
        ("Customer 16446, gross", Decimal("168472.50"), total(invoices, "16446")),
        ("Customer 16446, net", Decimal("2.90"), total(net, "16446")),
        ("Average invoice", Decimal("480.87"), _ratio(gross, purchases)),
        ("Customers with two or more invoices", 2_845, len(came_back)),
        ("... in percent", Decimal("65.58"), _ratio(100 * len(came_back), customers)),
    ]


def _to_the_penny(amount):
    """The amount with two digits; with its fractions of a penny, should it have any."""
    exact = Decimal(str(round(amount, 6)))
    pence = exact.quantize(Decimal("0.01"))
    return pence if pence == exact else exact


def _ratio(numerator, denominator):
    return (Decimal(numerator) / denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)
