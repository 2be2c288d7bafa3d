"""Quotations, orders and deliveries of one company."""

from datetime import timedelta

from odoo.fields import Command

from .baskets import delivery, fill
from .worklist import Worklist

# How an order goes on, and how often
COURSES = {
    "in_full": 60,
    "down_payment": 10,
    "in_parts": 9,
    "in_part": 5,
    "never": 4,
    "at_the_till": 5,
    "quotation": 6,
    "cancelled": 4,
}


class Selling:
    """Makes orders, and says what follows from each."""

    def __init__(self, business, company, invoicing, shop):
        self.business = business
        self.env = business.env_of(company)
        self.invoicing = invoicing
        self.shop = shop
        self.orders = Worklist(self._sell)
        self.deliveries = Worklist(self._deliver)

    def _sell(self, purchases):
        """Make an order of each (moment, buyer, worth)."""
        orders = self.env["sale.order"].create(
            [self._values(moment, buyer, worth) for moment, buyer, worth in purchases]
        )
        confirmed = {}
        for order, (moment, buyer, _worth) in zip(orders, purchases, strict=True):
            if buyer.rng.random() < 0.06:
                self._discount(order)
            course = self._course(buyer)
            if course == "quotation":
                order.action_quotation_sent()
            elif course == "cancelled":
                order.action_cancel()
            else:
                confirmed[order] = (moment, buyer, course)
        self.env["sale.order"].union(*confirmed).action_confirm()
        for order, (moment, buyer, course) in confirmed.items():
            order.date_order = moment  # confirming has set the current time
            self._go_on(order, moment, buyer, course)

    def _values(self, moment, buyer, worth):
        lines = fill(self.business, buyer, worth)
        if buyer.rng.random() < 0.3:
            lines.append(delivery(self.business))
        return {
            "partner_id": buyer.partner.id,
            "user_id": buyer.partner.user_id.id,
            "date_order": moment,
            "order_line": [Command.create(line.values("product_uom_qty")) for line in lines],
        }

    def _discount(self, order):
        """Give a discount of 5 % on the whole order, which is a line of its own."""
        wizard = order.env["sale.order.discount"].with_context(active_id=order.id)
        values = {"discount_type": "so_discount", "discount_percentage": 0.05}
        wizard.create(values).action_apply_discount()

    def _course(self, buyer):
        course = buyer.rng.choices(list(COURSES), COURSES.values())[0]
        if buyer.customer.behaviour == "asking":
            return "cancelled" if course == "cancelled" else "quotation"
        if course == "at_the_till" and buyer.customer.currency:
            return "in_full"  # the till takes the company's currency only
        return course

    def _go_on(self, order, moment, buyer, course):
        """Plan the delivery and the invoices."""
        if course == "at_the_till":
            self.shop.plan_settlement(buyer, order)
            return
        self.deliveries.add(moment + timedelta(buyer.rng.randrange(1, 4)), order)
        invoice = self.invoicing.of_orders.add
        days = timedelta(buyer.rng.randrange(2, 8))
        if course == "down_payment":
            self.invoicing.down_payment(moment, buyer, order, 30)
            invoice(moment + days + timedelta(14), buyer, order, 1)
        elif course == "in_full":
            invoice(moment + days, buyer, order, 1)
        elif course in ("in_part", "in_parts"):
            invoice(moment + days, buyer, order, 2)
            if course == "in_parts":
                invoice(moment + days + timedelta(21), buyer, order, 1)

    def _deliver(self, deliveries):
        """Deliver all of each (moment, order)."""
        orders = self.env["sale.order"].union(*(order for _moment, order in deliveries))
        orders.picking_ids.filtered(lambda picking: picking.state != "done").button_validate()
