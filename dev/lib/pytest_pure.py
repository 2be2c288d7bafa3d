"""A pytest plugin: the tests in tests/pure/ run without an Odoo, its apps or a database.

Importing anything of the addon would import its ``__init__``, and with it every model and the apps
that they extend. So the packages on the way to ``tools/`` and ``tests/pure/`` are there from the
beginning, and empty: nothing but what a test asks for is imported, and a test that asks for a
model fails.
"""

import sys
from types import ModuleType

from places import ADDON, MODULE

for name, folder in ((MODULE, ADDON), (f"{MODULE}.tests", ADDON / "tests")):
    package = sys.modules[name] = ModuleType(name)
    package.__path__ = [str(folder)]
