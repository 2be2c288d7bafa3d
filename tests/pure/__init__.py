"""Python alone, without Odoo's models and without a database: run in seconds by ./dev/test --pure.

What is in here imports nothing of the addon but tools/.
"""
