"""Small worlds of documents: described as plain data, made by Odoo's own flows.

A description is what Hypothesis draws, shrinks and prints, so it is made to be read:

    {"kind": "invoice", "company": 0, "customer": "ann", "day": "2025-03-01", "currency": "EUR",
     "lines": [("mug", 2, 9.99, 10)], "type": "out_invoice", "life": ["post", "credit_part"]}

A line is (product, quantity, price, discount in percent). ``life`` is what happens to the document
after it has been written, step by step: the names of methods below.
"""

from hypothesis import strategies as st

from odoo import Command, fields

from ..prepared_company import PreparedCompanyCommon
from ..receipts import compute, new_receipt, pay

CUSTOMERS = ("acme", "ann", "depot", "bob", "zoe")
COMPANIES = (0, 1)
CURRENCIES = ("company", "EUR")
POINTS_OF_SALE = ("counter", "euro", "coins")
# Days on which months, years and exchange rates change, and one far from them
DAYS = ("2024-12-31", "2025-01-01", "2025-02-28", "2025-03-01", "2025-03-15", "2025-10-26")
HOURS = ("00:00:00", "10:30:00", "13:59:59", "21:30:00", "23:59:59")
TIME_ZONES = ("UTC", "Pacific/Auckland", "Asia/Riyadh", "America/Los_Angeles")

# In pieces or in dozens, taxed in each way
PRODUCTS = ("mug", "lamp", "soap", "hour", "dozen mugs")
POS_PRODUCTS = ("mug", "lamp", "soap", "hour")
QUANTITIES = (1, 2, 3, 0.5, 12, 0, -1)
PRICES = (10, 100, 0, 9.99, 0.07, 33.333, 1234.56)
DISCOUNTS = (0, 0, 10, 33.33, 100)

INVOICE_LIVES = (
    [],
    ["post"],
    ["post", "reset"],
    ["post", "reset", "cancel"],
    ["post", "reset", "post"],
)
# Of customer invoices and sales receipts
CREDIT_LIVES = (
    ["post", "credit"],
    ["post", "credit_part"],
    ["post", "credit_part", "credit"],
    ["post", "credit_in_draft"],
    ["post", "credit", "credit_the_credit_note"],
    ["post", "replace"],
    ["post", "pay_in_two"],
    ["post", "pay_in_two", "credit_part"],
)
# A credit note that is credited is made an invoice.
CREDITED_CREDIT_NOTE_LIVES = (["post", "credit"], ["post", "credit_part"])
ORDER_LIVES = (
    [],
    ["cancel"],
    ["confirm"],
    ["confirm", "cancel"],
    ["confirm", "invoice"],
    ["confirm", "invoice_in_draft"],
    ["confirm", "invoice_part"],
    ["confirm", "invoice_part", "invoice"],
    ["confirm", "invoice", "credit"],
    ["confirm", "invoice_part", "credit", "invoice"],
    ["confirm", "down_payment"],
    ["confirm", "down_payment", "invoice"],
    ["confirm", "down_payment", "invoice", "credit"],
    ["discount", "confirm", "invoice"],
    ["confirm", "settle"],
    ["confirm", "settle", "invoice_receipt"],
    ["confirm", "down_payment", "settle"],
)
RECEIPT_LIVES = (
    [],
    ["pay"],
    ["pay", "refund"],
    ["pay", "refund_part"],
    ["pay", "refund_part", "refund"],
    ["pay", "refund_in_draft"],
)
# Only of a known customer
INVOICED_RECEIPT_LIVES = (
    ["pay", "invoice_receipt"],
    ["pay", "invoice_receipt", "credit_invoice"],
    ["pay", "invoice_receipt", "refund"],
    ["pay", "refund", "invoice_receipt"],
    ["pay", "refund", "invoice_refund"],
    ["pay", "invoice_receipt", "refund", "invoice_refund"],
)
# Not in euros: rounding leaves their sessions out of balance, which Odoo rolls back to ask for
# an account. Only of a closed session can an invoice be reset.
CLOSED_RECEIPT_LIVES = (
    ["pay", "close_session", "invoice_receipt"],
    ["pay", "invoice_receipt", "close_session", "reset_invoice"],
    ["pay", "close_session", "invoice_receipt", "reset_invoice", "cancel_invoice"],
    ["pay", "close_session", "refund"],
    ["pay", "close_session", "refund", "invoice_refund"],
)
# What happens once all documents are there
ENDINGS = ("invoice_receipts_together", "close_sessions", "archive", "new_rates")


