"""What needs dev/online_retail, and the data set itself where it is at hand.

Run by ./dev/test; no part of the tests that an Odoo runs by itself, where there may be neither.
"""

from . import test_online_retail
