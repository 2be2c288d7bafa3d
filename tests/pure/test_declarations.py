"""When ./dev/test need not bring its database up to code that has changed."""

from unittest import TestCase

from declarations import declarations

SOURCES = {
    "models/sale.py": """
from odoo import api, fields, models
from ..tools.words import LABELS, label, unused
class Sale(models.Model):
    _name = "app.sale"
    _inherit = ["app.mixin"]
    kind = fields.Selection(LABELS, default=lambda self: self._default_kind())
    title = fields.Char(string=label("Title"))
    @api.depends("kind")
    def _compute_total(self):
        return "total"
    def _default_kind(self):
        return self._first_kind()
    def _first_kind(self):
        return "first"
    def init(self):
        self.env.cr.execute("index")
""",
    "models/mixin.py": """
class Mixin(models.AbstractModel):
    _name = "app.mixin"
    def _mixed_in(self):
        return "mixed in"
""",
    "models/setting.py": """
class Setting(models.Model):
    _name = "app.setting"
    _inherit = ["app.mixin"]
    def create(self, values):
        return self.search([]) or helper(values)
""",
    "models/res_partner.py": """
class Partner(models.Model):
    _inherit = "res.partner"
    def write(self, values):
        return "written"
""",
    "tools/words.py": """
LABELS = [("first", "First")]
def label(text):
    return text + "!"
def unused(text):
    return "unused"
def helper(values):
    return "helped"
def search(domain):
    return "searched"
def called_by_data(env):
    return "called"
""",
    "migrations/19.0.2/post-fill.py": """
def fill(cr):
    return "filled"
""",
}
DATA = {
    "data/words.xml": '<odoo><function model="app.other" name="called_by_data"/></odoo>',
    "data/app.setting.csv": "id,name",
}
MANIFEST = '{"post_init_hook": "hook"}'


class TestDeclarations(TestCase):
    def told(self, old, new, data=None):
        """Whether it is told when ``old`` becomes ``new`` in the sources."""
        self.assertTrue(any(old in text for text in SOURCES.values()), old)
        data = data or DATA
        orm = "class BaseModel:\n    def search(self, domain): ..."
        changed = {path: text.replace(old, new) for path, text in SOURCES.items()}
        before = declarations(SOURCES, data, MANIFEST, orm)
        return declarations(changed, data, MANIFEST, orm) != before

    def assertTold(self, *texts):  # noqa: N802
        for text in texts:
            with self.subTest(text):
                self.assertTrue(self.told(text, text.replace(text.strip('"'), "another")))

    def test_methods_that_run_later(self):
        for text in ('"total"', '"unused"', '"searched"'):
            with self.subTest(text):
                self.assertFalse(self.told(text, '"another"'))

    def test_comments(self):
        self.assertFalse(self.told("    kind =", "    # what it is\n    kind ="))

    def test_declarations(self):
        self.assertTold("app.sale", "Char", "Title", '"First"', 'depends("kind")', "_compute_total")
        self.assertTold("title")

    def test_what_declarations_call(self):
        """The function that a field's label is made by, its default, and what that calls."""
        self.assertTold('"!"', "_first_kind", '"first"')

    def test_what_runs_in_an_upgrade(self):
        """What Odoo and data files call, migrations, and what may run while records are written:
        Odoo's own, and those of the data files, with what they inherit and call."""
        self.assertTold('"index"', '"called"', '"filled"', '"written"', '"helped"', '"mixed in"')

    def test_data_files_are_looked_at(self):
        """What they do not write to runs later."""
        data = {"data/words.xml": "<odoo/>"}
        for text in ('"called"', '"helped"', '"mixed in"'):
            with self.subTest(text):
                self.assertFalse(self.told(text, '"another"', data=data))