def lines(products=PRODUCTS):
    line = st.tuples(
        st.sampled_from(products),
        st.sampled_from(QUANTITIES),
        st.sampled_from(PRICES),
        st.sampled_from(DISCOUNTS),
    )
    return st.lists(line, min_size=1, max_size=3)


def document(kind, lives, products=PRODUCTS, **values):
    return st.fixed_dictionaries(
        {
            "kind": st.just(kind),
            "company": st.sampled_from(COMPANIES),
            "customer": st.sampled_from(CUSTOMERS),
            "day": st.sampled_from(DAYS),
            "lines": lines(products),
            "life": st.sampled_from(lives),
            **{name: st.sampled_from(options) for name, options in values.items()},
        }
    )


documents = st.one_of(
    document(
        "invoice",
        INVOICE_LIVES + CREDIT_LIVES,
        type=("out_invoice", "out_receipt"),
        currency=CURRENCIES,
        extras=((), ("note",), ("coins",)),
    ),
    document(
        "invoice",
        INVOICE_LIVES + CREDITED_CREDIT_NOTE_LIVES,
        type=("out_refund",),
        currency=CURRENCIES,
        extras=((),),
    ),
    document(
        "order",
        ORDER_LIVES,
        currency=CURRENCIES,
        hour=HOURS,
        extras=((), ("note",), ("combo",)),
    ),
    document(
        "receipt",
        RECEIPT_LIVES,
        POS_PRODUCTS,
        hour=HOURS,
        customer=(*CUSTOMERS, None),
        point_of_sale=POINTS_OF_SALE,
        extras=((), ("combo",), ("positive_refund",)),
    ),
    document(
        "receipt",
        INVOICED_RECEIPT_LIVES,
        POS_PRODUCTS,
        hour=HOURS,
        point_of_sale=POINTS_OF_SALE,
        extras=((), ("combo",)),
    ),
    document(
        "receipt",
        CLOSED_RECEIPT_LIVES,
        POS_PRODUCTS,
        hour=HOURS,
        point_of_sale=("counter", "coins"),
        extras=((), ("combo",), ("positive_refund",)),
    ),
)

worlds = st.fixed_dictionaries(
    {
        "time_zone": st.sampled_from(TIME_ZONES),
        "tax_rounding": st.sampled_from(("round_per_line", "round_globally")),
        "documents": st.lists(documents, min_size=1, max_size=7),
        "endings": st.lists(st.sampled_from(ENDINGS), unique=True, max_size=2),
    }
)


