from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class BrowserCase(HttpCase):
    """A test in Chromium."""

    # A page's requests wait for each other, the longer the less of a processor they get.
    test_cursor_lock_timeout = 90

    def turn_to_arabic(self):
        """The user of this test reads Arabic."""
        self.env["res.lang"]._activate_lang("ar_001")
        self.user.lang = "ar_001"
