"""What happens in the shops: half-monthly sessions, walk-ins, regulars, returns, invoices."""

import random
from datetime import datetime, time, timedelta

from .baskets import favorites, fill
from .customers import Customer
from .partners import Buyer
from .till import Till

# Name, cashier's login, days of the month on which a session opens, walk-ins in a session
SHOPS = {
    "najd": ("Riyadh Showroom", "yousef", (1, 16), 4),
    "gulf": ("Dubai Counter", "mariam", (1,), 4),
}
WALK_IN = {"najd": 180, "gulf": 55}  # usual sale, in the company's currency
OPENING, CLOSING = time(4), time(20)


class Shop:
    """A point of sale with the people in it."""

    def __init__(self, business, company):
        name, cashier, opening_days, visitors = SHOPS[company]
        self.business = business
        self.company = company
        today = business.agenda.today
        env = business.env_of(company)
        self.till = Till(env, name, business.users[cashier], today)
        self.rng = random.Random(f"{name} {today} visitors")
        self.to_invoice = {}  # receipts of this session to be invoiced after it, by customer
        self._plan_sessions(opening_days, visitors)

    def _plan_sessions(self, opening_days, visitors):
        """Open on these days of each month and close on the evening before the next.

        The last session is of today, and stays open.
        """
        agenda = self.business.agenda
        days = (agenda.today - agenda.start).days + 1
        days = [agenda.start + timedelta(number) for number in range(days)]
        openings = [day for day in days[:-1] if day.day in opening_days] + [agenda.today]
        for opening, following in zip(openings, [*openings[1:], None], strict=True):
            agenda.plan(datetime.combine(opening, OPENING), self.till.open)
            if following:
                last = following - timedelta(1)
                agenda.plan(datetime.combine(last, CLOSING), self.close)
            else:
                last = opening
            for _visitor in range(visitors):
                day = opening + timedelta(self.rng.randrange((last - opening).days + 1))
                agenda.plan(self.moment(day), self.sell, None)

    def moment(self, day):
        """Some time of business; today, before the agenda's end."""
        minutes = 50 if day == self.business.agenda.today else 900
        return datetime.combine(day, OPENING) + timedelta(minutes=self.rng.randrange(5, minutes))

    def close(self):
        """Close the session, then invoice the receipts of each customer who wants one invoice."""
        self.till.close()
        for orders in self.to_invoice.values():
            wizard = orders.env["pos.make.invoice"].with_context(active_ids=orders.ids)
            wizard.create({"consolidated_billing": True}).action_create_invoices()
        self.to_invoice = {}

    def sell(self, buyer, worth=None):
        """Sell at the till, and plan what follows."""
        buyer = buyer or self._visitor()
        lines = [
            self.till.line(
                line.product,
                line.uom._compute_quantity(line.quantity, line.product.uom_id),
                line.discount,
            )
            for line in fill(self.business, buyer, worth or WALK_IN[self.company])
        ]
        is_company = buyer.customer.kind == "company"
        invoice_now = is_company and buyer.rng.random() < 0.5
        tip = buyer.rng.choice([5, 10]) if buyer.rng.random() < 0.04 else 0
        order = self.till.sell(buyer, lines, tip, invoice_now)
        if is_company and not invoice_now and buyer.customer.behaviour != "returning":
            self.to_invoice[buyer.partner] = self.to_invoice.get(buyer.partner, order) | order
        self._plan_return(buyer, order)

    def plan_settlement(self, buyer, order):
        """Let the customer pay a sales order at the till, every other time with a deposit first."""
        if buyer.rng.random() < 0.5:
            self._after(1, self.till.take_deposit, buyer, order, 25)
        self._after(buyer.rng.randrange(3, 9), self.till.settle, buyer, order)

    def _plan_return(self, buyer, order):
        rng = buyer.rng
        if buyer.customer.behaviour == "returning":
            self._after(rng.randrange(2, 12), self._return_all, order)
        elif not order.to_invoice and rng.random() < 0.05:
            self._after(rng.randrange(1, 9), self._return_some, order)
        elif not order.to_invoice and not buyer.partner and rng.random() < 0.02:
            self._after(rng.randrange(1, 9), self.till.take_back_in_office, order)

    def _after(self, days, action, *arguments):
        """Run it at some time of business that many days later."""
        agenda = self.business.agenda
        day = agenda.now().date() + timedelta(days)
        agenda.plan(self.moment(day), action, *arguments)

    def _return_all(self, order):
        self.till.take_back(order, {line: line.qty for line in order.lines})

    def _return_some(self, order):
        if not order.account_move:
            self.till.take_back(order, {order.lines[0]: max(1, order.lines[0].qty // 2)})

    def _visitor(self):
        """Somebody without a name, who buys this and that."""
        somebody = Customer("", "person", "riyadh", "one_time", 1, "till", 0, sold_by=self.company)
        nobody = self.business.env["res.partner"]
        return Buyer(somebody, nobody, self.rng, favorites(somebody, self.rng))
