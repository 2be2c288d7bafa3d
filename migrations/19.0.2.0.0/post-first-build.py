from odoo.api import SUPERUSER_ID, Environment


def migrate(cr, version):
    """The customers come with this version: derive them from the documents."""
    Environment(cr, SUPERUSER_ID, {})["customer.sales.refresh"]._first_build()
