"""The calls that the trial of a replica makes."""

import json
from pathlib import Path

from actions import ACTIONS, Call
from filters import QUESTIONS
from measure import make_clients, with_context
from reports import OURS


def write(env, target):
    """Write the calls of all actions on this report, of what is around them, and of the filter
    dialog to the file ``target``, as JSON: dictionaries name, model, method, args, kwargs."""
    [client] = make_clients(env, [OURS], None)
    views = [[False, "list"], [False, "pivot"], [False, "graph"], [False, "search"]]
    customer = ([client.subject.customer_id], {"customer_net_sales": {}})
    calls = {
        **{action.name: action.build(client) for action in ACTIONS},
        "opening the report's views": Call("get_views", (views,)),
        "net sales on a customer's form": Call("web_read", customer, model="res.partner"),
        **{f"filter: {name}": build(client, {}) for name, build, _guide in QUESTIONS},
    }
    content = [
        {
            "name": name,
            "model": call.model or OURS.model,
            "method": call.method,
            "args": call.args,
            "kwargs": with_context(client, call),
        }
        for name, call in calls.items()
    ]
    Path(target).write_text(json.dumps(content))
