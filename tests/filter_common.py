"""A world for the filter dialog: few documents, told apart by letters."""

from odoo.fields import Command
from odoo.tests import tagged

from .common import CustomerSalesPosCommon


@tagged("post_install", "-at_install")
class FilterCommon(CustomerSalesPosCommon):
    """Untaxed amounts, of the customers Acme (with its contact Ann and its branch), Bob and nobody.
    The keeper is in charge of Acme, and made the invoices of Acme, and that of Bob.

    ==  ===========  ===========  ==================  ==========================================
    A   invoice      2026-03-10   Acme                1 mug: 10
    B   invoice      2026-03-12   Ann (of Acme)       5 mugs: 50
    C   credit note  2026-03-20   Ann (of Acme)       of B: -50
    D   invoice      2026-02-10   Bob                 2 lamps: 200, with taxes 230
    E   order        2026-03-05   Acme                2 mugs: 20
    F   receipt      2026-03-07   Bob                 1 soap: 20, with taxes 23
    G   receipt      2026-03-08   nobody              3 mugs: 30
    H   invoice      2025-12-01   Acme North          4 mugs: 40, 1 service: 7
    ==  ===========  ===========  ==================  ==========================================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.riyadh = cls.env["res.country.state"].create(
            {"name": "Riyadh", "code": "R", "country_id": cls.env.ref("base.sa").id}
        )
        cls.wholesale = cls.env["res.partner.category"].create({"name": "Wholesale"})
        cls.industry = cls.env["res.partner.industry"].create({"name": "Hotels"})
        cls.keeper = cls.env["res.users"].create({"name": "Keeper", "login": "filter_keeper"})
        cls.acme.write(
            {
                "city": "Riyadh",
                "country_id": cls.env.ref("base.sa").id,
                "state_id": cls.riyadh.id,
                "category_id": [Command.link(cls.wholesale.id)],
                "industry_id": cls.industry.id,
                "user_id": cls.keeper.id,
                "ref": "A-1",
            }
        )
        cls.north = cls.env["res.partner"].create(
            {
                "name": "Acme North",
                "is_company": True,
                "parent_id": cls.acme.id,
                "type": "other",
                "city": "Hail",
            }
        )
        cls.bob = cls.env["res.partner"].create({"name": "Bob", "city": "Cairo"})
        cls.service = cls.product_named("Visit", 7, type="service")
        cls.cups = cls.env["product.category"].create({"name": "Cups"})
        cls.big_cups = cls.env["product.category"].create(
            {"name": "Big Cups", "parent_id": cls.cups.id}
        )
        cls.mug.categ_id = cls.big_cups
        cls.env.user.group_ids |= cls.env.ref("product.group_product_variant")
        cls.team = cls.env["crm.team"].create({"name": "Filter Team"})

    def setUp(self):
        super().setUp()
        b = self.invoice((self.mug, 5), partner=self.ann, day="2026-03-12")
        self.documents = {
            "A": self.invoice((self.mug, 1)),
            "B": b,
            "C": self.credit(b),
            "D": self.invoice(
                (self.lamp, 2),
                partner=self.bob,
                day="2026-02-10",
                invoice_user_id=self.keeper.id,
            ),
            "E": self.sales_order((self.mug, 2), team_id=self.team.id),
            "F": self.receipt((self.soap, 1), partner=self.bob),
            "G": self.receipt((self.mug, 3), moment="2026-03-08 12:00:00"),
            "H": self.invoice(
                (self.mug, 4), (self.service, 1), partner=self.north, day="2025-12-01"
            ),
        }

    def filter(self, **values):
        """A filter with these values and otherwise empty, but for the tests' company."""
        empty = self.env["customer.sales.filter"].with_context(customer_sales_filter={})
        values = {
            name: empty._ticks(name, value) if isinstance(value, set) else value
            for name, value in values.items()
        }
        return empty.create({"company_ids": self.company.ids, **values})

    def letters(self, domain):
        """The letters of the documents that have rows of ``domain``."""
        references = {
            f"{document._name},{document.id}": letter for letter, document in self.documents.items()
        }
        rows = self.report.search(domain)
        found = {f"{row.document_ref._name},{row.document_ref.id}" for row in rows}
        return "".join(sorted(references[reference] for reference in found))

    def assertFinds(self, expected, **values):  # noqa: N802
        """The filter finds rows of the documents whose letters are expected."""
        with self.subTest(values=values):
            self.assertEqual(self.letters(self.filter(**values)._filter_domain()), expected)
