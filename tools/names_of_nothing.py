"""What stands where a sale has no customer or a line no product."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

WALK_IN = _lt("Walk-in")
NO_PRODUCT = _lt("No product")
