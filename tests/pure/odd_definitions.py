"""Definitions of properties as they should not be, and what becomes of them."""

LONGEST_NAME = "n" * 512

CHAR = {"name": "a", "type": "char"}
SELECTION = {"name": "a", "type": "selection", "string": "A"}
TAGS = {"name": "a", "type": "tags", "string": "A"}
RECORD = {"name": "a", "type": "many2one", "string": "A"}
RECORDS = {"name": "a", "type": "many2many", "string": "A"}

# Part of a definition -> what is odd about it -> (definitions, the columns that come of them: name
# of the property -> label)
ODD = {
    "labels": {
        "no label": ([CHAR], {"a": "a"}),
        "label is a number": ([CHAR | {"string": 5}], {"a": "5"}),
        "label is a fraction": ([CHAR | {"string": 2.5}], {"a": "2.5"}),
        "label is null": ([CHAR | {"string": None}], {"a": "a"}),
        "label is true": ([CHAR | {"string": True}], {"a": "a"}),
        "label is empty": ([CHAR | {"string": ""}], {"a": "a"}),
        "label is blank": ([CHAR | {"string": " \t "}], {"a": "a"}),
        "label is a list": ([CHAR | {"string": ["A"]}], {"a": "a"}),
        "label is an object": ([CHAR | {"string": {"en_US": "A"}}], {"a": "a"}),
        "label has a control character": ([CHAR | {"string": "A\x0bB"}], {"a": "A B"}),
        "label is a control character": ([CHAR | {"string": "\x1b"}], {"a": "a"}),
        "label has no character": ([CHAR | {"string": "A\uffff"}], {"a": "A"}),
        "label has lines": ([CHAR | {"string": "A\r\nB"}], {"a": "A B"}),
        "label is markup": ([CHAR | {"string": "<b a='&'>\"%s {0}"}], {"a": "<b a='&'>\"%s {0}"}),
        "label is long": ([CHAR | {"string": "A" * 10_000}], {"a": "A" * 10_000}),
        "labels of different types": (
            [CHAR | {"string": 5}, CHAR | {"name": "b", "string": "B"}, CHAR | {"name": "c"}],
            {"a": "5", "b": "B", "c": "c"},
        ),
        "labels are the same": (
            [CHAR | {"string": "A"}, CHAR | {"name": "b", "string": "A"}],
            {"a": "A", "b": "A"},
        ),
    },
    "names": {
        "no name": ([{"type": "char", "string": "A"}], {}),
        "name is null": ([CHAR | {"name": None}], {}),
        "name is empty": ([CHAR | {"name": ""}], {}),
        "name is a number": ([CHAR | {"name": 5}], {}),
        "name is a list": ([CHAR | {"name": ["a"]}], {}),
        "name in capitals": ([CHAR | {"name": "A"}], {}),
        "name in capitals and not": ([CHAR | {"name": "A"}, CHAR], {"a": "a"}),
        "name has a blank": ([CHAR | {"name": "a b"}], {}),
        "name has a dot": ([CHAR | {"name": "a.b"}], {}),
        "name has a colon": ([CHAR | {"name": "a:b"}], {}),
        "name has a quote": ([CHAR | {"name": "a\"b'c"}], {}),
        "name has a percent sign": ([CHAR | {"name": "a%s"}], {}),
        "name has an accent": ([CHAR | {"name": "à"}], {}),
        "name ends a line": ([CHAR | {"name": "a\n"}], {}),
        "name is too long": ([CHAR | {"name": LONGEST_NAME + "n"}], {}),
        "name is as long as can be": (
            [CHAR | {"name": LONGEST_NAME}],
            {LONGEST_NAME: LONGEST_NAME},
        ),
        "names of Python and of the report": (
            [CHAR | {"name": name} for name in ("class", "id", "__class__", "_table", "date", "0")],
            {name: name for name in ("class", "id", "__class__", "_table", "date", "0")},
        ),
        "two of one name": (
            [CHAR | {"string": "First"}, {"name": "a", "type": "integer", "string": "Second"}],
            {"a": "First"},
        ),
    },
    "types": {
        "no type": ([{"name": "a"}], {}),
        "type is null": ([CHAR | {"type": None}], {}),
        "type is a number": ([CHAR | {"type": 5}], {}),
        "type is a list": ([CHAR | {"type": ["char"]}], {}),
        "type is unknown": ([CHAR | {"type": "signature"}, CHAR | {"name": "b"}], {"b": "b"}),
        "type is one of fields, not of properties": ([CHAR | {"type": "one2many"}], {}),
        "separator": ([CHAR | {"type": "separator"}], {}),
        "markup that is not cleaned": ([CHAR | {"type": "html"}], {}),
        "markup": ([{"name": "a_html", "type": "html"}], {"a_html": "a_html"}),
    },
    "options": {
        **{
            f"options of a selection: {options!r}": (
                [SELECTION | {"selection": options}],
                {"a": "A"},
            )
            for options in (
                *(
                    None,
                    [],
                    {},
                    "abc",
                    5,
                    {"a": "A"},
                    ["a"],
                    [["a"]],
                    [["a", "A", "B"]],
                    [[]],
                    [None],
                ),
                *(
                    [[1, "One"]],
                    [[None, "x"]],
                    [["a", 5]],
                    [["a", None]],
                    [["a", ["A"]]],
                    [[["a"], 1]],
                ),
                *([["a", "A"], ["a", "B"]], [["a", "\x0b"]], [["", "Empty"]], [[True, "Yes"]]),
            )
        },
        "no options": ([SELECTION], {"a": "A"}),
        **{
            f"tags: {tags!r}": ([TAGS | {"tags": tags}], {"a": "A"})
            for tags in (
                *(None, [], {}, "abc", 5, {"a": "A"}, ["a"], [["a"]], [["a", "A"]], [[]], [None]),
                *(
                    [[1, "One", 1]],
                    [[None, "x", 1]],
                    [["a", 5, 1]],
                    [["a", None, 1]],
                    [[["a"], "A", 1]],
                ),
                *([["a", "A", "red"]], [["a", "A", 1], ["a", "B", 2]], [["a", "A", 1], ["b", "A"]]),
            )
        },
        "no tags": ([TAGS], {"a": "A"}),
    },
    "models": {
        **{
            f"records of {comodel!r}": ([RECORD | {"comodel": comodel}], {})
            for comodel in (
                *("gone.model", "", None, 5, ["res.partner"], True),
                *("mail.thread", "customer.sales.filter", "account.invoice.report"),
                "customer.sales.report",
            )
        },
        "records of no model": ([RECORD, RECORDS | {"name": "b"}], {}),
        "records of a model that is gone": ([RECORDS | {"comodel": "gone.model"}], {}),
        "records that few may read": (
            [
                RECORD | {"comodel": "ir.config_parameter"},
                RECORDS | {"name": "b", "comodel": "ir.config_parameter"},
            ],
            {"a": "A", "b": "A"},
        ),
    },
    "anything else": {
        "default of another type": ([CHAR | {"default": [[5]]}], {"a": "a"}),
        "keys unknown": ([CHAR | {"nonsense": {"a": 1}}], {"a": "a"}),
        "domain that is none": (
            [RECORD | {"comodel": "res.partner", "domain": "[(("}],
            {"a": "A"},
        ),
        "no definitions": ([5, None, "a", [], {}, CHAR], {"a": "a"}),
    },
}

# What stands there instead of definitions
NO_LISTS = [{"name": "a", "type": "char"}, "a", 5, None, [], {}]

TWO_HUNDRED = [
    {
        "name": f"p{number}",
        "type": kind,
        "string": f"P {number}",
        **({"comodel": "res.partner"} if kind.startswith("many") else {}),
    }
    for number, kind in enumerate(
        ["char", "integer", "date", "many2one", "many2many", "tags", "selection", "float"] * 25
    )
]
