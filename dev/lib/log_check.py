"""An Odoo log must hold no warning and no error, but for the known ones of others."""

import re

ENTRY = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (WARNING|ERROR|CRITICAL) \S+ (.*)")
NEW_ENTRY = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ [A-Z]+ ")

# (pattern of "logger: message", why it is none of ours)
FOREIGN = []


def complaints(log):
    """The warnings and errors of the log file ``log``, each with the lines that follow it."""
    found = []
    following = False
    for line in log.open(errors="replace"):
        if entry := ENTRY.match(line):
            following = not any(re.search(pattern, entry.group(2)) for pattern, _why in FOREIGN)
            if following:
                found.append(line)
        elif NEW_ENTRY.match(line):
            following = False
        elif following:
            found[-1] += line
    return found
