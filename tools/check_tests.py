#!/usr/bin/env python3
"""Checks that each *_test.cpp is compiled into a test program and holds a test that runs.

Usage: check_tests.py BUILD [ROOT]     (BUILD: a configured build folder)
Files that a configuration leaves out on purpose are named in BUILD/tests_left_out.txt.
Prints each fault. Exit status: 0 none, 1 faults, 2 no tree to check.
"""

import json
import pathlib
import re
import sys

TEST_MACRO = re.compile(r"^(TEST|TEST_F|TEST_P|TYPED_TEST|TYPED_TEST_P|RC_GTEST_\w*PROP)\(", re.M)
DISABLED = re.compile(r"\bDISABLED_\w+")


def check_tree(root, build):
    """All faults, as lines of text, and the number of test files."""
    commands = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    compiled = {pathlib.Path(command["directory"], command["file"]) for command in commands}
    left_out_list = build / "tests_left_out.txt"
    left_out = set(left_out_list.read_text().split()) if left_out_list.exists() else set()
    faults = []
    files = sorted((root / "tests").rglob("*_test.cpp"))
    for path in files:
        name = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        if path not in compiled and name not in left_out:
            faults.append(f"{name}: no target compiles it")
        if not TEST_MACRO.search(text):
            faults.append(f"{name}: holds no test")
        if match := DISABLED.search(text):
            faults.append(f"{name}: {match.group()} never runs")
    return faults, len(files)


def main(arguments):
    if len(arguments) < 2:
        print("usage: check_tests.py BUILD [ROOT]", file=sys.stderr)
        return 2
    build = pathlib.Path(arguments[1]).resolve()
    root = pathlib.Path(arguments[2] if len(arguments) > 2 else pathlib.Path(__file__).parents[1])
    if not (build / "compile_commands.json").exists():
        print(f"check_tests: {build} is no configured build folder", file=sys.stderr)
        return 2
    faults, count = check_tree(root.resolve(), build)
    print("\n".join(faults) if faults else f"{count} test files: each has its target and its tests")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
