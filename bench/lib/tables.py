"""The measurements as Markdown tables."""

import statistics

from reports import NATIVE, OURS

# Of fitting and predicting so many customers
PREDICTED_CUSTOMERS, MOST_SECONDS, MOST_MEMORY = 50_000, 10, 500
PATHOLOGY_FACTOR = 5  # how many times slower than the guide a pathology may be


def comparison(result):
    """This report beside Odoo's three, and what is required."""
    natives = [report.model for report in NATIVE]
    header = ["action", "this report", *natives, "the three", "ratio", "required", "guide", "met"]
    rows = []
    for action in result["actions"]:
        reports = action["reports"]
        ours = reports[OURS.model]
        if len(reports) == 1:
            rows.append([action["name"], _seconds(ours), *["–"] * 5, "–", _guide(action), "–"])
            continue
        total = sum(reports[model]["median"] for model in natives)
        more = "> " if any(reports[model]["timed_out"] for model in natives) else ""
        ratio = total / ours["median"]
        rows.append(
            [
                action["name"],
                _seconds(ours),
                *(_seconds(reports[model]) for model in natives),
                more + _number(total),
                f"{more}{_factor(ratio)}",
                f"{action['ratio']}×",
                _guide(action),
                "yes" if ratio >= action["ratio"] and not ours["timed_out"] else "**no**",
            ]
        )
    return _table(header, rows)


def growth(results):
    """This report at several sizes."""
    sizes = [f"{_lines(result):,} lines" for result in results]
    rows = [
        [actions[0]["name"], *(_seconds(action["reports"][OURS.model]) for action in actions)]
        for actions in zip(*(result["actions"] for result in results), strict=True)
    ]
    return _table(["action", *sizes], rows)


def pathologies(results):
    """This report under circumstances, by their names; none may take longer than the last column.

    :param results: name -> result, the first without any
    """
    rows = []
    for actions in zip(*(result["actions"] for result in results.values()), strict=True):
        limit = actions[0]["guide"] * PATHOLOGY_FACTOR
        medians = [action["reports"][OURS.model] for action in actions]
        met = all(median["median"] <= limit for median in medians)
        rows.append(
            [
                actions[0]["name"],
                *(_seconds(median) for median in medians),
                _number(limit),
                "yes" if met else "**no**",
            ]
        )
    return _table(["action", *results, f"{PATHOLOGY_FACTOR} × guide", "met"], rows)


def filters(result):
    """What the filter dialog asks, over a quarter and over all time."""
    spans = list(result["questions"][0]["spans"])
    rows = [
        [
            question["name"],
            *(
                _seconds(measured) + ("" if measured["is_complete"] else ", not counted")
                for measured in question["spans"].values()
            ),
            _guide(question),
        ]
        for question in result["questions"]
    ]
    return _table(["question", *spans, "guide"], rows)


def opening(result):
    """Every screen of the app: its views, and what they show first."""
    rows = [
        [
            screen["name"],
            *(
                text
                for kind in ("views", "data")
                for text in _seconds_and_queries(screen["calls"].get(kind))
            ),
        ]
        for screen in result["screens"]
    ]
    return _table(["screen", "views", "queries", "first data", "queries"], rows)


def customers(result):
    """The customers: what was measured, beside what it is compared with, and what is required."""
    header = ["what", "seconds", "beside", "ratio", "required", "met", "more memory, MB", "note"]
    rows = []
    for row in result["rows"]:
        beside, memory = row["beside"], row.get("memory")
        slower = beside and row["seconds"] / beside
        rows.append(
            [
                row["name"],
                _number(row["seconds"]),
                _number(beside) if beside else "–",
                "–" if not slower else _factor(slower if slower >= 1 else 1 / slower),
                row["required"],
                "yes" if row["met"] else "**no**",
                "–" if memory is None else f"{memory:.0f}",
                row.get("note", ""),
            ]
        )
    return _table(header, rows)


def customers_growth(results):
    """The customers at several sizes, in seconds."""
    sizes = [f"{_lines(result):,} lines" for result in results]
    rows = [
        [same[0]["name"], *(_number(row["seconds"]) for row in same)]
        for same in zip(*(result["rows"] for result in results), strict=True)
    ]
    memory = [
        max((row["memory"] for row in result["rows"] if "memory" in row), default=0)
        for result in results
    ]
    rows.append(["more memory of refreshes, MB", *(f"{each:.0f}" for each in memory)])
    return _table(["what", *sizes], rows)