class WorldCase(PreparedCompanyCommon):
    """Two companies of different currencies, their customers, products and points of sale.

    The companies are its own, so that documents already in the database stay out of its figures.
    """

    @classmethod
    def get_default_groups(cls):
        groups = super().get_default_groups()
        for group in (
            "customer_sales_report.group_customer_sales_manager",
            "customer_sales_report.group_customer_sales_margin",
            "sales_team.group_sale_manager",
            "point_of_sale.group_pos_manager",
            "product.group_product_pricelist",
            "uom.group_uom",
        ):
            groups |= cls.env.ref(group)
        return groups

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Invoices of receipts would be sent as a PDF.
        cls.env = cls.env(context={**cls.env.context, "generate_pdf": False})
        # Three decimals there, two here
        other = cls.setup_other_company(
            name="Second company", currency_id=cls._enable_currency("KWD").id
        )
        cls.accounting = (cls.company_data, other)
        cls.companies = cls.company_data["company"] | other["company"]
        cls.euro = cls._enable_currency("EUR")
        cls._set_rates()
        cls._make_customers()
        cls.products = [cls._make_products(company) for company in cls.companies]
        cls.pricelists = [cls._make_pricelists(company) for company in cls.companies]
        cls.points_of_sale = [cls._make_points_of_sale(index) for index in COMPANIES]

    @classmethod
    def _set_rates(cls):
        currencies = cls.companies.currency_id | cls.euro
        currencies.rate_ids.unlink()
        days = ("2024-01-01", "2025-03-01")
        rates = {"EUR": (0.9, 0.8), "USD": (3.2, 3.3), "KWD": (0.31, 0.3)}
        cls.env["res.currency.rate"].create(
            [
                {"company_id": company.id, "currency_id": currency.id, "name": day, "rate": rate}
                for company in cls.companies
                for currency in currencies - company.currency_id
                for day, rate in zip(days, rates[currency.name], strict=True)
            ]
        )

    @classmethod
    def _make_customers(cls):
        tags = cls.env["res.partner.category"].create([{"name": "Gold"}, {"name": "New"}])
        acme = cls.env["res.partner"].create(
            {
                "name": "Acme",
                "is_company": True,
                "user_id": cls.env.uid,
                "category_id": [Command.set(tags.ids)],
                "country_id": cls.env.ref("base.us").id,
                "state_id": cls.env.ref("base.state_us_5").id,
                "city": "Los Angeles",
            }
        )
        ann, depot, bob, zoe = cls.env["res.partner"].create(
            [
                {"name": "Ann", "parent_id": acme.id},
                {"name": "Depot", "parent_id": acme.id, "type": "delivery", "city": "Reno"},
                {"name": "Bob", "country_id": cls.env.ref("base.sa").id, "city": "Riyadh"},
                {"name": "Zoe", "category_id": [Command.set(tags[0].ids)]},
            ]
        )
        cls.customers = dict(zip(CUSTOMERS, (acme, ann, depot, bob, zoe), strict=True))

    @classmethod
    def _make_products(cls, company):
        env = cls._env_of(company)
        excluded, included = env["account.tax"].create(
            [
                {"name": "15 %", "amount": 15},
                {"name": "7 % incl.", "amount": 7, "price_include_override": "tax_included"},
            ]
        )
        shared = {
            "company_id": company.id,
            "type": "consu",
            "invoice_policy": "order",
            "available_in_pos": True,
            "taxes_id": [Command.clear()],
        }
        mug, lamp, soap, hour = env["product.product"].create(
            [
                {**shared, "name": "Mug", "standard_price": 6},
                {**shared, "name": "Lamp", "taxes_id": [Command.set(excluded.ids)]},
                {**shared, "name": "Soap", "taxes_id": [Command.set(included.ids)]},
                {
                    **shared,
                    "name": "Hour",
                    "type": "service",
                    "taxes_id": [Command.set((excluded | included).ids)],
                },
            ]
        )
        choice = env["product.combo"].create(
            {
                "name": "Drink",
                "company_id": company.id,
                "combo_item_ids": [Command.create({"product_id": mug.id})],
            }
        )
        combo = env["product.product"].create(
            {**shared, "name": "Menu", "type": "combo", "combo_ids": [Command.set(choice.ids)]}
        )
        return {"mug": mug, "lamp": lamp, "soap": soap, "hour": hour, "combo": combo}

    @classmethod
    def _make_pricelists(cls, company):
        own, euro = cls._env_of(company)["product.pricelist"].create(
            [
                {"name": "Own", "company_id": company.id, "currency_id": company.currency_id.id},
                {"name": "Euro", "company_id": company.id, "currency_id": cls.euro.id},
            ]
        )
        return {"company": own, "EUR": euro}

    @classmethod
    def _make_points_of_sale(cls, index):
        data, company = cls.accounting[index], cls.companies[index]
        env = cls._env_of(company)
        # Without a receivable account of its own, a method takes the company's.
        bank = env["pos.payment.method"].create(
            {"name": "Bank", "journal_id": data["default_journal_bank"].id}
        )
        euro_journal = env["account.journal"].create(
            {"name": "POS EUR", "type": "sale", "code": "POSE", "currency_id": cls.euro.id}
        )
        euro_bank = env["account.journal"].create(
            {"name": "Bank EUR", "type": "bank", "code": "BNKE", "currency_id": cls.euro.id}
        )
        euro_method = env["pos.payment.method"].create(
            {"name": "Bank EUR", "journal_id": euro_bank.id}
        )
        coins = env["account.cash.rounding"].create(
            {
                "name": "Coins",
                "rounding": 0.05,
                "profit_account_id": data["default_account_revenue"].id,
                "loss_account_id": data["default_account_expense"].id,
            }
        )
        cls.coins = (*getattr(cls, "coins", ()), coins)
        counter, euro, rounding = env["pos.config"].create(
            [
                {
                    "name": "Counter",
                    "payment_method_ids": [Command.set(bank.ids)],
                },
                {
                    "name": "Euro",
                    "journal_id": euro_journal.id,
                    "invoice_journal_id": euro_journal.id,
                    "use_pricelist": True,
                    "available_pricelist_ids": [Command.set(cls.pricelists[index]["EUR"].ids)],
                    "pricelist_id": cls.pricelists[index]["EUR"].id,
                    "payment_method_ids": [Command.set(euro_method.ids)],
                },
                {
                    "name": "Coins",
                    "payment_method_ids": [Command.set(bank.copy().ids)],
                    "cash_rounding": True,
                    "only_round_cash_method": False,
                    "rounding_method": coins.id,
                },
            ]
        )
        return {"counter": counter, "euro": euro, "coins": rounding}

    @classmethod
    def _env_of(cls, company):
        return cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})

    def build(self, world):
        """Make the documents of a world."""
        self.companies.tax_calculation_rounding_method = world["tax_rounding"]
        for plan in world["documents"]:
            company = self.companies[plan["company"]]
            maker = {"invoice": Invoice, "order": Order, "receipt": Receipt}[plan["kind"]]
            written = maker(self, self._env_of(company), plan)
            for step in plan["life"]:
                getattr(written, step)()
        for ending in world["endings"]:
            getattr(self, ending)()
        self.env.flush_all()
        self.env.invalidate_all()

    # -- Endings --------------------------------------------------------------------------

    def invoice_receipts_together(self):
        """All receipts of a customer that have no invoice, on one invoice."""
        for company in self.companies:
            env = self._env_of(company)
            receipts = env["pos.order"].search(
                [
                    ("company_id", "=", company.id),
                    ("state", "in", ["paid", "done"]),
                    ("account_move", "=", False),
                    ("partner_id", "!=", False),
                    ("is_refund", "=", False),
                    ("amount_total", ">", 0),
                ]
            )
            for _key, together in receipts.grouped(lambda r: (r.config_id, r.partner_id)).items():
                env["pos.make.invoice"].with_context(active_ids=together.ids).create(
                    {"consolidated_billing": True}
                ).action_create_invoices()

    def close_sessions(self):
        for points_of_sale in self.points_of_sale:
            for name in ("counter", "coins"):
                close_session(points_of_sale[name].current_session_id)

    def archive(self):
        """Customers and products that are no longer there."""
        (self.customers["bob"] | self.customers["ann"]).active = False
        for products in self.products:
            products["soap"].product_tmpl_id.active = False

    def new_rates(self):
        """New rates move nothing that was sold before."""
        self.env["res.currency.rate"].create(
            [
                {
                    "company_id": company.id,
                    "currency_id": self.euro.id,
                    "name": fields.Date.today(),
                    "rate": 0.5,
                }
                for company in self.companies
            ]
        )


