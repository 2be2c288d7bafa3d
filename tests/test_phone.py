"""What phones open first: cards where a desk has a list, and a chart where it has a chart."""

from odoo.tests import TransactionCase, tagged

# Screens of few short columns, which a phone shows as they are
LISTS = {
    "customer.sales.alert",
    "customer.sales.campaign.step",
    "customer.sales.export.template",
    "customer.sales.layout",
    "customer.sales.refresh",
    "customer.sales.schedule.recipient",
    "customer.sales.segment",
}


@tagged("post_install", "-at_install")
class TestPhone(TransactionCase):
    def actions(self):
        names = self.env["ir.model.data"].search(
            [
                ("module", "=", "customer_sales_report"),
                ("model", "=", "ir.actions.act_window"),
            ]
        )
        actions = self.env["ir.actions.act_window"].browse(names.mapped("res_id"))
        self.assertGreater(len(actions), 20)
        return [
            (action, [mode for _view, mode in action.views])
            for action in actions
            if action.target != "new"
        ]

    def test_every_list_has_cards(self):
        bare = [
            action.name
            for action, modes in self.actions()
            if "list" in modes and "kanban" not in modes and action.res_model not in LISTS
        ]
        self.assertEqual(bare, [])

    def test_charts_stay_first(self):
        """Phones open cards before all else, unless the action says otherwise."""
        for action, modes in self.actions():
            if modes[0] in ("pivot", "graph"):
                self.assertEqual(action.mobile_view_mode, modes[0], action.name)
