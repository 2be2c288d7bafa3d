"""Measures what the filter dialog asks: its preview, and the list that it leads to."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from actions import Action, Call
from measure import YEAR, machine, make_clients, measure
from reports import OURS

from odoo.service.model import call_kw

QUARTER = (date(YEAR, 4, 1), date(YEAR, 6, 30))
MINIMUM = 10_000
PREVIEW_GUIDE = 2  # seconds


def main(env, options, target):
    """Measure over a quarter and over all time, and write the result as JSON to the file
    ``target``.

    :param options: JSON: as for ``measure:main``
    """
    options = json.loads(options)
    [client] = make_clients(env, [OURS], None)
    spans = {"a quarter": _values(QUARTER), "all time": {}}
    env.cr.rollback()
    results = [
        {
            "name": name,
            "guide": guide,
            "spans": {
                span: _measured(env.registry, client, build(client, values), options)
                for span, values in spans.items()
            },
        }
        for name, build, guide in QUESTIONS
        if options["only"] in name
    ]
    content = {"machine": machine(env), "options": options, "questions": results}
    Path(target).write_text(json.dumps(content, indent=1))


def _values(days):
    """A period as the dialog's fields have it."""
    first, last = days
    return {"period": "dates", "date_from": str(first), "date_to": str(last)}


def _measured(registry, client, call, options):
    """As ``measure:measure``, with ``is_complete``: whether all was counted that was asked for."""
    action = Action(call.method, lambda _client: call, ratio=0, guide=0)
    measured = measure(registry, client, action, options)
    with registry.cursor(readonly=True) as cr:
        model = client.env(cr=cr)[call.model or client.report.model]
        answer = call_kw(model, call.method, list(call.args), call.kwargs or {})
    return measured | {"is_complete": answer.get("state") in (None, "found")}


def _preview(**asked):
    def build(client, values):
        filled_in = {**_empty(client), **values, **asked}
        return Call("preview", (filled_in,), model="customer.sales.filter")

    return build


def _list(**asked):
    def build(client, values):
        call = client.page()
        return replace(call, kwargs={**call.kwargs, "domain": _domain(client, values, asked)})

    return build


def _by_customer(client, values):
    call = client.groups("customer", largest_first=True)
    return replace(call, kwargs={**call.kwargs, "domain": _domain(client, values, {})})


def _domain(client, values, asked):
    """The domain that the dialog hands to the list."""
    filled_in = {**_empty(client), **values, **asked}
    return client.env["customer.sales.filter"].new(filled_in)._filter_domain()


def _empty(client):
    """What the dialog holds before anything is filled in: net sales of any time."""
    dialog = client.env["customer.sales.filter"].with_context(customer_sales_filter={})
    return dialog.default_get(list(dialog._fields))


TOTAL = {"amount_range": "min", "amount_min": MINIMUM, "amount_of": "customer"}
SINCE = {"since_to": str(date(YEAR, 1, 1))}

# (name, function of the client and the period's values that returns the call, seconds of all time
# for orientation)
QUESTIONS = [
    ("preview", _preview(), PREVIEW_GUIDE),
    ("preview, customers of 10,000 and more", _preview(**TOTAL), PREVIEW_GUIDE),
    ("preview, customers since the year before", _preview(**SINCE), PREVIEW_GUIDE),
    ("preview, both", _preview(**TOTAL, **SINCE), PREVIEW_GUIDE),
    ("list", _list(), 0.05),
    ("list, customers of 10,000 and more", _list(**TOTAL), 2),
    ("list, documents of 10,000 and more", _list(**TOTAL | {"amount_of": "document"}), 3),
    ("list, customers since the year before", _list(**SINCE), 2),
    ("list, both", _list(**TOTAL, **SINCE), 3),
    ("list by customer", _by_customer, 3.5),
]