def export(results):
    """What each way to export took, and the ratios required.

    :param results: way -> its rounds
    """
    seconds = {
        kind: statistics.median(each["seconds"] for each in rounds)
        for kind, rounds in results.items()
    }
    memory = {kind: max(each["memory"] for each in rounds) for kind, rounds in results.items()}
    titles = {
        "odoo": "Odoo's own export",
        "ours": "this export",
        "bare": "bare xlsxwriter, the same cells",
        "csv": "this export, CSV",
        "million": "this export",
    }
    rows = [
        [
            titles[kind],
            f"{rounds[0]['rows']:,}",
            f"{seconds[kind]:.2f}",
            f"{memory[kind]:.0f}",
            f"{rounds[0]['size']:.1f}",
        ]
        for kind, rounds in results.items()
    ]
    first = _table(["way", "lines", "seconds", "more memory, MB", "file, MB"], rows)
    required = [
        ("Odoo's time ÷ ours", seconds["odoo"] / seconds["ours"], ">= 5"),
        ("our extra memory ÷ Odoo's", memory["ours"] / memory["odoo"], "<= 0.1"),
        ("our time ÷ the bare program's", seconds["ours"] / seconds["bare"], "<= 0.5"),
    ]
    if "million" in results:
        million = f"extra memory of {results['million'][0]['rows']:,} lines, MB"
        required.append((million, memory["million"], "<= 150"))
    rows = []
    for title, value, limit in required:
        sign, number = limit.split()
        met = value >= float(number) if sign == ">=" else value <= float(number)
        rows.append([title, f"{value:.2f}", limit, "yes" if met else "**no**"])
    return f"{first}\n\n{_table(['', 'measured', 'required', 'met'], rows)}"


def predictions(result):
    """What fitting and predicting took, and what is required of 50,000 customers."""
    share = max(result["customers"] / PREDICTED_CUSTOMERS, 1)
    rows = []
    for title, value, limit in (
        ("seconds to fit, and to try on the past", result["fit"], None),
        ("seconds to predict", result["predict"], None),
        ("seconds together", result["fit"] + result["predict"], MOST_SECONDS * share),
        ("more memory, MB", result["memory"], MOST_MEMORY * share),
    ):
        required = f"≤ {limit:.0f}" if limit else "–"
        met = ("yes" if value <= limit else "**no**") if limit else "–"
        rows.append([title, f"{value:.1f}", required, met])
    return _table(["", "measured", "required", "met"], rows)


def predictions_circumstances(result):
    """One sentence: what was fitted, on what."""
    machine = result["machine"]
    return (
        f"{machine['day']}: {result['customers']:,} customers of one company with "
        f"{result['purchases']:,} purchases; {machine['cores']} cores; Odoo {machine['odoo']}, "
        f"PostgreSQL {machine['postgresql']['server_version']}, Python {machine['python']}."
    )


def export_circumstances(results):
    """One sentence: what was exported, on what."""
    machine = results["ours"][0]["machine"]
    return (
        f"{machine['day']}: from {sum(machine['lines'].values()):,} lines; "
        f"{machine['cores']} cores; "
        f"Odoo {machine['odoo']}, PostgreSQL {machine['postgresql']['server_version']}, Python "
        f"{machine['python']}; median of {len(results['ours'])} rounds, largest memory of them."
    )


def circumstances(result):
    """One sentence: what was measured, on what."""
    machine, options = result["machine"], result["options"]
    postgresql = machine["postgresql"]
    lines = ", ".join(f"{count:,} {kind}" for kind, count in sorted(machine["lines"].items()))
    return (
        f"{machine['day']}: {_lines(result):,} lines ({lines}), {machine['customers']:,} customers,"
        f" {machine['database_gb']} GB; {machine['cores']} cores, {machine['memory_gb']} GB of"
        f" memory; Odoo {machine['odoo']}, PostgreSQL {postgresql['server_version']}"
        f" (shared_buffers {postgresql['shared_buffers']}, work_mem {options['work_mem']},"
        f" jit {postgresql['jit']}), Python {machine['python']}; median of"
        f" {options['rounds']} rounds, in seconds."
    )


def _lines(result):
    return sum(result["machine"]["lines"].values())


def _seconds(measured):
    return ("> " if measured["timed_out"] else "") + _number(measured["median"])


def _seconds_and_queries(measured):
    return [_seconds(measured), str(measured["queries"])] if measured else ["–", "–"]


def _guide(action):
    return _number(action["guide"])


def _number(seconds):
    return f"{seconds:.3f}" if seconds < 1 else f"{seconds:.1f}"


def _factor(ratio):
    return f"{ratio:.0f}×" if ratio >= 10 else f"{ratio:.1f}×"


def _table(header, rows):
    lines = [header, ["---", *["--:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
