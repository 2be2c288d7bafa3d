"""bench/run: this report and Odoo's own side by side, on generated databases."""

import argparse
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[1] / "dev" / "lib"))

import postgres  # noqa: E402
import tables  # noqa: E402
from console import Fail, main, say, step, wait  # noqa: E402
from generated import database  # noqa: E402
from odoo_program import Odoo  # noqa: E402
from places import LOGS, PRIVATE, prepare_folders  # noqa: E402

README = HERE.parent / "README.md"
RESULTS = PRIVATE / "bench"
GROWTH = (300_000, 3_000_000, 10_000_000)
WORK_MEM, DEFAULT_WORK_MEM = "64MB", "4MB"
STATEMENT_TIMEOUT = 120  # seconds
EXPORTED, MILLION = 98_000, 1_000_000  # lines; Odoo's own export reads 100,000 at most
EXPORT_ROUNDS = 3
DISK_PER_LINE = 2.5e-6  # gigabytes, with room for making it


def bench(arguments):
    options = _parse(arguments)
    largest = max(GROWTH) if options.growth else options.lines * (1 + options.pathologies)
    prepare_folders(gigabytes=6 + largest * DISK_PER_LINE)
    RESULTS.mkdir(exist_ok=True)
    odoo = Odoo.prepare(options.odoo)
    os.environ["PYTHONPATH"] = os.pathsep.join([os.environ["PYTHONPATH"], str(HERE)])
    with postgres.server():
        if options.customers and options.growth:
            kind, text = "customers-growth", _customers_growth(odoo, options)
        elif options.products:
            kind, text = "products", _products(odoo, options)
        elif options.customers:
            kind, text = "customers", _customers(odoo, options)
        elif options.over_time:
            kind, text = "over-time", _over_time(odoo, options)
        elif options.growth:
            kind, text = "growth", _growth(odoo, options)
        elif options.pathologies:
            kind, text = "pathologies", _pathologies(odoo, options)
        elif options.filter:
            kind, text = "filter", _filter(odoo, options)
        elif options.opening:
            kind, text = "opening", _opening(odoo, options)
        elif options.export:
            kind, text = "export", _export(odoo, options)
        elif options.predictions:
            kind, text = "predictions", _predictions(odoo, options)
        else:
            kind, text = "comparison", _comparison(odoo, options)
    say(f"\n{text}\n")
    (RESULTS / f"{kind}.md").write_text(text + "\n")
    say(f"Written to {RESULTS}")
    if options.keep:
        _keep(kind, text)
    return 0


