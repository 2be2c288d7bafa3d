"""Custom fields of contacts, manual ones and properties, as columns of exported files."""

import csv
from datetime import datetime

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from ..report.workbook.columns import exportable
from .custom_fields_common import PROPERTIES, REPORT, CustomFieldsCommon
from .export_common import ExportCommon

MANUAL = ["x_tier", "x_points", "x_fee", "x_until", "x_vip", "x_agent_id", "x_served_ids", "x_size"]


@tagged("post_install", "-at_install")
class TestExportCustomFields(CustomFieldsCommon, ExportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manual_field("x_tier", "char", label="Tier")
        cls.manual_field("x_points", "integer")
        cls.manual_field("x_fee", "float")
        cls.manual_field("x_until", "date")
        cls.manual_field("x_vip", "boolean", label="VIP Card")
        cls.manual_field("x_agent_id", "many2one", relation="res.partner", label="Agent")
        cls.manual_field("x_served_ids", "many2many", relation="res.country", label="Served")
        options = [("l", "Large"), ("s", "Small")]
        cls.manual_field(
            "x_size",
            "selection",
            selection_ids=[
                Command.create({"value": value, "name": name, "sequence": number})
                for number, (value, name) in enumerate(options)
            ],
        )
        cls.properties(**PROPERTIES)
        countries = cls.env.ref("base.es") + cls.env.ref("base.fr")
        cls.acme.write(
            {
                "x_tier": "=Gold",
                "x_points": 7,
                "x_fee": 1.25,
                "x_until": "2026-05-17",
                "x_vip": True,
                "x_agent_id": cls.ann.id,
                "x_served_ids": countries.ids,
                "x_size": "l",
                "properties": {
                    "grade": "=A",
                    "vip": True,
                    "seats": 12,
                    "score": 4.5,
                    "signed": "2026-05-17",
                    "called": "2026-05-17 10:30:00",
                    "size": "l",
                    "labels": ["g", "n"],
                    "buyer": cls.ann.id,
                    "banks": countries.ids,
                    "memo": "Long text",
                },
            }
        )
        cls.names = [f"x_property_{name}" for name in PROPERTIES if name != "line"]

    @property
    def user_env(self):
        return self.env(su=False, context={"tz": "UTC"})

    def customers_first(self, columns):
        """The sheet of lines: Acme, then Globex."""
        columns = ["commercial_partner_id", *columns]
        book = self.workbook("lines", columns=columns, order="price_subtotal", env=self.user_env)
        return book["Lines"]

    def test_manual_fields(self):
        sheet = self.customers_first(MANUAL)
        day = datetime(2026, 5, 17)
        agent = self.ann.display_name
        self.assertCells(
            sheet,
            [
                ["Total", None, None, None],
                [
                    *("Customer", "Tier", "Points", "Fee", "Until", "VIP Card", "Agent"),
                    *("Served", "Size"),
                ],
                ["Acme", "=Gold", 7, 1.25, day, "Yes", agent, "France, Spain", "Large"],
                ["Globex", None, 0, 0, None, "No", None, None, None],
            ],
        )
        self.assertEqual(sheet["B3"].data_type, "s")
        self.assertEqual(sheet["E3"].number_format, "mm/dd/yyyy")

    def test_properties(self):
        sheet = self.customers_first(self.names)
        agent = self.ann.display_name
        self.assertCells(
            sheet,
            [
                ["Total"],
                [
                    *("Customer", "Grade", "VIP", "Seats", "Score", "Signed on", "Called at"),
                    *("Size", "Labels", "Buyer", "Countries Served", "Memo"),
                ],
                [
                    *("Acme", "=A", "Yes", 12, 4.5, datetime(2026, 5, 17)),
                    *(datetime(2026, 5, 17, 10, 30), "Large", "Gold, New", agent),
                    *("Spain, France", "Long text"),
                ],
                ["Globex", None, "No", 0, 0, None, None, None, None, None, None, None],
            ],
        )
        self.assertEqual(sheet["B3"].data_type, "s")
        self.assertEqual(sheet["F3"].number_format, "mm/dd/yyyy")
        self.assertEqual(sheet["D1"].value, None)  # a customer's figure on each line has no sum

    def test_as_the_list_shows_them(self):
        rows = self.report.search(self.domain, order="price_subtotal")
        shown = [rows.mapped(name) for name in ("x_property_grade", "x_property_labels")]
        sheet = self.customers_first(["x_property_grade", "x_property_labels"])
        for column, values in enumerate(shown, 1):
            cells = [row[column].value or False for row in sheet.iter_rows(3)]
            self.assertEqual(cells, values)

    def test_csv(self):
        columns = ["commercial_partner_id", "x_tier", "x_property_grade", "x_property_called"]
        columns += ["x_property_score", "x_property_buyer"]
        path = self.export(
            file_format="csv", columns=columns, order="price_subtotal", env=self.user_env
        )
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        agent = self.ann.display_name
        self.assertEqual(
            rows[1:],
            [
                ["Acme", "'=Gold", "'=A", "2026-05-17 10:30:00", "4.5", agent],
                ["Globex", "", "", "", "0", ""],
            ],
        )

    def test_grouped_by_a_property(self):
        sheet = self.cached(
            "grouped", group_by=["x_property_size"], columns=["price_subtotal"], env=self.user_env
        )["Groups"]
        groups = {row[0].value: row[1].value for row in sheet.iter_rows(3) if row[0].value}
        self.assertEqual(groups, {"Large (1)": 10, "None (1)": 100})

    def test_sorted_by_a_property(self):
        self.globex.properties = {"grade": "B"}
        sheet = self.workbook(
            "lines",
            columns=["x_property_grade"],
            order="x_property_grade desc",
            env=self.user_env,
        )["Lines"]
        self.assertEqual([row[0].value for row in sheet.iter_rows(3)], ["B", "=A"])

    def test_left_out_without_names(self):
        columns = ["price_subtotal", *MANUAL, *self.names]
        sheet = self.workbook("lines", columns=columns, without_names=True)["Lines"]
        self.assertEqual([cell.value for cell in sheet[2]], ["Untaxed Total (USD)"])

    def test_private_ones_need_the_permission(self):
        self.mark_private("x_tier", "x_property_grade")
        self.addCleanup(self.mark_private)
        level = "customer_sales_report.group_customer_sales_all,base.group_allow_export"
        companies = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        contact = "customer_sales_report.group_customer_sales_contact"
        without = new_test_user(self.env, "export_custom_without", level, **companies)
        permitted = new_test_user(
            self.env, "export_custom_permitted", f"{level},{contact}", **companies
        )
        private = {"x_tier", "x_property_grade"}
        for user, seen in ((without, set()), (permitted, private)):
            report = self.env[REPORT].with_user(user)
            names = exportable(report)
            self.assertEqual(private & set(names), seen)
            self.assertIn("x_property_size", names)
        self.export("lines", columns=sorted(private), env=self.env(user=permitted.id, su=False))
        for name in private:
            with self.assertRaises(AccessError):
                self.export("lines", columns=[name], env=self.env(user=without.id, su=False))
        columns = ["date", *private, "x_property_size"]
        wizard = Form(
            self.env(user=without.id, su=False)["customer.sales.export"].with_context(
                active_model=REPORT, active_domain=self.domain, columns=columns
            )
        )
        names = [column["name"] for column in wizard.column_ids._records]
        self.assertEqual(names, ["date", "x_property_size"])
