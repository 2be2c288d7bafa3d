"""What is sold: the temporary tables that the documents are written from.

``bench_sale``: one row per sale, by time: sale_id, kind, company_id, currency_id, rate, partner_id
and commercial_id (NULL for walk-ins), user_id, team_id, moment (UTC), has_order, has_move,
has_receipt, move_type, order_state, move_state, is_paid.
``bench_line``: its product lines: sale_id, position, product_id, label, quantity, uom_id, units
(how many of the product's unit), price, discount (percent), cost (of one unit), subtotal, total
(positive, in the document's currency).
``bench_total``: sale_id, subtotal, total.
"""

from odoo.tools import SQL

from .bulk import create_table
from .business import FIRST_YEAR, LAST_YEAR, TAX_PERCENT

LINES_PER_DOCUMENT = 3.5
SHARE_OF_SOURCE = 0.35  # of all lines: invoice lines, order lines and receipt lines each
# How often, for each document of a source: kind -> (share, order?, move?, receipt?)
KINDS = {
    "order_invoiced": (0.60, True, True, False),
    "order_open": (0.27, True, False, False),
    "order_draft": (0.06, True, False, False),
    "order_cancelled": (0.04, True, False, False),
    "order_paid_in_shop": (0.03, True, False, True),
    "invoice": (0.24, False, True, False),
    "refund": (0.06, False, True, False),
    "sales_receipt": (0.02, False, True, False),
    "shop": (0.85, False, False, True),
    "shop_refund": (0.04, False, False, True),
    "shop_invoiced": (0.08, False, True, True),
    "vendor_bill": (0.10, False, True, False),
}
COMPANY_SHARES = (0.60, 0.25, 0.15)
WALK_IN_SHARE = 0.45  # of receipts that nothing else gives a customer
FOREIGN_SHARE = 0.05  # of the first company's documents outside the shop
FOREIGN_RATE = 0.9
DRAFT_MOVE_SHARE = 0.03
PAID_SHARE = 0.7
DOZEN_SHARE = 0.05


def create_plan(env, companies, lines, half):
    """Fill the tables for about ``lines`` report lines.

    :param half: whether the first customer has half of them
    """
    documents = lines * SHARE_OF_SOURCE / LINES_PER_DOCUMENT
    env.cr.execute(SQL("SELECT setseed(0.5)"))
    _create_kinds(env, documents)
    create_table(
        env,
        "bench_dice",
        SQL("""
            SELECT kind.*, random() AS company, random() AS customer, random() AS contact,
                   random() AS moment, random() AS foreign_currency, random() AS seller,
                   random() AS draft, random() AS paid, random() AS lines
              FROM bench_kind AS kind, generate_series(1, kind.count)
        """),
    )
    create_table(env, "bench_sale", _sales(env, companies, half))
    create_table(
        env,
        "bench_line_dice",
        SQL(
            """
            SELECT sale_id, position, random() AS product, random() AS quantity,
                   random() AS price, random() AS discount, random() AS dozen
              FROM bench_sale, generate_series(1, line_count) AS position
            """
        ),
    )
    create_table(env, "bench_line", _lines(env))
    create_table(
        env,
        "bench_total",
        SQL(
            "SELECT sale_id, sum(subtotal) AS subtotal, sum(total) AS total"
            " FROM bench_line GROUP BY sale_id"
        ),
    )


def _create_kinds(env, documents):
    rows = [(kind, round(documents * share), *flags) for kind, (share, *flags) in KINDS.items()]
    create_table(
        env,
        "bench_kind",
        SQL(
            "SELECT * FROM unnest(%s, %s, %s, %s, %s)"
            " AS kind (kind, count, has_order, has_move, has_receipt)",
            *map(list, zip(*rows, strict=True)),
        ),
    )