def _parse(arguments):
    parser = argparse.ArgumentParser(prog="bench/run", add_help=False)
    parser.add_argument("--lines", type=int, default=3_000_000)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--pathologies", action="store_true")
    parser.add_argument("--export", action="store_true")
    parser.add_argument("--filter", action="store_true")
    parser.add_argument("--opening", action="store_true")
    parser.add_argument("--customers", action="store_true")
    parser.add_argument("--over-time", action="store_true")
    parser.add_argument("--products", action="store_true")
    parser.add_argument("--predictions", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="")
    parser.add_argument("--ours", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--odoo")
    return parser.parse_args(arguments)


def _comparison(odoo, options):
    name = database(odoo, options.lines)
    result = _measure(odoo, name, "comparison", options, native=not options.ours)
    return f"{tables.circumstances(result)}\n\n{tables.comparison(result)}"


def _growth(odoo, options):
    results = [
        _measure(odoo, database(odoo, lines), f"growth-{lines}", options) for lines in GROWTH
    ]
    return f"{tables.circumstances(results[-1])}\n\n{tables.growth(results)}"


def _pathologies(odoo, options):
    name = database(odoo, options.lines)
    half = database(odoo, options.lines, half=True)
    results = {
        "as usual": _measure(odoo, name, "plain", options),
        "one customer has half of the lines": _measure(odoo, half, "half", options, customer=1),
        f"work_mem {DEFAULT_WORK_MEM}": _measure(
            odoo, name, "work_mem", options, work_mem=DEFAULT_WORK_MEM
        ),
    }
    with _without_statistics(name):
        results["no statistics"] = _measure(odoo, name, "statistics", options)
    return f"{tables.circumstances(results['as usual'])}\n\n{tables.pathologies(results)}"


def _filter(odoo, options):
    name = database(odoo, options.lines)
    result = _measure(odoo, name, "filter", options, function="filters:main")
    return f"{tables.circumstances(result)}\n\n{tables.filters(result)}"


def _opening(odoo, options):
    name = database(odoo, options.lines)
    result = _measure(odoo, name, "opening", options, function="opening:main")
    return f"{tables.circumstances(result)}\n\n{tables.opening(result)}"


def _customers(odoo, options):
    result = _measure_customers(odoo, options, options.lines, "customers")
    return f"{tables.circumstances(result)}\n\n{tables.customers(result)}"


def _customers_growth(odoo, options):
    results = [
        _measure_customers(odoo, options, lines, f"customers-growth-{lines}") for lines in GROWTH
    ]
    return f"{tables.circumstances(results[-1])}\n\n{tables.customers_growth(results)}"


def _over_time(odoo, options):
    result = _measure_customers(odoo, options, options.lines, "over-time", "over_time")
    return f"{tables.circumstances(result)}\n\n{tables.customers(result)}"


def _products(odoo, options):
    result = _measure_customers(odoo, options, options.lines, "products", "products")
    return f"{tables.circumstances(result)}\n\n{tables.customers(result)}"


def _measure_customers(odoo, options, lines, title, module="customers"):
    name = database(odoo, lines)
    step(
        "Deriving the customers",
        odoo.function(name, f"{module}:prepare"),
        LOGS / "bench-customers.log",
    )
    postgres.query("VACUUM (ANALYZE)", name)
    result = _measure(odoo, name, title, options, function=f"{module}:main")
    postgres.query("VACUUM (ANALYZE)", name)  # what was tried and forgotten
    return result


def _export(odoo, options):
    """Each way to export in a process of its own, in turns."""
    name = database(odoo, options.lines)
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        _run_export(odoo, name, "cells", EXPORTED, folder)
        for _round in range(min(options.rounds, EXPORT_ROUNDS)):
            for kind in ("odoo", "ours", "bare", "csv"):
                result = _run_export(odoo, name, kind, EXPORTED, folder)
                results.setdefault(kind, []).append(result)
        if options.lines >= MILLION:
            results["million"] = [_run_export(odoo, name, "million", MILLION, folder)]
    return f"{tables.export_circumstances(results)}\n\n{tables.export(results)}"


def _run_export(odoo, name, kind, lines, folder):
    say(f"== {kind}: about {lines:,} lines")
    target = RESULTS / "export.json"
    argv = odoo.function(name, "export:main", kind, str(lines), folder, str(target))
    if wait(subprocess.Popen(argv)) != 0:
        raise Fail(f"exporting from the database {name} failed, see above.")
    result = json.loads(target.read_text())
    say("{seconds:.2f} s, {memory:.0f} MB".format(**result))
    return result


def _predictions(odoo, options):
    name = database(odoo, options.lines)
    target = RESULTS / "predictions.json"
    argv = odoo.function(name, "predictions:main", str(target))
    if wait(subprocess.Popen(argv)) != 0:
        raise Fail(f"predicting in the database {name} failed, see above.")
    result = json.loads(target.read_text())
    return f"{tables.predictions_circumstances(result)}\n\n{tables.predictions(result)}"


def _measure(
    odoo,
    name,
    title,
    options,
    *,
    function="measure:main",
    native=False,
    customer=None,
    work_mem=WORK_MEM,
):
    """Measure on the database ``name``; return the result, which is also written as JSON."""
    target = RESULTS / f"{title}.json"
    arguments = {
        "rounds": options.rounds,
        "only": options.only,
        "native": native,
        "customer": customer,
        "work_mem": work_mem,
        "timeout": STATEMENT_TIMEOUT,
    }
    say(f"== {title}: {name}")
    argv = odoo.function(name, function, json.dumps(arguments), str(target))
    if wait(subprocess.Popen(argv)) != 0:
        raise Fail(f"measuring on the database {name} failed, see above.")
    return json.loads(target.read_text())


@contextlib.contextmanager
def _without_statistics(name):
    """Let PostgreSQL know nothing of the tables' contents, as after restoring a backup."""
    forget = "DELETE FROM pg_statistic WHERE starelid >= 16384"  # not those of PostgreSQL itself
    role = os.environ["PGUSER"]
    try:
        if not postgres.IS_EXTERNAL:
            os.environ["PGUSER"] = "postgres"  # the superuser of the private server
        postgres.query(forget, name)
    except subprocess.CalledProcessError as error:
        raise Fail("forgetting statistics needs a superuser of PostgreSQL.") from error
    finally:
        os.environ["PGUSER"] = role
    try:
        yield
    finally:
        postgres.query("ANALYZE", name)


def _keep(kind, text):
    """Replace what stands between the marks of ``kind`` in the README."""
    marks = f"<!-- {kind} -->", f"<!-- end of {kind} -->"
    pattern = re.compile(f"({marks[0]}\n).*?({marks[1]})", re.DOTALL)
    before = README.read_text()
    README.write_text(pattern.sub(lambda match: f"{match[1]}{text}\n{match[2]}", before))


if __name__ == "__main__":
    main(bench)
