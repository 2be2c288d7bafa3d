"""Calls a function inside Odoo: ``in_odoo.py DATABASE MODULE:FUNCTION [ARGUMENT...]``."""

import importlib
import sys
from pathlib import Path

import odoo.init  # noqa: F401  before all else of Odoo, as its own programs do
from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.service import server
from odoo.tools import config

sys.path.append(str(Path(__file__).resolve().parents[1]))


def call(database, target, *arguments):
    """Call ``MODULE:FUNCTION(env, *arguments)`` as the superuser, and commit."""
    options = ["-d", database, "--no-http", "--log-level=warn"]
    config.parse_config(options, setup_logging=True)
    server.load_server_wide_modules()
    module, function = target.split(":")
    with Registry(database).cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        return getattr(importlib.import_module(module), function)(env, *arguments)


def keep_files_in_database(env):
    """Store files as rows, so that copying a database copies everything."""
    env["ir.config_parameter"].set_param("ir_attachment.location", "db")
    env["ir.attachment"].force_storage()


def generate_assets(env):
    """Make the web pages' script and style files now: the first page would take long."""
    qweb = env["ir.qweb"]
    qweb._pregenerate_assets_bundles()
    for bundle in ("web.assets_web", "web.assets_frontend"):
        qweb._get_asset_bundle(bundle, css=True, js=False, rtl=True).css()


if __name__ == "__main__":
    sys.exit(call(*sys.argv[1:]) is False)
