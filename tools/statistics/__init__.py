"""Plain functions on arrays: whether customers will buy again, and what they are worth.

Nothing here knows Odoo. numpy and scipy are needed, and scikit-learn for :mod:`.trained_chance`;
whoever imports a module of this package must be prepared for their absence. Those that need nothing
but Python say so, and ``tests/pure/test_optional_packages.py`` names them.
"""
