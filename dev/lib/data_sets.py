"""The data sets with published figures that tests are made against. They are not in the project: a
variable names the file of each, by default one in ../shared."""

import os
from pathlib import Path
from typing import NamedTuple

from console import say
from places import ROOT

SHARED = ROOT.parent / "shared" / "data"


class DataSet(NamedTuple):
    """
    :param folder: with the tests of it, below tests/
    :param default: the file where the variable is not set, if it is there
    """

    name: str
    variable: str
    folder: str
    default: Path


DATA_SETS = [
    DataSet(
        "Online Retail",
        "ONLINE_RETAIL_CSV",
        "online_retail",
        SHARED / "online_retail" / "online_retail_541909.csv.gz",
    ),
    DataSet("CDNOW", "CDNOW_SAMPLE", "pure/cdnow", SHARED / "cdnow" / "cdnow_sample.txt"),
]


def announce():
    """Set the variables of those that are there, and say which are."""
    for each in DATA_SETS:
        if each.variable not in os.environ and each.default.exists():
            os.environ[each.variable] = str(each.default)
        path = os.environ.get(each.variable)
        say(f"{each.name} data set: {f'tested with {path}' if path else 'not at hand, not tested'}")


def folders_without() -> list[Path]:
    """The folders whose tests are not there, for want of their data set."""
    return [ROOT / "tests" / each.folder for each in DATA_SETS if each.variable not in os.environ]
