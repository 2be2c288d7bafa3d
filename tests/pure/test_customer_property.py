"""What is read of a property's definition, and of its values in a contact's JSON."""

from datetime import date, datetime
from unittest import TestCase

from ...tools.customer_property import CustomerProperty, customer_property
from .odd_definitions import ODD, SELECTION


class TestCustomerProperty(TestCase):
    def test_one_by_one(self):
        """What is read of each definition. That models are gone is for the database to know, and
        which of two of one name comes first."""
        for part in ("labels", "names", "types", "options", "anything else"):
            for oddity, (definitions, columns) in ODD[part].items():
                with self.subTest(oddity):
                    found = {}
                    for prop in filter(None, map(customer_property, definitions)):
                        found.setdefault(prop.name, prop.label)
                    self.assertEqual(found, columns)

    def test_options(self):
        for options, expected in (
            ([["a", "A"], ["b", 5], ["c"], ["a", "B"]], (("a", "A"), ("b", "5"), ("c", "c"))),
            ([[1, "One"], None, "b", [None, "x"], [], [["a"], "A"], ["", "Empty"]], ()),
            ("abc", ()),
        ):
            with self.subTest(options):
                prop = customer_property(SELECTION | {"selection": options})
                self.assertEqual(prop.options, expected)

    def test_values(self):
        options = (("a", "A"), ("b", "B"))
        for kind, value, expected in (
            ("boolean", True, True),
            ("boolean", 1, False),
            ("char", "text", "text"),
            ("char", 5, False),
            ("date", "2026-05-17", date(2026, 5, 17)),
            ("date", "2026-05-17 10:00:00", date(2026, 5, 17)),
            ("date", "2026-02-31", False),
            ("date", "0000-01-01", False),
            ("date", 5, False),
            ("datetime", "2026-05-17 10:00:00", datetime(2026, 5, 17, 10)),
            ("datetime", "2026-05-17", datetime(2026, 5, 17)),
            ("datetime", "10:00:00", False),
            ("float", 4, 4.0),
            ("float", 10**400, False),
            ("float", "4", False),
            ("integer", 12, 12),
            ("integer", 0, 0),
            ("integer", 1.5, 1),
            ("integer", 2**31, False),
            ("integer", True, False),
            ("many2many", [5, 5, "a", True, 0, 7], [5, 7]),
            ("many2many", 5, []),
            ("many2one", 5, 5),
            ("many2one", [5, "Five"], False),
            ("selection", "a", "a"),
            ("selection", "c", False),
            ("selection", ["a"], False),
            ("tags", ["b", "a", "b", "gone", ["a"]], "B, A"),
            ("tags", "a", False),
            ("text", None, False),
        ):
            with self.subTest(kind=kind, value=value):
                read = CustomerProperty("p", kind, "P", options=options).value_of(value)
                self.assertEqual((type(read), read), (type(expected), expected))
