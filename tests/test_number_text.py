"""Numbers inside texts, as the reader's language writes them."""

from unittest.mock import patch

from odoo.tests import tagged

from ..report.workbook.grouped_sheet import GroupSums
from ..tools.domain_words import domain_words
from ..tools.number_text import number_text
from .export_common import ExportCommon

LANGUAGES = {
    # code: 1234567, 1234.5, 2.0 and -0.25
    "en_US": ("1,234,567", "1,234.5", "2", "-0.25"),
    "de_DE": ("1.234.567", "1.234,5", "2", "-0,25"),
    "en_IN": ("12,34,567", "1,234.5", "2", "-0.25"),
    "ar_001": ("1,234,567", "1,234.5", "2", "-0.25"),
}


@tagged("post_install", "-at_install")
class TestNumberText(ExportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in LANGUAGES:
            cls.env["res.lang"]._activate_lang(code)
        german = cls.env["res.lang"]._lang_get("de_DE")
        german.write({"thousands_sep": ".", "decimal_point": ","})

    def in_language(self, code):
        return self.env(context={**self.env.context, "lang": code})

    def test_languages(self):
        for code, expected in LANGUAGES.items():
            env = self.in_language(code)
            with self.subTest(code):
                texts = [number_text(env, number) for number in (1234567, 1234.5, 2.0, -0.25)]
                self.assertEqual(tuple(texts), expected)

    def test_filters(self):
        report = self.report.with_env(self.in_language("de_DE"))
        domain = [("price_subtotal", ">", 1234.5), ("quantity", "in", [1000, 2.0])]
        words = domain_words(report, domain)
        self.assertIn("1.234,5", words)
        self.assertIn("1.000", words)
        self.assertNotIn("2.0", words)
        many = domain_words(report, [("id", "in", list(range(12345, 15345)))])
        self.assertIn("2.995", many)
        self.assertIn("12345", many)  # an id is no amount

    def test_lines_in_a_group(self):
        self.make_sales()
        for code, text in (("de_DE", "(1.234)"), ("en_US", "(1,234)")):
            with self.subTest(code), patch.object(GroupSums, "lines", lambda *_args: 1234):
                sheet = self.workbook(
                    "by_customer", env=self.in_language(code)(su=False)
                ).worksheets[0]
                labels = [row[0].value for row in sheet.iter_rows(3) if row[0].value]
                self.assertTrue(labels)
                self.assertTrue(all(label.endswith(text) for label in labels), labels)
