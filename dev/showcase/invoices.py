"""Invoices, sales receipts, credit notes and payments of one company."""

from datetime import timedelta

from odoo.fields import Command

from .baskets import delivery, fill
from .worklist import Worklist


class Invoicing:
    """Makes customers' entries, and says what follows from each."""

    def __init__(self, business, company):
        self.business = business
        self.env = business.env_of(company)
        self.of_orders = Worklist(self._invoice_orders)
        self.direct = Worklist(self._invoice)
        self.returns = Worklist(self._credit)
        self.payments = Worklist(self._pay)

    def down_payment(self, moment, buyer, order, percent):
        """Invoice that share of an order in advance."""
        before = order.invoice_ids
        wizard = self.env["sale.advance.payment.inv"].with_context(active_ids=order.ids)
        values = {"advance_payment_method": "percentage", "amount": percent}
        wizard.create(values).create_invoices()
        self._post({order.invoice_ids - before: (moment, buyer)})

    def _invoice_orders(self, orders):
        """Invoice what is open of each (moment, buyer, order, parts), one of so many parts."""
        parts = {
            order: (moment, buyer, part)
            for moment, buyer, order, part in orders
            if order.invoice_status == "to invoice"
        }
        records = self.env["sale.order"].union(*parts)
        if not records:
            return
        before = records.invoice_ids
        wizard = self.env["sale.advance.payment.inv"].with_context(active_ids=records.ids)
        wizard.create({"consolidated_billing": False}).create_invoices()
        moves = {}
        for move in records.invoice_ids - before:
            moment, buyer, part = parts[move.line_ids.sale_line_ids.order_id]
            if part > 1:
                for line in move.invoice_line_ids.filtered(lambda line: line.quantity > 1):
                    line.quantity //= 2
            moves[move] = (moment, buyer)
        self._post(moves)

    def _invoice(self, sales):
        """Invoice each (moment, buyer, worth, move_type) that comes from no order."""
        moves = self.env["account.move"].create(
            [
                self._values(moment, buyer, worth, move_type)
                for moment, buyer, worth, move_type in sales
            ]
        )
        self._post(
            {
                move: (moment, buyer)
                for move, (moment, buyer, *_rest) in zip(moves, sales, strict=True)
            }
        )

    def _values(self, moment, buyer, worth, move_type):
        lines = fill(self.business, buyer, worth)
        if buyer.rng.random() < 0.2:
            lines.append(delivery(self.business))
        currency = buyer.customer.currency or self.env.company.currency_id.name
        return {
            "move_type": move_type,
            "partner_id": buyer.partner.address_get(["invoice"])["invoice"],
            "invoice_date": moment.date(),
            "invoice_user_id": buyer.partner.user_id.id,
            "currency_id": self.env.ref(f"base.{currency}").id,
            "invoice_line_ids": [Command.create(line.values("quantity")) for line in lines],
        }

    def _post(self, moves):
        """Post the drafts, and plan payments and returns.

        :param moves: (moment, buyer) by draft; a few are cancelled instead, or stay drafts
        """
        posted = self.env["account.move"]
        for move, (moment, buyer) in sorted(moves.items(), key=lambda item: item[1][0]):
            move.invoice_date = moment.date()
            chance = buyer.rng.random()
            if chance < 0.02:
                move.button_cancel()
            elif chance > 0.03:
                posted |= move
                self._go_on(move, moment, buyer)
        if posted:
            posted.action_post()

    def _go_on(self, move, moment, buyer):
        rng = buyer.rng
        if buyer.customer.behaviour == "returning":
            self.returns.add(moment + timedelta(rng.randrange(6, 25)), buyer, move, True)
            return
        if rng.random() < 0.1:
            in_full = rng.random() < 0.25
            self.returns.add(moment + timedelta(rng.randrange(3, 20)), buyer, move, in_full)
            if in_full:
                return
        if rng.random() < 0.94:
            days = 0 if move.move_type == "out_receipt" else rng.randrange(10, 50)
            self.payments.add(moment + timedelta(days), move)

    def _pay(self, payments):
        """Register a payment of what each customer owes of these (moment, move)."""
        moves = self.env["account.move"].union(*(move for _moment, move in payments))
        moves = moves.filtered(lambda move: move.state == "posted" and move.amount_residual)
        if moves:
            wizard = self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=moves.ids
            )
            wizard.create({"group_payment": True}).action_create_payments()

    def _credit(self, returns):
        """Take goods back: all of each (moment, buyer, move, in_full), or some."""
        for moment, _buyer, move, in_full in returns:
            wizard = self.env["account.move.reversal"].with_context(
                active_model="account.move", active_ids=move.ids
            )
            values = {"journal_id": move.journal_id.id, "date": moment.date()}
            wizard.create(values | {"reason": "Goods returned"}).reverse_moves()
            note = move.reversal_move_ids
            if not in_full:
                goods = note.invoice_line_ids.sorted(lambda line: line.product_id.type == "service")
                goods[1:].unlink()
                goods[0].quantity = max(1, goods[0].quantity // 3)
            note.action_post()
            self._reconcile(move | note)

    def _reconcile(self, moves):
        """Set a credit note off against its invoice, unless that is paid."""
        due = moves.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable" and not line.reconciled
        )
        if len(due.move_id) == 2:
            due.reconcile()
