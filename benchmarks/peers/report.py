"""From the rounds' answers to medians, ratios to the best peer, and a table in Markdown.

A result is (threads, workload, peer) -> list of answers, one a round; see README.md for their keys.
"""

import statistics

ANTLER = "antler"
TOLERANCE = 1e-3
# What is measured: the answers' key, the table's title, the unit.
MEASURES = (
    ("step_us", "Training step", "µs"),
    ("predict_us", "Prediction of one example", "µs"),
    ("predict_many_us", "Prediction of 10,000 examples in one call", "µs"),
    ("epoch_s", "One epoch of fit", "s"),
    ("val_loss", "Loss on the validation rows after the first epoch", "no time"),
    ("first_step_s", "First step of a built network", "s"),
    ("answer_s", "From the start of the process to the first finished step", "s"),
    ("exit_s", "The same process to its exit", "s"),
    ("peak_mb", "The most memory that process had", "MB"),
)
# Taken once a process, not once a round.
ONCE = ("first_step_s", "val_loss")
NO_TIME = ("val_loss",)


def summary(values):
    """Median, quartiles and extremes of a measure's rounds."""
    values = sorted(values)
    lower, _, upper = (
        statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    )
    return {
        "median": statistics.median(values),
        "quartiles": [lower, upper],
        "min": values[0],
        "max": values[-1],
        "rounds": len(values),
    }


def summaries(results):
    """A row a measure, thread count, workload and peer, in the order of the results."""
    rows = []
    for key, _, _ in MEASURES:
        for (threads, workload, peer), answers in results.items():
            values = [answer[key] for answer in answers if key in answer]
            if values:
                values = values[:1] if key in ONCE else values
                place = {"measure": key, "threads": threads, "workload": workload, "peer": peer}
                rows.append({**place, **summary(values)})
    return rows


def numbers_of(answers):
    """What has to agree: losses and predictions of the first request."""
    first = answers[0]
    return [*first.get("losses", []), *first.get("outputs", [])]


def difference(expected, got):
    """The largest |expected - got| / max(1, |expected|); infinite for NaN or another count."""
    if len(expected) != len(got):
        return float("inf")
    worst = [abs(a - b) / max(1, abs(a)) for a, b in zip(expected, got)]
    return float("inf") if any(value != value for value in worst) else max(worst, default=0.0)


def differences(results):
    """By how much each (threads, workload, peer) differs from the first peer of its workload."""
    references, found = {}, {}
    for (threads, workload, peer), answers in results.items():
        if answers:
            numbers = numbers_of(answers)
            reference = references.setdefault((threads, workload), numbers)
            found[threads, workload, peer] = difference(reference, numbers)
    return found


def outside(found):
    return [place for place, differs in found.items() if not differs <= TOLERANCE]


def ratios(rows, marked=()):
    """best peer / Antler, of medians: {(measure, threads, workload): (ratio, best peer)}.

    A peer whose numbers differ did other work and is never the best.
    """
    best, antler = {}, {}
    for row in rows:
        key = (row["measure"], row["threads"], row["workload"])
        if row["measure"] in NO_TIME:
            continue
        if row["peer"] == ANTLER:
            antler[key] = row["median"]
        elif (row["threads"], row["workload"], row["peer"]) not in marked:
            if key not in best or row["median"] < best[key][0]:
                best[key] = (row["median"], row["peer"])
    return {key: (best[key][0] / antler[key], best[key][1]) for key in antler if key in best}


def figure(value):
    """Three digits, and no exponent."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.{1 if value >= 10 else 2 if value >= 1 else 3}f}"


def cell(row, marked):
    if row is None:
        return ""
    mark = " !" if (row["threads"], row["workload"], row["peer"]) in marked else ""
    if row["rounds"] == 1:
        return figure(row["median"]) + mark
    low, high = row["quartiles"]
    return f"{figure(row['median'])} ({figure(low)}..{figure(high)}){mark}"


def table(rows, found_ratios, marked):
    """The rows of one measure and thread count: a line a peer, a column a workload."""
    workloads = list(dict.fromkeys(row["workload"] for row in rows))
    peers = list(dict.fromkeys(row["peer"] for row in rows))
    by_place = {(row["peer"], row["workload"]): row for row in rows}
    lines = [f"| | {' | '.join(workloads)} |", "|---" * (len(workloads) + 1) + "|"]
    for peer in peers:
        cells = [cell(by_place.get((peer, workload)), marked) for workload in workloads]
        lines.append(f"| {peer} | {' | '.join(cells)} |")
    found = [
        found_ratios.get((rows[0]["measure"], rows[0]["threads"], workload))
        for workload in workloads
    ]
    if any(found):
        cells = [f"{figure(ratio[0])} ({ratio[1]})" if ratio else "" for ratio in found]
        lines.append(f"| **best peer / antler** | {' | '.join(cells)} |")
    return lines


def agreement(found):
    lines = ["", "## Do they compute the same?", ""]
    lines.append(
        "Ten losses, and a prediction after the first step, against those of the first peer: the "
        "largest difference, relative to max(1, |value|)."
    )
    lines += ["", "| workload | threads | largest difference | of |", "|---|---|---|---|"]
    worst = {}
    for (threads, workload, peer), differs in found.items():
        if differs >= worst.get((workload, threads), (-1.0, ""))[0]:
            worst[workload, threads] = (differs, peer)
    for (workload, threads), (differs, peer) in worst.items():
        lines.append(f"| {workload} | {threads} | {differs:.1e} | {peer} |")
    for threads, workload, peer in outside(found):
        lines.append("")
        lines.append(
            f"! {peer} differs in {workload} ({threads} threads): its times are of other work."
        )
    return lines


def markdown(head, results, faults, titles):
    """The whole report. head: {label: text}; titles: {workload: what it is}."""
    rows = summaries(results)
    found = differences(results)
    marked = outside(found)
    found_ratios = ratios(rows, marked)
    lines = ["# Antler beside its peers", ""]
    lines += [f"* {label}: {text}" for label, text in head.items()]
    lines += [f"* **{fault}**" for fault in faults]
    lines += [
        "",
        "Medians of the rounds, in brackets their quartiles. Of the ratios, more than 1 says that Antler",
        "is that many times better.",
        "",
        "Workloads:",
        "",
    ]
    lines += [f"* {name}: {title}" for name, title in titles.items()]
    for key, title, unit in MEASURES:
        for threads in sorted({row["threads"] for row in rows}):
            own = [row for row in rows if (row["measure"], row["threads"]) == (key, threads)]
            if own:
                lines += ["", f"## {title}, {unit}, {threads} thread{'s' * (threads > 1)}", ""]
                lines += table(own, found_ratios, marked)
    return "\n".join(lines + agreement(found)) + "\n"


def as_json(head, results, faults):
    rows = summaries(results)
    found = differences(results)
    found_ratios = ratios(rows, outside(found))
    names = ("threads", "workload", "peer")
    return {
        "head": head,
        "faults": faults,
        "summaries": rows,
        "ratios": [
            {"measure": key[0], "threads": key[1], "workload": key[2], "best": best, "ratio": ratio}
            for key, (ratio, best) in found_ratios.items()
        ],
        "differences": [{**dict(zip(names, key)), "differs": str(d)} for key, d in found.items()],
        "rounds": [{**dict(zip(names, key)), "answers": a} for key, a in results.items()],
    }
