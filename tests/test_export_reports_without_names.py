"""Files for sharing outside, of each report that is exported: nothing in them tells a name.

As ``test_export_without_names`` does it for the lines: all columns, groupings and conditions that
there are, and the finished file searched for what is secret.
"""

import re

from odoo.fields import Command
from odoo.tests import tagged

from ..report.workbook.columns import exportable
from ..report.workbook.export_rows import ExportRows
from ..report.workbook.grouped_sheet import DEEPEST, supported
from ..tools.terms import EXPORTED
from .custom_fields_common import CustomFieldsCommon
from .export_common import ExportCommon
from .profile_common import CustomerSalesProfileCommon
from .test_export_compared import MARCH_AND_APRIL

NUMBER = re.compile(r"C-[A-Z2-7]{12}")


@tagged("post_install", "-at_install")
class TestReportsWithoutNames(CustomFieldsCommon, CustomerSalesProfileCommon, ExportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manual_field("x_secret", "char", label="Note")
        cls.acme.write(
            {
                "name": "Secret Acme",
                "ref": "Secret Reference",
                "email": "secret@example.com",
                "phone": "Secret Phone",
                "street": "Secret Street",
                "street2": "Secret Floor",
                "zip": "SECRETZIP",
                "vat": "SECRETVAT",
                "category_id": [Command.create({"name": "Secret Tag"})],
                "country_id": cls.env.ref("base.eg").id,
                "x_secret": "Secret Note",
            }
        )
        cls.ann.name = "Secret Ann"

    def setUp(self):
        super().setUp()
        self.make_sales()
        self.bolt.name = "Secret Bolt"
        self.env["customer.sales.segment"].sudo().search([]).advice = "Call Secret Acme"
        self.refresh()

    @property
    def reports(self):
        """The reports that are exported, but the lines, which have tests of their own."""
        registry = self.env.registry
        models = [
            self.env[name]
            for name, model in registry.items()
            if issubclass(model, registry[EXPORTED])
            and not model._abstract
            and name != "customer.sales.report"
        ]
        self.assertEqual(len(models), 5)
        return models

    @property
    def domain(self):
        return [("company_id", "=", self.company.id)]

    def file(self, report, *contents, **values):
        contents = contents or report._sheets()
        return self.export(
            *contents,
            **{
                "model": report._name,
                "columns": list(exportable(report)),
                "compared": MARCH_AND_APRIL,
                "without_names": True,
                **values,
            },
        )

    def assertTellsNothing(self, path):  # noqa: N802
        text = self.whole_text(path)
        self.assertNotIn("secret", text.lower())
        for document in (self.first, self.returned, self.walk_in, self.big):
            self.assertNotIn(document.name, text)

    def test_no_column_tells_a_name(self):
        for report in self.reports:
            columns = list(exportable(report))
            customer = next(iter(report._numbered_columns()))
            for file_format in ("xlsx", "csv"):
                path = self.file(
                    report,
                    group_by=[customer],
                    order=customer,
                    headings=dict.fromkeys(columns, "Secret Heading"),
                    title="All of Secret Acme",
                    has_links=True,
                    file_format=file_format,
                )
                with self.subTest(report=report._name, file_format=file_format):
                    self.assertTellsNothing(path)
                    self.assertRegex(self.whole_text(path), NUMBER)

    def test_with_names_they_would_be_there(self):
        for report in self.reports:
            text = self.whole_text(self.file(report, "lines", without_names=False))
            with self.subTest(report=report._name):
                self.assertIn("Secret Acme", text)

    def test_no_grouping_tells_a_name(self):
        for report in self.reports:
            specs = [
                spec
                for name, field in report._fields.items()
                for spec in supported(report, [f"{name}:week" if field.type == "date" else name])
            ]
            columns = [name for name in exportable(report) if report._fields[name].aggregator][:1]
            for start in range(0, len(specs), DEEPEST):
                group_by = specs[start : start + DEEPEST]
                path = self.file(report, "grouped", "totals", columns=columns, group_by=group_by)
                with self.subTest(report=report._name, group_by=group_by):
                    self.assertTellsNothing(path)

    def test_no_filter_tells_a_name(self):
        for report in self.reports:
            for name, field in report._fields.items():
                if not (field.store or field.search) or name == "id":
                    continue
                conditions = [(name, "ilike", "Secret Acme"), (name, "in", ["Secret Acme", False])]
                if field.relational:
                    conditions.append((f"{name}.name", "=", "Secret Acme"))
                if field.comodel_name == "res.partner":
                    conditions.append((name, "=", self.acme.id))
                for condition in conditions:
                    request = self.request(
                        model=report._name,
                        domain=[condition],
                        columns=[],
                        without_names=True,
                        compared=MARCH_AND_APRIL,
                    )
                    words = ExportRows(self.env, request).filter_words()
                    with self.subTest(report=report._name, condition=condition):
                        self.assertNotIn("secret", words.lower())

    def test_no_order_tells_a_name(self):
        for report in self.reports:
            customer = next(iter(report._numbered_columns()))
            for order in (customer, f"company_id, {customer} desc"):
                request = self.request(
                    model=report._name, order=order, without_names=True, compared=MARCH_AND_APRIL
                )
                rows = ExportRows(self.env, request)
                with self.subTest(report=report._name, order=order):
                    self.assertEqual(rows.order(), report._order)

    def test_the_number_is_that_of_the_lines(self):
        """A customer has one number, in the files of all reports."""
        path = self.export(
            file_format="csv",
            columns=["commercial_partner_id"],
            domain=[*self.domain, ("commercial_partner_id", "=", self.bolt.id)],
            without_names=True,
        )
        [number] = set(NUMBER.findall(self.whole_text(path)))
        for report in self.reports:
            customer = next(iter(report._numbered_columns()))
            path = self.file(
                report,
                "lines",
                columns=[customer],
                domain=[*self.domain, (customer, "=", self.bolt.id)],
            )
            with self.subTest(report=report._name):
                self.assertEqual(set(NUMBER.findall(self.whole_text(path))), {number})

    def test_facts_of_customers_in_the_workbook_of_lines(self):
        path = self.export(
            "customers",
            domain=[*self.domain, ("counts_as_sale", "=", True)],
            without_names=True,
        )
        text = self.whole_text(path)
        self.assertNotIn("secret", text.lower())
        self.assertIn("Slowing", text)
