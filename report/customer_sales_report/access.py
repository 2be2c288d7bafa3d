from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.terms import MARGIN_GROUP

# The app whose access rights decide who opens a document
DOCUMENT_APPS = {"account.move": "account", "sale.order": "sale", "pos.order": "point_of_sale"}

# What the form of a document reads beside it. Salespeople may read invoices, but not the
# payments that Odoo counts on the invoice's form, so that the form fails for them.
FORM_READS = {"account.move": "account.payment"}


class CustomerSalesReport(models.Model):
    """Who sees what of the report: costs and contact details by permission, documents by the
    rights of their own apps. Whose sales one sees at all is for the record rules."""

    _name = "customer.sales.report"
    _inherit = ["customer.sales.report", "customer.sales.privacy.mixin"]

    # The app writes the rows. What is searched for is checked below, before the report works on
    # it: it looks a customer's name up, which Odoo does in e-mails and tax IDs as well.
    _rows_grant_names = True
    _checks_search_itself = True

    document_ref = fields.Reference(exportable=False)

    # Costs and margins
    cost = fields.Monetary(groups=MARGIN_GROUP)
    margin = fields.Monetary(groups=MARGIN_GROUP)
    margin_percent = fields.Float(groups=MARGIN_GROUP)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        model = self._for_search(domain, order)
        return super(CustomerSalesReport, model)._search(domain, offset, limit, order, **kwargs)

    # ---------------------------------------------------------------------------------------
    # Opening documents
    # ---------------------------------------------------------------------------------------

    @api.model
    def _open_document(self, document, number):
        if document and not (
            self._opens_documents_of(document._name) and document.has_access("read")
        ):
            raise UserError(self._why_not_opened(document, number))
        return super()._open_document(document, number)

    @api.model
    def _why_not_opened(self, document, number: str) -> str:
        """Why the user may not open the document of a line, and whom to ask for what."""
        module = self.env["ir.module.module"]._get(DOCUMENT_APPS.get(document._name, ""))
        names = {
            "document": number,
            "app": module.shortdesc or self.env["ir.model"]._get(document._name).name,
        }
        if not self._opens_documents_of(document._name):
            return self.env._(
                "You see this line, but opening %(document)s needs access to the app %(app)s. "
                "Ask your administrator for it.",
                **names,
            )
        return self.env._(
            "You see this line, but %(document)s is not among the documents that you may open in "
            "the app %(app)s. Ask your administrator for wider access there.",
            **names,
        )

    @api.model
    def _opens_documents(self) -> bool:
        """Whether the user has the rights of any app that documents of the report are in."""
        return any(self._opens_documents_of(model) for model in DOCUMENT_APPS)

    @api.model
    def _opens_documents_of(self, model: str) -> bool:
        return all(
            self.env[needed].has_access("read")
            for needed in (model, FORM_READS.get(model))
            if needed
        )

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self._opens_documents())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """A row opens its document, except for those who could open none."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "list" and not self._opens_documents():
            arch.attrib.pop("action", None)
            arch.attrib.pop("type", None)
            arch.set("no_open", "1")
        return arch, view
