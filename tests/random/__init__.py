"""Random documents: what needs the package Hypothesis, and pytest to run it.

They are no part of the tests that an Odoo runs by itself, which may lack it.
"""
