"""An Odoo log must hold no warning and no error, whoever wrote it."""

import re

ENTRY = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ ([A-Z]+) ")
COMPLAINTS = {"WARNING", "ERROR", "CRITICAL"}


def complaints(log):
    """The warnings and errors of the log file ``log``, each with the lines that follow it."""
    found = []
    following = False
    for line in log.open(errors="replace"):
        if entry := ENTRY.match(line):
            following = entry.group(1) in COMPLAINTS
            if following:
                found.append(line)
        elif following:
            found[-1] += line
    return found