def close_session(session):
    """Close a session as the point of sale does; receipts in draft are dropped."""
    if not session:
        return
    if drafts := session.order_ids.filtered(lambda receipt: receipt.state == "draft"):
        drafts.action_pos_order_cancel()
    session.action_pos_session_closing_control()


class Written:
    """A document of a world.

    :param case: the :class:`WorldCase`
    :param env: environment of the document's company alone
    :param plan: its description
    """

    def __init__(self, case, env, plan):
        self.case = case
        self.env = env
        self.plan = plan
        self.company = env.company
        self.products = case.products[plan["company"]]
        self.customer = env["res.partner"]
        if plan["customer"]:
            self.customer = case.customers[plan["customer"]].with_env(env)
        self.make()

    def lines(self):
        """(product, quantity, price, discount, in dozens): of a positive total."""
        lines = [
            (self.products[name.removeprefix("dozen ").removesuffix("s")], *rest, "dozen" in name)
            for name, *rest in self.plan["lines"]
        ]
        total = sum(
            quantity * price * (100 - discount) for _p, quantity, price, discount, _d in lines
        )
        if total < 0:
            lines = [
                (product, -quantity, price, discount, dozens)
                for product, quantity, price, discount, dozens in lines
            ]
        return lines

    def unit(self, product, dozens):
        return self.env.ref("uom.product_uom_dozen") if dozens else product.uom_id

    def credit_note_of(self, invoice):
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, "date": invoice.invoice_date})
        )
        return self.env["account.move"].browse(wizard.reverse_moves()["res_id"])

    def post_part(self, draft):
        """Post a draft of fewer pieces than it proposes."""
        for line in draft.invoice_line_ids.filtered(lambda line: line.display_type == "product"):
            if line.quantity > 1 and not line.is_downpayment:
                line.quantity -= 1
        draft.action_post()


