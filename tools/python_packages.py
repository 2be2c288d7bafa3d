"""The Python packages that predictions need, and that the app does without otherwise."""

from importlib.util import find_spec

# Name to import -> name to install
PREDICTING = {"numpy": "numpy", "scipy": "scipy", "sklearn": "scikit-learn"}


def missing_packages() -> list[str]:
    """The names to install of those that are not there."""
    return [package for name, package in PREDICTING.items() if find_spec(name) is None]