def _sales(env, companies, half):
    """A few customers buy most: a customer's number is a squared random number."""
    first, second, third = companies
    return SQL(
        """
        SELECT row_number() OVER (ORDER BY dice.moment)::int AS sale_id,
               dice.kind, dice.has_order, dice.has_move, dice.has_receipt,
               company.id AS company_id,
               CASE WHEN %(foreign)s THEN %(euro)s ELSE company.currency_id END AS currency_id,
               CASE WHEN %(foreign)s THEN %(rate)s ELSE 1 END AS rate,
               CASE WHEN %(known)s THEN COALESCE(contact.partner_id, customer.partner_id) END
                    AS partner_id,
               CASE WHEN %(known)s THEN customer.partner_id END AS commercial_id,
               CASE WHEN %(known)s THEN customer.name END AS customer_name,
               seller.user_id, seller.team_id,
               date_trunc('second', %(first_day)s::timestamp
                          + dice.moment * (%(last_day)s::timestamp - %(first_day)s::timestamp))
                    AS moment,
               CASE dice.kind WHEN 'refund' THEN 'out_refund'
                              WHEN 'sales_receipt' THEN 'out_receipt'
                              WHEN 'vendor_bill' THEN 'in_invoice'
                              ELSE 'out_invoice' END AS move_type,
               CASE dice.kind WHEN 'order_draft' THEN 'draft'
                              WHEN 'order_cancelled' THEN 'cancel'
                              ELSE 'sale' END AS order_state,
               CASE WHEN dice.draft < %(draft_share)s THEN 'draft' ELSE 'posted' END AS move_state,
               dice.draft >= %(draft_share)s AND dice.paid < %(paid_share)s
                    AND dice.kind IN ('order_invoiced', 'invoice', 'sales_receipt') AS is_paid,
               1 + floor(dice.lines * 6)::int AS line_count
          FROM bench_dice AS dice
          JOIN res_company AS company
            ON company.id = CASE WHEN dice.company < %(first_share)s THEN %(first)s
                                 WHEN dice.company < %(first_share)s + %(second_share)s
                                 THEN %(second)s ELSE %(third)s END
          JOIN bench_customer AS customer
            ON customer.number = 1 + floor(
                power(%(customer)s, 2) * (SELECT count(*) FROM bench_customer))::int
          LEFT JOIN bench_contact AS contact
            ON contact.customer = customer.number
               AND contact.number = floor(dice.contact * (customer.contacts + 1))::int
          JOIN bench_seller AS seller
            ON seller.number = floor(dice.seller * (SELECT count(*) FROM bench_seller))::int
        """,
        **{"first": first.id, "second": second.id, "third": third.id},
        customer=SQL("greatest(0, 2 * dice.customer - 1)") if half else SQL("dice.customer"),
        first_share=COMPANY_SHARES[0],
        second_share=COMPANY_SHARES[1],
        foreign=SQL(
            "(NOT dice.has_receipt AND company.id = %s AND dice.foreign_currency < %s)",
            first.id,
            FOREIGN_SHARE,
        ),
        euro=env.ref("base.EUR").id,
        rate=FOREIGN_RATE,
        known=SQL(
            "(dice.kind NOT IN ('shop', 'shop_refund') OR dice.paid >= %s)",
            WALK_IN_SHARE,
        ),
        first_day=f"{FIRST_YEAR}-01-01",
        last_day=f"{LAST_YEAR + 1}-01-01",
        draft_share=DRAFT_MOVE_SHARE,
        paid_share=PAID_SHARE,
    )


def _lines(env):
    return SQL(
        """
        SELECT line.*, round(line.subtotal * %s, 2) AS total
          FROM (
                SELECT dice.sale_id, dice.position, product.product_id, product.label,
                       product.cost, dice.quantity, dice.price, dice.discount, dice.uom_id,
                       dice.units,
                       round(dice.quantity * dice.price * (1 - dice.discount / 100.0), 2)
                            AS subtotal
                  FROM (
                        SELECT dice.sale_id, dice.position,
                               1 + floor(dice.quantity * 10)::numeric AS quantity,
                               round(product.price * (0.9 + 0.2 * dice.price)::numeric
                                     * CASE WHEN dice.dozen < %s THEN 12 ELSE 1 END, 2) AS price,
                               CASE WHEN dice.discount < 0.7 THEN 0 WHEN dice.discount < 0.9
                                    THEN 5 WHEN dice.discount < 0.995 THEN 20 ELSE 100 END
                                    AS discount,
                               CASE WHEN dice.dozen < %s THEN %s ELSE product.uom_id END AS uom_id,
                               CASE WHEN dice.dozen < %s THEN 12 ELSE 1 END AS units,
                               product.product_id
                          FROM bench_line_dice AS dice
                          JOIN bench_product AS product
                            ON product.number = floor(
                                power(dice.product, 2) * (SELECT count(*) FROM bench_product))
                       ) AS dice
                  JOIN bench_product AS product USING (product_id)
               ) AS line
        """,
        1 + TAX_PERCENT / 100,
        DOZEN_SHARE,
        DOZEN_SHARE,
        env.ref("uom.product_uom_dozen").id,
        DOZEN_SHARE,
    )
