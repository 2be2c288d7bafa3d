"""A point of sale: its sessions, and orders as the till in the browser sends them."""

import random
from dataclasses import dataclass, field
from uuid import UUID

from odoo.fields import Command, Datetime


@dataclass
class Receipt:
    """What the till sends of a line."""

    product: object
    quantity: float
    price: float
    taxes: object
    discount: float = 0
    more: dict = field(default_factory=dict)


class Till:
    """A point of sale and its session."""

    def __init__(self, env, name, cashier, today):
        """:param env: with its company alone selected"""
        self.env = env
        self.cashier = cashier
        self.rng = random.Random(f"{name} {today}")
        self.config = _create_config(env, name)
        self.cash, self.card = self.config.payment_method_ids.sorted("is_cash_count", reverse=True)
        self.session = env["pos.session"]

    def open(self):
        self.session = self.env["pos.session"].create(
            {"config_id": self.config.id, "user_id": self.cashier.id}
        )
        self.session.set_opening_control(self.session.cash_register_balance_start, "")

    def close(self):
        """Count the cash, take it to the bank but for some change, and close."""
        session = self.session
        surplus = session.cash_register_balance_end - 500
        if surplus > 0:
            session.try_cash_in_out(
                "out", surplus, "Bank deposit", False, {"translatedType": "out"}
            )
        session.post_closing_cash_details(session.cash_register_balance_end)
        session.close_session_from_ui()
        self.session = self.env["pos.session"]

    def line(self, product, quantity, discount=0):
        """A line at today's shelf price."""
        price = product.currency_id._convert(
            product.lst_price, self.config.currency_id, self.config.company_id
        )
        taxes = product.taxes_id.filtered(lambda tax: tax.company_id == self.config.company_id)
        return Receipt(product, quantity, price, taxes, discount)

    def sell(self, buyer, lines, tip=0, invoice=False):
        """Sell these lines; ``buyer`` is None for a walk-in."""
        if tip:
            product = self.config.tip_product_id
            lines = [*lines, Receipt(product, 1, tip, self.env["account.tax"])]
        values = {
            "partner_id": buyer.partner.id if buyer else False,
            "to_invoice": invoice,
            "is_tipped": bool(tip),
            "tip_amount": tip,
        }
        return self._sync(lines, values)

    def take_deposit(self, buyer, order, percent):
        """Take a down payment on a sales order."""
        lines = order.order_line.filtered(lambda line: not line.display_type)
        tax = self.env["account.tax"]
        base_lines = [line._prepare_base_line_for_taxes_computation() for line in lines]
        tax._add_tax_details_in_base_lines(base_lines, order.company_id)
        tax._round_base_lines_tax_details(base_lines, order.company_id)
        deposits = tax._prepare_down_payment_lines(base_lines, order.company_id, "percent", percent)
        product = self.config.down_payment_product_id
        links = {"sale_order_origin_id": order.id}
        receipts = [
            Receipt(product, 1, deposit["price_unit"], deposit["tax_ids"], more=links)
            for deposit in deposits
        ]
        return self._sync(receipts, {"partner_id": buyer.partner.id, "to_invoice": False})

    def settle(self, buyer, order):
        """Sell what is left of a confirmed sales order, as the till loads it."""
        receipts = []
        for values in order.order_line.read_converted():
            line = self.env["sale.order.line"].browse(values["id"])
            product = line.product_id
            quantity = values["product_uom_qty"] - max(
                values["qty_delivered"], values["qty_invoiced"]
            )
            if line.is_downpayment:
                product = self.config.down_payment_product_id
            if product.type == "service":
                quantity = values["qty_to_invoice"]
            links = {"sale_order_origin_id": order.id, "sale_order_line_id": line.id}
            receipts.append(
                Receipt(product, quantity, values["price_unit"], line.tax_ids, line.discount, links)
            )
        return self._sync(receipts, {"partner_id": buyer.partner.id, "to_invoice": False})

    def take_back(self, order, quantities):
        """Refund at the till.

        :param quantities: how many are returned, by line of the receipt
        """
        lines = [
            Receipt(
                line.product_id,
                -quantity,
                line.price_unit,
                line.tax_ids,
                line.discount,
                {"refunded_orderline_id": line.id},
            )
            for line, quantity in quantities.items()
        ]
        values = {
            "partner_id": order.partner_id.id,
            "to_invoice": bool(order.account_move),
            "is_refund": True,
        }
        return self._sync(lines, values)

    def take_back_in_office(self, order):
        """Refund all from the back office, which writes other signs than the till does."""
        refund = self.env["pos.order"].browse(order.refund()["res_id"])
        wizard = self.env["pos.make.payment"].with_context(active_id=refund.id)
        wizard.create({"payment_method_id": self.card.id}).check()

    def _sync(self, lines, values):
        """Send an order as the till does, prices computed and paid at once."""
        prices, untaxed, total = self._prices(lines, -1 if values.get("is_refund") else 1)
        method = self.cash if abs(total) < 200 and self.rng.random() < 0.5 else self.card
        order = {
            "uuid": self._uuid(),
            "access_token": self._uuid(),
            "state": "paid",
            "date_order": Datetime.to_string(Datetime.now()),
            "session_id": self.session.id,
            "user_id": self.cashier.id,
            "amount_total": total,
            "amount_tax": total - untaxed,
            "amount_paid": total,
            "amount_return": 0,
            "lines": [
                Command.create(self._line_values(line, *subtotals))
                for line, subtotals in zip(lines, prices, strict=True)
            ],
            "payment_ids": [
                Command.create(
                    {
                        "amount": total,
                        "payment_date": Datetime.to_string(Datetime.now()),
                        "payment_method_id": method.id,
                    }
                )
            ],
            **values,
        }
        data = self.env["pos.order"].sync_from_ui([order])
        return self.env["pos.order"].browse(data["pos.order"][0]["id"])

    def _line_values(self, line, subtotal, subtotal_included):
        return {
            "uuid": self._uuid(),
            "product_id": line.product.id,
            "full_product_name": line.product.name,
            "qty": line.quantity,
            "price_unit": line.price,
            "discount": line.discount,
            "tax_ids": [Command.link(tax.id) for tax in line.taxes],
            "price_subtotal": subtotal,
            "price_subtotal_incl": subtotal_included,
            **line.more,
        }

    def _prices(self, lines, sign):
        """Compute as the till does.

        :param sign: -1 for a refund, whose lines the till sends with positive subtotals
        :return: (untaxed, taxed) of each line, the order's untaxed amount, and its total
        """
        tax = self.env["account.tax"]
        company, currency = self.config.company_id, self.config.currency_id
        base_lines = [
            tax._prepare_base_line_for_taxes_computation(
                {},
                product_id=line.product,
                tax_ids=line.taxes,
                price_unit=line.price,
                quantity=line.quantity,
                discount=line.discount,
                currency_id=currency,
                rate=1.0,
                is_refund=line.quantity * line.price < 0,
            )
            for line in lines
        ]
        tax._add_tax_details_in_base_lines(base_lines, company)
        tax._round_base_lines_tax_details(base_lines, company)
        totals = tax._get_tax_totals_summary(base_lines, currency, company)
        details = [base_line["tax_details"] for base_line in base_lines]
        prices = [
            tuple(
                currency.round(sign * detail[key]) for key in ("total_excluded", "total_included")
            )
            for detail in details
        ]
        return prices, totals["base_amount_currency"], totals["total_amount_currency"]

    def _uuid(self):
        return str(UUID(int=self.rng.getrandbits(128), version=4))


def _create_config(env, name):
    company = env.company
    bank = env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
    )
    drawer = env["account.journal"].create(
        {"name": f"Cash {name}", "type": "cash", "code": f"C{name[:3].upper()}"}
    )
    methods = env["pos.payment.method"].create(
        [
            {"name": "Cash", "journal_id": drawer.id, "company_id": company.id},
            {"name": "Card", "journal_id": bank.id, "company_id": company.id},
        ]
    )
    return env["pos.config"].create(
        {
            "name": name,
            "payment_method_ids": [Command.set(methods.ids)],
            "crm_team_id": env.ref("sales_team.pos_sales_team").id,
            "down_payment_product_id": env.ref("pos_sale.default_downpayment_product").id,
            "iface_tipproduct": True,
            "is_margins_costs_accessible_to_every_user": True,
        }
    )
