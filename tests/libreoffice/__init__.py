"""What needs LibreOffice.

Run by ./dev/test; no part of the tests that an Odoo runs by itself, which may lack it.
"""
