"""What needs a browser: Chromium and the package websocket-client, and pytest to run it.

They are no part of the tests that an Odoo runs by itself, which may have neither.
"""
