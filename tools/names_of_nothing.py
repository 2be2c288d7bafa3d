"""What stands where a sale has no customer, a line no product, a layout no owner or company."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

WALK_IN = _lt("Walk-in")
NO_PRODUCT = _lt("No product")
EVERYBODY = _lt("Everybody")
ALL_COMPANIES = _lt("All companies")
