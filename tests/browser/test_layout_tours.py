from odoo import Command, fields
from odoo.tests import new_test_user

from ..prepared_company import PreparedCompanyCommon
from .common import BrowserCase

REPORT = "customer.sales.report"
ALL, MANAGER, MARGIN = (
    f"customer_sales_report.group_customer_sales_{name}" for name in ("all", "manager", "margin")
)


class TestLayoutTours(PreparedCompanyCommon, BrowserCase):
    """What a user arranges, in a browser. Each tour has a browser profile of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        customer = cls.env["res.partner"].create({"name": "Tour Customer", "city": "Riyadh"})
        product = cls.env["product.product"].create({"name": "Tour Product"})
        line = {"product_id": product.id, "quantity": 3, "price_unit": 100, "tax_ids": []}
        cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": customer.id,
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [Command.create(line)],
            }
        ).action_post()
        cls.user = cls._user("layout_tour", ALL, "base.group_allow_export")

    @classmethod
    def _user(cls, login, *groups):
        return new_test_user(
            cls.env,
            login=login,
            groups=",".join(["base.group_user", *groups]),
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def tour(self, name, user=None):
        self.start_tour(
            "/odoo/customer-sales",
            f"customer_sales_layout_{name}",
            login=(user or self.user).login,
        )

    def own_layout(self, user):
        layout = self.env["customer.sales.layout"].sudo().search([("user_id", "=", user.id)])
        return layout.name, layout.column_ids.filtered(
            lambda column: column.visibility == "shown"
        ).mapped("name")

    def test_panel(self):
        """Arranged in the panel, there after a reload, and in the browser of another device."""
        self.tour("panel")
        self.tour("again")
        name, shown = self.own_layout(self.user)
        self.assertEqual((name, shown[:3]), ("Tour layout", ["city", "document_number", "date"]))
        layout = self.env["customer.sales.layout"].sudo().search([("user_id", "=", self.user.id)])
        total = layout.column_ids.filtered(lambda column: column.name == "price_total")
        self.assertFalse(total.is_totalled)

    def test_header(self):
        self.tour("header")
        name, shown = self.own_layout(self.user)
        self.assertEqual(name, "My columns")
        self.assertEqual(shown[:3], ["date", "document_type", "document_number"])
        self.assertEqual(shown[-1], "city")

    def test_share(self):
        self.tour("share", self._user("layout_tour_manager", MANAGER, MARGIN))
        self.tour("shared")

    def test_losing_a_permission(self):
        """The margin is not shown to who may not see it, and comes back with the permission,
        to its place in a layout that was changed meanwhile."""
        self.user.group_ids += self.env.ref(MARGIN)
        Layout = self.env(user=self.user, su=False)["customer.sales.layout"]
        columns = [{"name": name} for name in ("date", "margin", "price_subtotal")]
        Layout.save_layout(REPORT, {"name": "Mine", "columns": columns, "is_default": True})
        self.tour("with_margin")
        self.user.group_ids -= self.env.ref(MARGIN)
        self.tour("without_margin")
        self.user.group_ids += self.env.ref(MARGIN)
        self.tour("with_margin")

    def test_right_to_left(self):
        self.turn_to_arabic()
        self.tour("right_to_left")

    def test_favorite(self):
        self.tour("favorite")

    def test_export(self):
        self.tour("export")
