from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class BrowserCase(HttpCase):
    """A test in Chromium."""

    # A page's requests wait for each other, the longer the less of a processor they get.
    test_cursor_lock_timeout = 90
