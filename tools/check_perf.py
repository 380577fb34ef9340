#!/usr/bin/env python3
"""Compares step times with an earlier commit: ratios of one run on one machine.

Usage: check_perf.py [--base REF] [--new COMMAND] [--workloads A,B,...] [--threads N] [--rounds N]
                     [--seconds S] [--bound RATIO]

The commit REF (HEAD~1) is built in a temporary work tree; COMMAND (build/bin/antler) is what it is
compared with. The two take turns for so many rounds (15) of S seconds (0.1), and the least time of each
counts: what other programs on the machine cost is never less than nothing. A workload above the bound
(1.1) is timed once more before it is called slower.
Exit status: 0, or 1 when a workload got slower by more than the bound, or nothing could be built.
"""

import argparse
import contextlib
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
WORKLOADS = "A,B,C,D,E,F,G,H,I"


def step_us(command, workload, threads, seconds):
    """One measurement by `antler bench`."""
    arguments = ["bench", workload, "--threads", str(threads), "--seconds", str(seconds), "--json"]
    found = subprocess.run([command, *arguments], capture_output=True, text=True, check=True)
    return json.loads(found.stdout)["step_us"]


def compare(base, new, workload, options, measure=step_us):
    """The least step times of both, in turns."""
    least = {base: float("inf"), new: float("inf")}
    for round_number in range(options.rounds):
        order = (base, new) if round_number % 2 == 0 else (new, base)
        for command in order:
            time = measure(command, workload, options.threads, options.seconds)
            least[command] = min(least[command], time)
    return least[base], least[new]


def report(base, new, options, measure=step_us, out=sys.stdout):
    """Prints a line a workload; the names of those that got slower."""
    slower = []
    print(f"{'':4}{'before, us':>14}{'now, us':>14}{'before / now':>14}", file=out)
    for workload in options.workloads.split(","):
        before, now = compare(base, new, workload, options, measure)
        if now > options.bound * before:
            again = compare(base, new, workload, options, measure)
            before, now = min(before, again[0]), min(now, again[1])
        is_slower = now > options.bound * before
        slower += [workload] if is_slower else []
        note = "  slower" if is_slower else ""
        print(f"{workload:4}{before:14.2f}{now:14.2f}{before / now:14.3f}{note}", file=out)
    return slower


@contextlib.contextmanager
def built(reference):
    """The command of an earlier commit, built in a work tree that is removed again."""
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder, "antler")
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--detach", str(tree), reference], check=True)
        try:
            configure = ["cmake", "--preset", "release", "-DANTLER_BUILD_TESTS=OFF"]
            subprocess.run(configure, cwd=tree, check=True, stdout=subprocess.DEVNULL)
            build = ["cmake", "--build", "build", "--target", "antler_cli"]
            subprocess.run(build, cwd=tree, check=True)
            yield str(tree / "build/bin/antler")
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=False)


def parse(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--base", default="HEAD~1", metavar="REF")
    parser.add_argument("--new", default=str(ROOT / "build/bin/antler"), metavar="COMMAND")
    parser.add_argument("--workloads", default=WORKLOADS)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=0.1)
    parser.add_argument("--bound", type=float, default=1.1)
    return parser.parse_args(arguments)


def main(arguments):
    options = parse(arguments)
    try:
        with built(options.base) as base:
            slower = report(base, options.new, options)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"check_perf.py: {error}", file=sys.stderr)
        return 1
    print(f"slower: {', '.join(slower)}" if slower else "no workload got slower")
    return 1 if slower else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
