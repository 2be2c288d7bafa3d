"""From what to what customers moved between two months, by ten customers worked by hand."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .history_common import MONTHS, CustomerSalesHistoryCommon

GROUP = "customer_sales_report.group_customer_sales_{}"
JANUARY, _FEBRUARY, MARCH, APRIL, MAY, JUNE = (month.isoformat() for month in MONTHS)


@tagged("post_install", "-at_install")
class TestMovement(CustomerSalesHistoryCommon):
    def setUp(self):
        super().setUp()
        self.enter_late()
        self.build_history()

    def movement(self, **context):
        model = self.env["customer.sales.movement.report"].with_context(
            allowed_company_ids=self.company.ids, **context
        )
        model.invalidate_model()
        return model

    def matrix(self, what, **context):
        """(from, to) -> customers, net of 12 months, net before, and how they moved."""
        suffix = "_id" if what == "segment" else ""
        groups = self.movement(**context)._read_group(
            [],
            [f"from_{what}{suffix}", f"to_{what}{suffix}", f"{what}_move"],
            ["__count", "net_to:sum", "net_from:sum"],
        )
        return {
            tuple(getattr(end, "name", end) or "-" for end in (before, after)): (
                count,
                float(net),
                float(net_before),
                move,
            )
            for before, after, move, count, net, net_before in groups
        }

    def test_by_status(self):
        self.assertEqual(
            self.matrix("status", movement_from=MARCH, movement_to=JUNE),
            {
                ("active", "active"): (2, 1100, 400, "same"),  # Anna, Greta
                ("active", "slowing"): (2, 450, 450, "worse"),  # Cora, Jona
                ("lost", "active"): (1, 200, 0, "better"),  # Dora
                ("lost", "lost"): (1, 160, 120, "same"),  # Bert
                ("new", "slowing"): (1, 30, 10, "worse"),  # Fritz
                ("new", "lost"): (1, 200, 100, "worse"),  # Hans
                ("none", "new"): (1, 1000, 0, "better"),  # Ines
                ("none", "none"): (1, -50, -50, "same"),  # Emil
            },
        )

    def test_by_class(self):
        self.assertEqual(
            self.matrix("class", movement_from=MARCH, movement_to=JUNE),
            {
                ("a", "a"): (2, 1100, 800, "same"),  # Anna, Cora
                ("a", "c"): (1, 160, 120, "worse"),  # Bert
                ("b", "a"): (1, 500, 100, "better"),  # Greta
                ("c", "b"): (1, 200, 100, "better"),  # Hans
                ("c", "c"): (2, -20, -40, "same"),  # Fritz, Jona
                ("none", "b"): (1, 200, 0, "better"),  # Dora
                ("none", "a"): (1, 1000, 0, "better"),  # Ines
                ("none", "none"): (1, -50, -50, "same"),  # Emil
            },
        )

    def test_by_segment(self):
        """Better and worse by the scores of the cells: Champions 9.5, Potential Loyalists 7,
        Need Attention 6, New Customers 6, About to Sleep 4.5, At Risk 5, Hibernating 3."""
        self.assertEqual(
            self.matrix("segment", movement_from=MARCH, movement_to=JUNE),
            {
                ("Champions", "Champions"): (1, 600, 300, "same"),  # Anna
                ("Need Attention", "Need Attention"): (1, 160, 120, "same"),  # Bert
                ("Need Attention", "At Risk"): (1, 500, 500, "worse"),  # Cora
                ("Lost", "Potential Loyalists"): (1, 200, 0, "better"),  # Dora
                ("-", "-"): (1, -50, -50, "same"),  # Emil
                ("New Customers", "About to Sleep"): (1, 30, 10, "worse"),  # Fritz
                ("Potential Loyalists", "Need Attention"): (2, 700, 200, "worse"),  # Greta, Hans
                ("-", "Potential Loyalists"): (1, 1000, 0, "better"),  # Ines
                ("About to Sleep", "Hibernating"): (1, -50, -50, "worse"),  # Jona
            },
        )

    def test_everybody_of_the_second_month_once(self):
        rows = self.movement(movement_from=JANUARY, movement_to=MAY).search([])
        self.assertEqual(set(rows.partner_id.mapped("name")), set(self.customers) - {"Ines"})
        self.assertEqual(len(rows), 9)

    def test_the_last_three_months_unless_chosen(self):
        row = self.movement().search([], limit=1)
        self.assertEqual((row.from_month, row.to_month), (MONTHS[2], MONTHS[5]))
        # Any day of a month chooses it.
        row = self.movement(movement_from="2026-01-15", movement_to="2026-05-01").search(
            [], limit=1
        )
        self.assertEqual((row.from_month, row.to_month), (MONTHS[0], MONTHS[4]))
        row = self.movement(movement_to=APRIL).search([], limit=1)
        self.assertEqual((row.from_month, row.to_month), (MONTHS[0], MONTHS[3]))

    def test_before_there_was_a_history(self):
        """Everybody has come since."""
        matrix = self.matrix("status", movement_from="2024-12-31", movement_to=JUNE)
        self.assertEqual({before for before, _after in matrix}, {"none"})

    def test_which_key_customers_slipped(self):
        rows = self.movement(movement_from=MARCH, movement_to=JUNE).search(
            [("from_class", "=", "a"), ("status_move", "=", "worse")]
        )
        self.assertEqual(rows.partner_id.mapped("name"), ["Cora"])
        action = rows.action_open_customer()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("customer.sales.profile", self.profile(self.customers["Cora"]).id),
        )

    def test_options(self):
        options = self.movement(movement_from=MARCH, movement_to=JUNE).movement_options()
        self.assertEqual((options["from"], options["to"]), (MARCH, JUNE))
        self.assertEqual(
            [options["months"][0], options["months"][-1]],
            [
                {"day": JUNE, "name": "June 2026"},
                {"day": "2025-02-28", "name": "February 2025"},
            ],
        )
        self.assertEqual(len(options["months"]), 17)
        champions = self.env.ref("customer_sales_report.segment_champions")
        self.assertEqual(options["ranks"]["segment"][champions.id], 9.5)

    def test_what_is_no_month(self):
        for value in ("March", 7, ["2026-03-31"], "0001-01-01", "2026-02-31", True):
            with self.subTest(value=value), self.assertRaises(UserError):
                self.movement(movement_from=value).search([])

    def test_without_a_history(self):
        self.env.cr.execute("DELETE FROM customer_sales_history")
        movement = self.movement()
        self.assertFalse(movement.search([]))
        self.assertEqual(len(movement.movement_options()["months"]), 2)

    def test_who_sees_whom(self):
        companies = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        own, outsider, colleague = (
            new_test_user(self.env, f"movement_{name}", groups=groups, **companies)
            for name, groups in (
                ("own", GROUP.format("user")),
                ("outsider", "base.group_user"),
                ("colleague", "base.group_user"),
            )
        )
        invoices = self.env["account.move"].search(
            [("company_id", "=", self.company.id), ("move_type", "like", "out_%")]
        )
        invoices.invoice_user_id = colleague
        self.customers["Cora"].user_id = own
        invoices.filtered(
            lambda move: move.partner_id == self.customers["Dora"]
        ).invoice_user_id = own
        self.refresh()
        movement = self.movement(movement_from=MARCH, movement_to=JUNE)
        rows = movement.with_user(own).search([])
        self.assertEqual(set(rows.partner_id.sudo().mapped("name")), {"Cora", "Dora"})
        for call in ("movement_options",):
            with self.assertRaises(AccessError):
                getattr(movement.with_user(outsider), call)()
        with self.assertRaises(AccessError):
            movement.with_user(outsider).search([])
