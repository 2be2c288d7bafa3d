"""Measures exports inside Odoo: each in a process of its own, so that its memory can be told."""

import json
import pickle
import time
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import xlsxwriter
from generate.business import READER
from measure import machine

from odoo.api import Environment

from odoo.addons.customer_sales_report.report.workbook.columns import TEXT
from odoo.addons.customer_sales_report.report.workbook.export_file import write_export
from odoo.addons.customer_sales_report.report.workbook.export_rows import ExportRows
from odoo.addons.customer_sales_report.report.workbook.lines_sheet import Lines
from odoo.addons.customer_sales_report.report.workbook.styles import Styles
from odoo.addons.customer_sales_report.tools.export_request import LINES, ExportRequest
from odoo.addons.web.controllers import export as odoos_export

MODEL = "customer.sales.report"
COLUMNS = [
    *("date", "document_number", "document_type", "commercial_partner_id", "partner_id"),
    *("product_id", "categ_id", "quantity", "product_uom_id", "price_unit", "discount"),
    *("price_subtotal", "price_tax", "price_total", "user_id"),
]
WARM_UP = 200  # lines


def main(env, kind, lines, folder, target):
    """Export about ``lines`` lines, the newest, and write what it took to the file ``target``.

    :param kind: one of :data:`WAYS`
    :param folder: where the files go, and the cells for the bare program
    """
    user = env["res.users"].search([("login", "=", READER)])
    user.group_ids += env.ref("base.group_allow_export")
    companies = env["res.company"].search([], order="id", limit=2)
    context = {"lang": user.lang, "tz": user.tz, "allowed_company_ids": companies.ids}
    description = {"kind": kind, "machine": machine(env)}
    env.cr.commit()

    def reader(cr):
        return Environment(cr, user.id, context)

    def domain(count):
        with env.registry.cursor() as cr:
            report = reader(cr)[MODEL]
            ids = report._search([("counts_as_sale", "=", True)], order=report._order, limit=count)
            oldest = report.browse(ids.get_result_ids()[-1]).date
        return [("counts_as_sale", "=", True), ("date", ">=", str(oldest))]

    way = WAYS[kind](Path(folder))
    # What a running server has loaded already is no part of the export.
    warm_up, measured = domain(WARM_UP), domain(int(lines))
    with env.registry.cursor() as cr:
        way(reader(cr), warm_up)
    way.prepare()
    with env.registry.cursor() as cr:
        fresh = reader(cr)
        new_height()
        before, start = resident_memory(), time.perf_counter()
        description["rows"] = way(fresh, measured)
        description["seconds"] = time.perf_counter() - start
        description["memory"] = largest_memory() - before
        description["size"] = way.path.stat().st_size / 1e6
    Path(target).write_text(json.dumps(description))


def new_height():
    """The height of this process's memory begins anew."""
    Path("/proc/self/clear_refs").write_text("5")


def largest_memory() -> float:
    """Of this process since :func:`new_height`, in MB."""
    return _memory("VmHWM")


def resident_memory() -> float:
    """Of this process now, in MB."""
    return _memory("VmRSS")


def _memory(name: str) -> float:
    text = Path("/proc/self/status").read_text()
    return int(text.split(f"{name}:")[1].split()[0]) / 1024


class Ours:
    """The export of this addon."""

    file_format = "xlsx"

    def __init__(self, folder: Path):
        self.folder = folder
        self.path = folder / f"{type(self).__name__}.{self.file_format}"

    def prepare(self):
        pass

    def request(self, domain):
        return ExportRequest(
            MODEL, domain, COLUMNS, [LINES], title="Sales", file_format=self.file_format
        )

    def __call__(self, env, domain) -> int:
        return write_export(env, self.request(domain), str(self.path))


class Csv(Ours):
    file_format = "csv"


class Odoos(Ours):
    """Odoo's own export, by the code behind its route."""

    def __call__(self, env, domain) -> int:
        labels = env[MODEL].fields_get(COLUMNS, ["string", "type"])
        data = {
            "model": MODEL,
            "fields": [
                {"name": name, "label": labels[name]["string"], "type": labels[name]["type"]}
                for name in COLUMNS
            ],
            "ids": False,
            "domain": domain,
            "import_compat": False,
        }
        request = SimpleNamespace(
            env=env,
            httprequest=SimpleNamespace(environ={"REMOTE_ADDR": ""}),
            make_response=lambda content, headers: content,
        )
        with patch.object(odoos_export, "request", request):
            content = odoos_export.ExcelExport().base(json.dumps(data))
        self.path.write_bytes(content)
        return env[MODEL].search_count(domain)


class Cells(Ours):
    """Not measured: keeps the cells that the bare program is to write."""

    def __call__(self, env, domain) -> int:
        lines = Lines(ExportRows(env, self.request(domain)))
        columns = [(column.kind, column.digits) for column in lines.columns]
        rows = [row for chunk in lines.chunks() for row in chunk]
        self.path.write_bytes(pickle.dumps((columns, rows)))
        return len(rows)


class Bare(Ours):
    """A program that does nothing but write: the same cells with the same formats."""

    rows = []

    def prepare(self):
        content = (self.folder / "Cells.xlsx").read_bytes()
        self.columns, self.rows = pickle.loads(content)

    def __call__(self, env, _domain) -> int:
        book = xlsxwriter.Workbook(str(self.path), {"constant_memory": True})
        styles = Styles(book, env["res.lang"]._lang_get("en_US"))
        sheet = book.add_worksheet()
        formats = [styles.get(None, *column) for column in self.columns] if self.rows else []
        is_text = [kind == TEXT for kind, _digits in self.columns] if self.rows else []
        for number, row in enumerate(self.rows):
            for position, value in enumerate(row):
                if value is not None:
                    if is_text[position]:
                        sheet.write_string(number, position, value, formats[position])
                    else:
                        sheet.write_number(number, position, value, formats[position])
        book.close()
        return len(self.rows)


WAYS = {"odoo": Odoos, "ours": Ours, "million": Ours, "cells": Cells, "bare": Bare, "csv": Csv}
