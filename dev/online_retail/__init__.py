"""The Online Retail data set in Odoo: a loader, and a check of its published figures.

Every line of a UK online gift retailer, 2010-12-01 to 2011-12-09: Daqing Chen, "Online Retail",
UCI Machine Learning Repository, 2015, doi 10.24432/C5BW33, licence CC BY 4.0. The file is a CSV,
gzipped or not, with the columns InvoiceNo, StockCode, Description, Quantity, InvoiceDate,
UnitPrice, CustomerID, Country.

What becomes of its 541,909 lines, in a company of its own in GBP, without taxes:

=========================  =====================================================================
lines                      become
=========================  =====================================================================
with a customer            posted customer invoices
with a customer, C number  posted credit notes, with positive quantities as Odoo has them
without                    receipts of a point of sale, in one closed session per day
without, C number          refunds of that point of sale, with negative quantities
UnitPrice = 0              left out: stock movements and free samples are no sales
A number                   left out: an adjustment of bad debt is an entry in the ledger, no sale
=========================  =====================================================================

There is one document per InvoiceNo, dated by its first line. InvoiceDate is local time in London:
an invoice keeps the day, a receipt the moment, in UTC. There is one product per StockCode, named
by its most frequent description; codes that are no goods (postage, discount, fees, vouchers) are
services. A customer's country is the most frequent one on its lines.

One small document of each kind is made by Odoo's own flow. All others are written in bulk, like
that one, and equal what Odoo's own flow would have written in the columns that reports read.
All dates can be moved by whole weeks, so that the last one is in this week: days of the week and
distances stay, and screens that look at the last year have something to show.

Left unwritten is what no report of sales reads: payments of invoices, messages, and the journal
entries and stock moves of the point of sale's sessions.
"""

import logging
import sys
import time
from datetime import date

from . import bulk, masters, own_flow, staging
from .published import figures

_logger = logging.getLogger(__name__)


def load(env, path, say=_logger.info, week=None):
    """Load the file at ``path`` into a new company; nothing is committed.

    :param say: called with one sentence per step
    :param week: a day; all dates are moved by whole weeks, so that the last one is in its week
    :return: the environment in which that company is the only one selected
    :raise ValueError: if a line of the file is neither loaded nor left out for a known reason
    """
    start = time.monotonic()

    def step(text):
        say(f"{time.monotonic() - start:5.1f} s  {text}")

    env = prepare(env, path, step, week)
    own_flow.write_documents(env, staging.first_documents(env))
    bulk.write_documents(env, step)
    step("loaded")
    return env


def prepare(env, path, step, week=None):
    """Read the file, and create the company and all that the documents name.

    :param step: called with one sentence per step
    :param week: as for :func:`load`
    :return: the environment in which that company is the only one selected
    """
    step("reading the file")
    staging.read_lines(env, path, week)
    for text in staging.account_for_lines(env):
        step(text)
    step("creating the company and its point of sale")
    env = masters.create_company(env)
    masters.create_point_of_sale(env)
    step("creating customers")
    masters.create_customers(env)
    step("creating products")
    masters.create_products(env)
    return env


def main(env, path, dates="as they are"):
    """Load the file at ``path``, refresh the customers, and print each published figure beside what
    the report says.

    :param dates: ``this week`` moves them, so that the last one is in this week
    :return: whether all figures are equal
    """
    env = load(env, path, say=_print, week=date.today() if dates == "this week" else None)
    _print("refreshing the customers")
    env["customer.sales.profile"]._refresh(env.company)
    rows = figures(env)
    _print(f"\n{'figure':<40}{'published':>16}{'reported':>16}")
    for name, published, reported in rows:
        verdict = "equal" if published == reported else "DIFFERENT"
        _print(f"{name:<40}{_shown(published):>16}{_shown(reported):>16}  {verdict}")
    return all(published == reported for _name, published, reported in rows)


def _shown(figure):
    return figure if isinstance(figure, str) else f"{figure:,}"


def _print(text):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
