#!/usr/bin/env python3
"""Runs the whole course as it is, and writes what it reached to docs/course/results.md.

Usage: course_results.py
Every numbered program of examples/ is run in its full form, with each command line of its page and of
its .toml; tests/course/course.py compares and judges. The programs are looked for in build, or in
$ANTLER_BUILD_DIR. Exit status: 0, 1 when a number or a page is missed, 2 when there is nothing to run.
"""

import datetime
import os
import pathlib
import shlex
import statistics
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "course"))
import course  # noqa: E402

OUTPUT = course.PAGES / "results.md"
SHOWN_APART = 6  # as many numbers stand in a cell; of more, their range and median
COLUMNS = ("experiment", "what", "published", "low to high", "reached", "holds")


def in_words(value):
    return f"{value:.6g}"


def band(entry):
    """What an entry of a .toml asks for."""
    low, high = (in_words(entry[key]) if key in entry else None for key in ("low", "high"))
    if low is None:
        words = f"at most {high}"
    elif high is None:
        words = f"at least {low}"
    else:
        words = low if low == high else f"{low} to {high}"
    if entry.get("of") == "median":
        return f"{words} (median)"
    at_least = entry.get("at_least", entry["count"])
    return words if at_least == entry["count"] else f"{words} ({at_least} of {entry['count']})"


def summary(entry, values):
    """The numbers reached, for a cell."""
    if not values:
        return "none"
    if len(values) > 1 and min(values) == max(values):
        words = f"{in_words(values[0])}, all {len(values)}"
    elif len(values) <= SHOWN_APART:
        words = ", ".join(in_words(value) for value in values)
    else:
        words = (f"{in_words(min(values))} to {in_words(max(values))}, median "
                 f"{in_words(statistics.median(values))}")
    if "at_least" in entry:
        inside = [entry.get("low", -1e300) <= value <= entry.get("high", 1e300) for value in values]
        words += f" ({sum(inside)} of {len(values)})"
    return words


def compare_page(example, page, run):
    """(what stands in the cell "reached", whether all of the page's blocks are printed)."""
    blocks = course.output_blocks(page)
    for command, lines, tolerance in blocks:
        printed = run(example, *command[1:]).splitlines()
        difference = course.first_difference(lines, printed, tolerance)
        if difference is not None:
            return f"{shlex.join(command)}: {difference}", False
    return f"{len(blocks)} of {len(blocks)}", bool(blocks)


def judge_example(example, page, entries, run):
    """The rows of one example: (what, published, low to high, reached, holds); holds is None when data
    are missing."""
    rows = []
    try:
        rows.append(("the runs that its page shows", "the page", "as shown",
                     *compare_page(example, page, run)))
        for entry in entries:
            text = run(example, *shlex.split(entry.get("arguments", "")))
            values, holds = course.judge(entry, text)
            rows.append((entry["what"], entry["published"], band(entry), summary(entry, values),
                         holds))
    except course.MissingData as reason:
        rows.append(("not run", "", "", without_folder(str(reason)), None))
    except (AssertionError, OSError) as reason:
        rows.append(("fails", "", "", str(reason).partition("\n")[0], False))
    return rows


def without_folder(text):
    """The folder of the data is this machine's own."""
    folder = os.environ.get("ANTLER_DATA")
    return text.replace(folder, "$ANTLER_DATA") if folder else text


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def table(results):
    """`results`: (example, rows, seconds) each."""
    lines = ["| " + " | ".join(COLUMNS) + " |", "|---" * len(COLUMNS) + "|"]
    for example, rows, _ in results:
        for *words, holds in rows:
            verdict = {True: "yes", False: "**no**", None: "-"}[holds]
            cells = [f"[{example[:2]}]({example}.md)", *map(cell, words), verdict]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def machine():
    """The processor's name and how many cores this process may use."""
    names = [line.partition(":")[2].strip()
             for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
             if line.startswith("model name")]
    return f"{names[0] if names else 'unknown processor'}, {len(os.sched_getaffinity(0))} cores"


def verdicts(results):
    return [row[-1] for _, rows, _ in results for row in rows]


def document(results, date, where):
    found = verdicts(results)
    slowest = sorted(results, key=lambda result: -result[2])[:5]
    times = ", ".join(f"{example} {duration(seconds)}" for example, _, seconds in slowest)
    return f"""# Results of the course

What `make course` wrote; nothing here is edited. Each program ran in its full form, with the seeds that
its page names. In brackets: how many of the numbers must lie in the band, and how many do.

* Date: {date}
* Machine: {where}
* Time: {duration(sum(result[2] for result in results))} for {len(results)} programs; the longest: {times}
* Holds: {found.count(True)} of {len(found)}; missed: {found.count(False)}; not run: {found.count(None)}

{table(results)}
"""


def duration(seconds):
    return f"{seconds:.1f} s" if seconds < 100 else f"{seconds / 60:.1f} min"


def examples():
    return sorted(path.stem for path in (ROOT / "examples").glob("[0-9][0-9]_*.cpp"))


def run_all(names, run=course.run, out=sys.stdout):
    results = []
    for example in names:
        start = time.monotonic()
        page = (course.PAGES / f"{example}.md").read_text(encoding="utf-8")
        rows = judge_example(example, page, course.published(example, is_short=False), run)
        results.append((example, rows, time.monotonic() - start))
        print(f"{example}: {duration(results[-1][2])}", file=out, flush=True)
        for what, _, asked, reached, holds in rows:
            if not holds:
                print(f"  {what}: {asked}: {reached}", file=out, flush=True)
    return results


def main():
    if not course.PROGRAMS.is_dir():
        print(f"course_results: no programs in {course.PROGRAMS}; make course", file=sys.stderr)
        return 2
    results = run_all(examples())
    text = document(results, datetime.date.today().isoformat(), machine())
    OUTPUT.write_text(text, encoding="utf-8")
    print(f"written: {OUTPUT}")
    return 1 if False in verdicts(results) else 0


if __name__ == "__main__":
    sys.exit(main())
