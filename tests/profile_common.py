from datetime import date

from odoo import Command
from odoo.tools import SQL

from .common import CustomerSalesCommon

TODAY = date(2026, 6, 30)

#: The columns of profiles that tell something of the customer
COLUMNS = (
    "company_id partner_id only_user_id has_several_users first_purchase last_purchase "
    "documents purchases purchase_days products gross returns net average_purchase net_year "
    "net_before net_change net_change_percent gross_year gross_before purchases_year "
    "purchases_before average_purchase_year average_purchase_before cost_year margin_year "
    "cost_before margin_before share cumulative_share rank abc_class net_months usual_gap "
    "days_since next_purchase overdue_days status sales_at_stake r_score f_score m_score "
    "fm_score segment_id"
).split()


class CustomerSalesProfileCommon(CustomerSalesCommon):
    """Customers as they stand at the end of 30 June 2026, unless a test says otherwise.

    ``thing`` sells at 1 without taxes, so that a quantity is an amount, and costs 0.25.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.thing = cls.product_named("Thing", 1, cost=0.25)

    def new_customer(self, name, **values):
        return self.env["res.partner"].create({"name": name, "is_company": True, **values})

    def buys(self, partner, *purchases, **values):
        """As :meth:`post`, of one customer: (day, untaxed amount)."""
        return self.post([(partner, day, amount) for day, amount in purchases], **values)

    @classmethod
    def post(cls, purchases, **values):
        """Post invoices, by Odoo's own flow, all at once.

        :param purchases: (customer, day, untaxed amount); a negative amount makes a credit note
        """
        moves = cls.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice" if amount >= 0 else "out_refund",
                    "company_id": cls.company.id,
                    "partner_id": partner.id,
                    "invoice_date": day,
                    "invoice_line_ids": [
                        Command.create({"product_id": cls.thing.id, "quantity": abs(amount)})
                    ],
                    **values,
                }
                for partner, day, amount in purchases
            ]
        )
        moves.action_post()
        return moves

    def refresh(self, day=TODAY, full=True):
        """Refresh the company; return the entry of the log."""
        Profile = self.env["customer.sales.profile"].sudo()
        return Profile._refresh(self.company, full=full, as_of=day)

    def age_documents(self):
        """Let a day pass since all documents were written: the next light refresh derives those
        alone that are written from here on. All of a test is written in one moment."""
        self.env.flush_all()
        for table in (
            "account_move account_move_line pos_order pos_order_line sale_order sale_order_line"
        ).split():
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET write_date = write_date - INTERVAL '1 day' "
                    "WHERE write_date >= %s",
                    SQL.identifier(table),
                    self.env.cr.now(),
                )
            )
        self.env.invalidate_all()

    def profile(self, partner):
        return (
            self.env["customer.sales.profile"]
            .sudo()
            .search([("company_id", "=", self.company.id), ("partner_id", "=", partner.id)])
        )

    def assertProfile(self, partner, **expected):  # noqa: N802
        """The profile of ``partner`` has these values; records go by their names."""
        profile = self.profile(partner)
        actual = {}
        for name, value in expected.items():
            found = profile[name]
            if isinstance(value, float):
                found = round(found, 4)
            if hasattr(found, "display_name"):
                found = found.display_name or ""
            actual[name] = found
        self.assertEqual(actual, expected)

    def rows_of_tables(self):
        """The stored tables of the company as they are in the database, without their ids."""
        self.env.flush_all()
        tables = []
        for table, key in (
            ("customer_sales_purchase", "document_ref"),
            ("customer_sales_profile", "partner_id"),
            ("customer_sales_product", "partner_id, product_id"),
        ):
            self.env.cr.execute(
                f"SELECT to_jsonb(t) - 'id' - 'profile_id' FROM {table} t "  # noqa: S608
                f"WHERE company_id = %s ORDER BY {key}",
                [self.company.id],
            )
            tables.append([row for (row,) in self.env.cr.fetchall()])
        return tables