class Invoice(Written):
    def make(self):
        plan = self.plan
        extras = [Command.create({"display_type": "line_note", "name": "Thank you"})]
        self.move = self.env["account.move"].create(
            {
                "move_type": plan["type"],
                "partner_id": self.customer.id,
                "invoice_date": plan["day"],
                "currency_id": (
                    self.company.currency_id if plan["currency"] == "company" else self.case.euro
                ).id,
                "invoice_cash_rounding_id": (
                    self.case.coins[plan["company"]].id if "coins" in plan["extras"] else False
                ),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_id": self.unit(product, dozens).id,
                            "quantity": quantity,
                            "price_unit": price,
                            "discount": discount,
                        }
                    )
                    for product, quantity, price, discount, dozens in self.lines()
                ]
                + (extras if "note" in plan["extras"] else []),
            }
        )

    def post(self):
        self.move.action_post()

    def reset(self):
        self.move.button_draft()

    def cancel(self):
        self.move.button_cancel()

    def credit_in_draft(self):
        self.credit_note = self.credit_note_of(self.move)

    def credit(self):
        self.credit_in_draft()
        self.credit_note.action_post()

    def credit_part(self):
        self.credit_in_draft()
        self.post_part(self.credit_note)

    def credit_the_credit_note(self):
        self.credit_note_of(self.credit_note).action_post()

    def pay_in_two(self):
        """Two payments, which must not double anything."""
        for share in (0.5, 1):
            if amount := self.move.currency_id.round(self.move.amount_residual * share):
                self.env["account.payment.register"].with_context(
                    active_model="account.move", active_ids=self.move.ids
                ).create({"amount": amount}).action_create_payments()

    def replace(self):
        """Credit the invoice, and write it anew."""
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=self.move.ids)
            .create({"journal_id": self.move.journal_id.id, "date": self.move.invoice_date})
        )
        replacement = self.env["account.move"].browse(wizard.modify_moves()["res_id"])
        replacement.invoice_date = self.move.invoice_date
        replacement.action_post()


class Order(Written):
    def make(self):
        plan = self.plan
        self.order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "pricelist_id": self.case.pricelists[plan["company"]][plan["currency"]].id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_id": self.unit(product, dozens).id,
                            "product_uom_qty": quantity,
                            "price_unit": price,
                            "discount": discount,
                        }
                    )
                    for product, quantity, price, discount, dozens in self.lines()
                ],
            }
        )
        if "note" in plan["extras"]:
            self.order.order_line = [
                Command.create({"display_type": "line_section", "name": "Section", "sequence": 0}),
                Command.create({"display_type": "line_note", "name": "Note"}),
            ]
        if "combo" in plan["extras"]:
            self._add_combo()
        self._set_moment()

    def _add_combo(self):
        combo = self.products["combo"]
        self.order.order_line = [
            Command.create({"product_id": combo.id, "product_uom_qty": 2, "virtual_id": "menu"})
        ]
        parent = self.order.order_line.filtered(lambda line: line.product_id == combo)
        self.order.order_line = [
            Command.create(
                {
                    "product_id": self.products["mug"].id,
                    "product_uom_qty": 2,
                    "price_unit": 8.5,
                    "combo_item_id": combo.combo_ids.combo_item_ids.id,
                    "linked_line_id": parent.id,
                }
            )
        ]

    def _set_moment(self):
        self.order.date_order = f"{self.plan['day']} {self.plan['hour']}"

    def confirm(self):
        self.order.action_confirm()
        self._set_moment()

    def cancel(self):
        self.order._action_cancel()

    def discount(self):
        self.env["sale.order.discount"].create(
            {
                "sale_order_id": self.order.id,
                "discount_type": "so_discount",
                "discount_percentage": 0.1,
            }
        ).action_apply_discount()

    def _new_invoice(self, **wizard):
        """The draft invoice of what is to be invoiced; None if nothing is."""
        before = self.order.invoice_ids
        if not wizard and not any(
            line.qty_to_invoice for line in self.order.order_line if not line.is_downpayment
        ):
            return None
        self.env["sale.advance.payment.inv"].create(
            {"sale_order_ids": [Command.set(self.order.ids)], **wizard}
        ).create_invoices()
        draft = self.order.invoice_ids - before
        draft.invoice_date = self.plan["day"]
        return draft

    def invoice_in_draft(self):
        self.move = self._new_invoice()

    def invoice(self):
        self.move = self._new_invoice()
        if self.move:
            self.move.action_post()

    def invoice_part(self):
        self.move = self._new_invoice()
        if self.move:
            self.post_part(self.move)

    def credit(self):
        if self.move:
            self.credit_note_of(self.move).action_post()

    def down_payment(self):
        if self.order.amount_total > 1:
            self._new_invoice(advance_payment_method="percentage", amount=30).action_post()

    def settle(self):
        """Pay the order at the point of sale."""
        config = self.case.points_of_sale[self.plan["company"]]
        config = config["euro" if self.plan["currency"] == "EUR" else "counter"].with_env(self.env)
        self.receipt = new_receipt(
            config,
            self.customer,
            f"{self.plan['day']} {self.plan['hour']}",
            [
                {
                    "product_id": line.product_id.id,
                    "qty": line.product_uom_id._compute_quantity(
                        line.product_uom_qty, line.product_id.uom_id
                    ),
                    "price_unit": line.product_uom_id._compute_price(
                        line.price_unit, line.product_id.uom_id
                    ),
                    "discount": line.discount,
                    "tax_ids": [Command.set(line.tax_ids.ids)],
                    "sale_order_line_id": line.id,
                    "sale_order_origin_id": self.order.id,
                }
                for line in self.order.order_line
                if not line.display_type and not line.is_downpayment and line.product_id
            ],
        )
        pay(self.receipt)

    def invoice_receipt(self):
        self.receipt.action_pos_order_invoice()


