"""The customer of sales without one."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

WALK_IN = _lt("Walk-in")
