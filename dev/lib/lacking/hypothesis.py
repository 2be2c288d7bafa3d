"""Found instead of Hypothesis where dev/test tries an Odoo that lacks it."""

raise ImportError("Hypothesis is for ./dev/test: tests/__init__.py must not lead to it.")