class Receipt(Written):
    def make(self):
        plan = self.plan
        self.config = self.case.points_of_sale[plan["company"]][plan["point_of_sale"]].with_env(
            self.env
        )
        self.receipt = new_receipt(
            self.config,
            self.customer,
            f"{plan['day']} {plan['hour']}",
            [
                {
                    "product_id": product.id,
                    "qty": quantity,
                    "price_unit": price,
                    "discount": discount,
                    "tax_ids": [Command.set(product.taxes_id.ids)],
                }
                for product, quantity, price, discount, _dozens in self.lines()
            ],
        )
        if "combo" in plan["extras"]:
            self._add_combo()

    def _add_combo(self):
        combo = self.products["combo"]
        shared = {"order_id": self.receipt.id, "qty": 1, "price_subtotal": 0}
        shared |= {"price_subtotal_incl": 0, "tax_ids": [Command.clear()]}
        parent = self.env["pos.order.line"].create(
            {**shared, "product_id": combo.id, "price_unit": 0}
        )
        self.env["pos.order.line"].create(
            {
                **shared,
                "product_id": self.products["mug"].id,
                "price_unit": 8.5,
                "combo_parent_id": parent.id,
                "combo_item_id": combo.combo_ids.combo_item_ids.id,
            }
        )
        compute(self.receipt)

    def pay(self):
        pay(self.receipt)

    def _draft_refund(self):
        if not self.config.current_session_id:
            self.config.open_ui()
        self.refund_receipt = self.receipt._refund()
        self.refund_receipt.date_order = self.receipt.date_order

    def _pay_refund(self):
        pay(self.refund_receipt)
        if "positive_refund" in self.plan["extras"]:
            # As other builds of Odoo leave them
            for line in self.refund_receipt.lines:
                line.price_subtotal = abs(line.price_subtotal)
                line.price_subtotal_incl = abs(line.price_subtotal_incl)

    def refund_in_draft(self):
        self._draft_refund()

    def refund(self):
        self._draft_refund()
        self._pay_refund()

    def refund_part(self):
        self._draft_refund()
        for line in self.refund_receipt.lines:
            if line.qty < -1 and not line.combo_parent_id and not line.combo_line_ids:
                line.qty += 1
        compute(self.refund_receipt)
        self._pay_refund()

    def invoice_receipt(self):
        self.receipt.action_pos_order_invoice()

    def invoice_refund(self):
        # Of a receipt with quantities of zero, there was nothing to refund.
        if self.refund_receipt.lines:
            self.refund_receipt.action_pos_order_invoice()

    def reset_invoice(self):
        self.receipt.account_move.button_draft()

    def cancel_invoice(self):
        self.receipt.account_move.button_cancel()

    def credit_invoice(self):
        self.credit_note_of(self.receipt.account_move).action_post()

    def close_session(self):
        close_session(self.receipt.session_id)
