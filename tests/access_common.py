"""Two companies' sales, and one user of every kind."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from .prepared_company import PreparedCompanyCommon
from .receipts import new_receipt, pay

REPORT = "customer.sales.report"
LETTERS = "ABCDEFGHIJK"

# Kind of user -> groups, beside the one of internal users
OWN, ALL, MANAGER, MARGIN, CONTACT, CAMPAIGN = (
    f"customer_sales_report.group_customer_sales_{level}"
    for level in ("user", "all", "manager", "margin", "contact", "campaign")
)
EXPORT = "base.group_allow_export"
KINDS = {
    "no access": [],
    "accountant only": ["account.group_account_manager"],
    "salesman only": ["sales_team.group_sale_salesman_all_leads"],
    "cashier only": ["point_of_sale.group_pos_user"],
    "permissions, no level": [MARGIN, CONTACT, CAMPAIGN, EXPORT],
    "own customers": [OWN],
    "own, margins": [OWN, MARGIN],
    "own, contacts, export": [OWN, CONTACT, EXPORT],
    "own, campaigns": [OWN, CAMPAIGN],
    "all customers": [ALL],
    "all, margins, export": [ALL, MARGIN, EXPORT],
    "all, campaigns": [ALL, CAMPAIGN],
    "all, in company 2": [ALL],
    "all, in two companies": [ALL],
    "administrator": [MANAGER],
    "administrator, everything": [MANAGER, MARGIN, CONTACT, EXPORT],
}


@tagged("post_install", "-at_install")
class AccessCommon(PreparedCompanyCommon):
    """Eleven documents, told apart by their untaxed totals, of 1, 2, 4 … 1024.

    ========  =======  ==========  =====================================================
    document  company  made by     customer
    ========  =======  ==========  =====================================================
    A         1        own         Rival's Customer, assigned to the rival
    B         1        rival       Rival's Customer
    C         1        nobody      Rival's Customer
    D         1        rival       Own Customer, assigned to own (a sales order)
    E         1        rival       Subsidiary, whose parent company is assigned to own
    F         1        rival       a contact of Rival's Customer, assigned to own
    G         2        own         Own Customer
    H         2        rival       company 1 itself
    I         1        own         Rival's Customer (a receipt, of which own is the cashier)
    J         1        rival       Own Customer, assigned to own (a receipt)
    K         1        rival       a walk-in customer (a receipt)
    ========  =======  ==========  =====================================================

    "own" is each user of the kinds that begin so; each sells the documents A, G and I of its own.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_1 = cls.env.company
        cls.company_2 = cls.setup_other_company()["company"]
        cls.users = {kind: cls._user(kind) for kind in KINDS}
        cls.users["portal"] = new_test_user(cls.env, "access_portal", "base.group_portal")
        cls.users["public"] = cls.env.ref("base.public_user").sudo()
        cls.rival = new_test_user(
            cls.env,
            "access_rival",
            f"sales_team.group_sale_salesman,{OWN}",
            company_ids=(cls.company_1 | cls.company_2).ids,
            company_id=cls.company_1.id,
        )
        cls.product = cls.env["product.product"].create(
            {"name": "Thing", "standard_price": 0.5, "taxes_id": [Command.clear()]}
        )
        cls._documents()

    @classmethod
    def _user(cls, kind):
        companies = {
            "all, in company 2": cls.company_2,
            "all, in two companies": cls.company_1 | cls.company_2,
        }.get(kind, cls.company_1)
        return new_test_user(
            cls.env,
            "access_" + "".join(letter for letter in kind if letter.isalnum()),
            ",".join(["base.group_user", *KINDS[kind]]),
            name=kind.capitalize(),
            company_id=companies[0].id,
            company_ids=companies.ids,
        )

    @classmethod
    def _documents(cls):
        owns = [user for kind, user in cls.users.items() if kind.startswith("own")]
        create = cls.env["res.partner"].create
        cls.rivals_customer = create(
            {
                "name": "Rival's Customer",
                "is_company": True,
                "user_id": cls.rival.id,
                "email": "secret@example.com",
                "phone": "+1 555 0100",
                "street": "1 Hidden Street",
                "zip": "00100",
                "vat": "SECRET123",
            }
        )
        cls.partners_of_own = {}
        for own in owns:
            holding = create({"name": "Holding", "is_company": True, "user_id": own.id})
            cls.partners_of_own[own] = (
                create({"name": "Own Customer", "is_company": True, "user_id": own.id})
                | create({"name": "Subsidiary", "is_company": True, "parent_id": holding.id})
                | create(
                    {
                        "name": "Contact",
                        "parent_id": cls.rivals_customer.id,
                        "user_id": own.id,
                        "email": "secret.contact@example.com",
                    }
                )
            )
        cls.documents = {letter: [] for letter in LETTERS}
        cls._open_point_of_sale()
        nobody = cls.env["res.users"]
        cls._invoice("B", cls.rivals_customer, cls.rival)
        cls._invoice("C", cls.rivals_customer, nobody)
        cls._invoice("H", cls.company_1.partner_id, cls.rival, cls.company_2)
        for own, (own_customer, subsidiary, contact) in cls.partners_of_own.items():
            cls._invoice("A", cls.rivals_customer, own)
            cls._order("D", own_customer, cls.rival)
            cls._invoice("E", subsidiary, cls.rival)
            cls._invoice("F", contact, cls.rival)
            cls._invoice("G", own_customer, own, cls.company_2)
            cls._receipt("I", cls.rivals_customer, own)
            cls._receipt("J", own_customer, cls.rival)
        cls._receipt("K", create([]), cls.rival)

    @classmethod
    def _invoice(cls, letter, partner, salesperson, company=None):
        line = {"product_id": cls.product.id, "quantity": 1, "price_unit": amount(letter)}
        invoice = (
            cls.env["account.move"]
            .with_company(company or cls.company_1)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": partner.id,
                    "invoice_date": "2026-03-10",
                    "invoice_user_id": salesperson.id,
                    "invoice_line_ids": [Command.create({**line, "tax_ids": [Command.clear()]})],
                }
            )
        )
        invoice.action_post()
        cls.documents[letter].append(invoice)

    @classmethod
    def _order(cls, letter, partner, salesperson):
        line = {"product_id": cls.product.id, "price_unit": amount(letter), "tax_ids": False}
        order = (
            cls.env["sale.order"]
            .sudo()
            .create(
                {
                    "partner_id": partner.id,
                    "user_id": salesperson.id,
                    "order_line": [Command.create(line)],
                }
            )
        )
        order.action_confirm()
        cls.documents[letter].append(order)

    @classmethod
    def _open_point_of_sale(cls):
        env = cls.env(su=True)
        method = env["pos.payment.method"].create(
            {"name": "Bank", "journal_id": cls.company_data["default_journal_bank"].id}
        )
        cls.point_of_sale = env["pos.config"].create(
            {"name": "Counter", "payment_method_ids": [Command.set(method.ids)]}
        )

    @classmethod
    def _receipt(cls, letter, partner, cashier):
        line = {"product_id": cls.product.id, "qty": 1, "price_unit": amount(letter)}
        receipt = new_receipt(cls.point_of_sale, partner, "2026-03-10 12:00:00", [line])
        receipt.user_id = cashier
        pay(receipt)
        cls.documents[letter].append(receipt)

    # -- What a user does -----------------------------------------------------------------

    def rpc(self, user, model, method, *args, **kwargs):
        """Call a method as the RPC layer does for a browser or a program.

        The user's companies are all selected, unless ``context`` says otherwise.
        """
        context = {"allowed_company_ids": user.company_ids.ids, **kwargs.pop("context", {})}
        self.env.invalidate_all()
        return call_kw(
            self.env(user=user, su=False, context={})[model],
            method,
            args,
            {**kwargs, "context": context},
        )

    def outcome(self, user, model, method, *args, **kwargs):
        """The result of :meth:`rpc`, or the class of the error if access was denied."""
        try:
            return self.rpc(user, model, method, *args, **kwargs)
        except (AccessError, UserError) as error:
            return type(error)

    @property
    def all_row_ids(self):
        """The ids of all rows of the documents."""
        both = (self.company_1 | self.company_2).ids
        report = self.env[REPORT].sudo().with_context(allowed_company_ids=both)
        references = [
            f"{document._name},{document.id}"
            for documents in self.documents.values()
            for document in documents
        ]
        return report.search([("document_ref", "in", references)]).ids


def amount(letter):
    """The untaxed total that tells a document."""
    return 2.0 ** LETTERS.index(letter)


def letter_of(untaxed_total):
    return {amount(letter): letter for letter in LETTERS}[untaxed_total]
