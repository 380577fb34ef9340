"""Runs the programs of the course, and compares them with their pages and with what is published.

docs/course/NN_name.md  the page. A block ```output shows a run; its first line is the command,
                        `$ NN_name --set x=1`. Text must be equal, numbers equal within the tolerance
                        that the fence names (```output tolerance=0.01: |shown - printed| <= tolerance
                        * max(1, |shown|); none: as printed). `...` stands for any text within a line,
                        alone on a line for any lines.
docs/course/NN_name.toml  the numbers to reach:
  [[number]]
  what = "loss of epoch 40, each of seeds 0 to 4"
  label = "epoch 40 loss"      # the numbers behind this text, wherever the program prints it
  count = 5                    # how many there are
  low = 0.012                  # where they must lie; one of both may be left out
  high = 0.08
  published = "0.022 to 0.054: real Keras, 48 seeds"
  at_least = 4                 # optional: how many must lie there (else all)
  of = "median"                # optional: look at their median instead
  arguments = "--set x=1"      # optional: of the run
  in_short = false             # optional: not with --short (else both)
  [[short]]                    # as [[number]], for --short alone
"""

import functools
import math
import os
import pathlib
import re
import shlex
import statistics
import subprocess
import tomllib
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("ANTLER_BUILD_DIR", ROOT / "build"))
PROGRAMS = BUILD / "bin" / "examples"
PAGES = ROOT / "docs" / "course"
NUMBER = r"[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+|inf|nan)"
MOST_LINES = 80
MISSING_DATA = 77


class MissingData(Exception):
    pass


@functools.cache
def run(example, *arguments):
    """What an example prints: the same each time, so it runs once. MissingData; AssertionError for
    another exit status."""
    if not PROGRAMS.is_dir():
        raise MissingData("the examples are not built")
    done = subprocess.run([PROGRAMS / example, *arguments], capture_output=True, text=True,
                          check=False)
    if done.returncode == MISSING_DATA:
        raise MissingData(done.stdout.strip())
    if done.returncode != 0:
        raise AssertionError(f"{example}: status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def numbers(text, label):
    """The number behind each `label`, in order; spaces, = and : may stand between."""
    found = re.findall(re.escape(label) + rf"[\s:=]*({NUMBER})(?![\w.]*\w)", text)
    return [float(number) for number in found]


def number(text, label):
    """The only one. AssertionError when there are none or several."""
    found = numbers(text, label)
    if len(found) != 1:
        raise AssertionError(f'expected one number behind "{label}", got {found} in\n{text}')
    return found[0]


def row(text, label):
    """All numbers of the only line that begins with `label`."""
    lines = [line for line in text.splitlines() if line.startswith(label)]
    if len(lines) != 1:
        raise AssertionError(f'expected one line of "{label}", got {lines} in\n{text}')
    return [float(found) for found in re.findall(rf"(?<![\w.]){NUMBER}", lines[0][len(label):])]


def fits(shown, printed, tolerance):
    """Whether a line of a page is what was printed."""
    parts = re.split(rf"(\.\.\.|(?<![\w.]){NUMBER})", shown)
    pattern = ""
    values = []
    for part in parts:
        if part == "...":
            pattern += ".*?"
        elif tolerance and re.fullmatch(NUMBER, part):
            pattern += rf"({NUMBER})"
            values.append(float(part))
        else:  # a number may have another width, and with it its column
            pattern += re.sub(r"(\\ )+", r" +", re.escape(part)) if tolerance else re.escape(part)
    match = re.fullmatch(pattern, printed)
    return match is not None and all(
        value == float(found)
        or abs(value - float(found)) <= tolerance * max(1, abs(value)) < math.inf
        for value, found in zip(values, match.groups()))


def first_difference(shown, printed, tolerance):
    """None, or what a page shows that was not printed. Both are lists of lines."""
    at = 0
    may_skip = False
    for line in shown:
        if line.strip() == "...":
            may_skip = True
            continue
        if may_skip:
            while at < len(printed) and not fits(line, printed[at], tolerance):
                at += 1
        if at >= len(printed) or not fits(line, printed[at], tolerance):
            return f'shown "{line}", printed "{printed[at] if at < len(printed) else "no more"}"'
        may_skip = False
        at += 1
    return None if may_skip or at == len(printed) else f'printed "{printed[at]}", not shown'


def output_blocks(page):
    """(command's words, lines, tolerance) of each ```output block of a page's text."""
    blocks = []
    for fence, body in re.findall(r"^```output([^\n]*)\n(.*?)^```$", page, re.M | re.S):
        words = fence.split()
        if any(not re.fullmatch(r"tolerance=\S+", word) for word in words):
            raise AssertionError(f"unknown words in ```output{fence}")
        command, *lines = body.splitlines()
        if not command.startswith("$ "):
            raise AssertionError(f'expected "$ command" at the top of a block, got "{command}"')
        tolerance = float(words[0].split("=")[1]) if words else 0.0
        blocks.append((shlex.split(command[2:]), lines, tolerance))
    return blocks


def published(example, is_short):
    """The entries of an example's .toml that hold for a run."""
    with open(PAGES / f"{example}.toml", "rb") as file:
        entries = tomllib.load(file)
    both = [entry for entry in entries.get("number", []) if not is_short or entry.get("in_short", True)]
    return both + (entries.get("short", []) if is_short else [])


def judge(entry, text):
    """(numbers reached, whether that is what the entry asks for)."""
    reached = numbers(text, entry["label"])
    if len(reached) != entry["count"]:
        return reached, False
    looked_at = [statistics.median(reached)] if entry.get("of") == "median" else reached
    inside = [entry.get("low", -1e300) <= value <= entry.get("high", 1e300) for value in looked_at]
    return looked_at, sum(inside) >= entry.get("at_least", len(looked_at))


class ExampleTest(unittest.TestCase):
    """What holds for every program of the course; a test of one names it and adds its own."""

    example = ""
    has_short_form = False  # whether the tests run it with --short

    def output(self, *arguments):
        try:
            return run(self.example, *(["--short"] if self.has_short_form else []), *arguments)
        except MissingData as reason:
            self.skipTest(str(reason))

    def test_is_short_enough_to_read(self):
        lines = (ROOT / "examples" / f"{self.example}.cpp").read_text().splitlines()
        self.assertLess(len(lines), MOST_LINES)

    def test_page_shows_what_it_prints(self):
        blocks = output_blocks((PAGES / f"{self.example}.md").read_text(encoding="utf-8"))
        self.assertTrue(blocks, "the page shows no output")
        for command, lines, tolerance in blocks:
            self.assertEqual(command[0], self.example)
            if self.has_short_form and "--short" not in command:
                continue  # make course compares it
            try:
                printed = run(self.example, *command[1:]).splitlines()
            except MissingData as reason:
                self.skipTest(str(reason))
            self.assertIsNone(first_difference(lines, printed, tolerance), " ".join(command))

    def test_reaches_what_is_published(self):
        for entry in published(self.example, self.has_short_form):
            text = self.output(*shlex.split(entry.get("arguments", "")))
            with self.subTest(entry["what"]):
                reached, is_reached = judge(entry, text)
                self.assertTrue(is_reached, f"{entry}: {reached}\n{text}")

    def test_refuses_what_it_does_not_know(self):
        if not PROGRAMS.is_dir():
            self.skipTest("the examples are not built")
        for words in (["--set", "no_such_setting=1"], ["--seed", "x"], ["more"]):
            done = subprocess.run([PROGRAMS / self.example, *words], capture_output=True, check=False)
            self.assertEqual(done.returncode, 2, words)
