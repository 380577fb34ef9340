#!/usr/bin/env python3
"""Checks that the #includes of antler/ and apps/ only point down the floors of docs/architecture.md.

Usage: check_layers.py [ROOT]     (ROOT: the repository, by default the one this file lies in)
Prints file:line for each fault. Exit status: 0 none, 1 faults, 2 no tree to check.
"""

import pathlib
import re
import sys

FLOORS = {
    "core": 0,
    "graph": 1, "ops": 1,
    "autodiff": 2,
    "backends": 3,
    "compiler": 4,
    "activations": 5, "initializers": 5, "regularizers": 5, "constraints": 5, "layers": 5,
    "losses": 5, "metrics": 5, "optimizers": 5, "schedules": 5, "data": 5, "distributed": 5,
    "models": 6,
    "callbacks": 7, "saving": 7,
    "antler.h": 8,
}
APPS_FLOOR = 8

# On one floor folders may include each other, but for these pairs.
FORBIDDEN_PAIRS = [
    ("antler/graph/", "antler/ops/"),
    ("antler/backends/reference/", "antler/backends/cpu/"),
    ("antler/activations/", "antler/layers/"),
    ("antler/initializers/", "antler/layers/"),
    ("antler/regularizers/", "antler/layers/"),
    ("antler/constraints/", "antler/layers/"),
]

# The headers in here are the kernels' own; all others are public.
PRIVATE_HEADERS = "antler/backends/cpu/"

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
STANDARD_HEADER = re.compile(r"[a-z_0-9]+")  # all others of the system end in .h or hold a slash


def read_includes(root):
    """{file: [(line, bracket, included)]} for the sources of antler/ and apps/."""
    includes = {}
    for folder in ("antler", "apps"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            lines = path.read_text(encoding="utf-8").splitlines()
            includes[path.relative_to(root).as_posix()] = [
                (number, *match.groups())
                for number, line in enumerate(lines, 1)
                if (match := INCLUDE.match(line))
            ]
    return includes


def floor_of(file):
    """The floor of a file, None if its folder is not in the table."""
    parts = file.split("/")
    return APPS_FLOOR if parts[0] == "apps" else FLOORS.get(parts[1])


def check_arrow(source, target):
    """What is wrong with one include of ours, None if nothing is."""
    if not target.startswith(("antler/", "apps/")):
        return f"includes {target}, which is neither in antler/ nor in apps/"
    source_floor, target_floor = floor_of(source), floor_of(target)
    if target_floor is None:
        return f"includes {target}, whose folder has no floor in tools/check_layers.py"
    if target_floor > source_floor or (target.startswith("apps/") and source.startswith("antler/")):
        return f"is on floor {source_floor} and includes {target} of floor {target_floor}"
    for above, below in FORBIDDEN_PAIRS:
        if source.startswith(above) and target.startswith(below):
            return f"includes {target}; {above} may not include {below}"
    return None


def check_file(source, includes):
    """(line, fault) for each include of a file that must not be."""
    if floor_of(source) is None:
        yield 1, "lies in a folder that has no floor in tools/check_layers.py"
        return
    public = source.startswith("antler/") and source.endswith(".h")
    public = public and not source.startswith(PRIVATE_HEADERS)
    for line, bracket, target in includes:
        ours = target.startswith(("antler/", "apps/", "tests/"))
        if ours:
            fault = check_arrow(source, target)
            if fault:
                yield line, fault
        elif public and (bracket == '"' or not STANDARD_HEADER.fullmatch(target)):
            yield line, f"is a public header and includes {target}, which users need not have"


def find_cycle(includes):
    """The files of one cycle of includes, first and last the same; [] if there is none."""
    done = set()
    for start in includes:
        path, iterators = [start], [iter(includes[start])]
        while path:
            for _, _, target in iterators[-1]:
                if target in path:
                    return path[path.index(target):] + [target]
                if target in includes and target not in done:
                    path.append(target)
                    iterators.append(iter(includes[target]))
                    break
            else:
                iterators.pop()
                done.add(path.pop())
    return []


def check_tree(root):
    """All faults of a tree, as lines of text, and the number of files read."""
    includes = read_includes(root)
    faults = [
        f"{source}:{line}: {fault}"
        for source, found in includes.items()
        for line, fault in check_file(source, found)
    ]
    cycle = find_cycle(includes)
    if cycle:
        line = next(number for number, _, target in includes[cycle[0]] if target == cycle[1])
        faults.append(f"{cycle[0]}:{line}: includes itself: {' -> '.join(cycle)}")
    return faults, len(includes)


def main(arguments):
    root = pathlib.Path(arguments[1] if len(arguments) > 1 else __file__)
    root = root if len(arguments) > 1 else root.resolve().parent.parent
    faults, count = check_tree(root)
    if count == 0:
        print(f"check_layers: no sources under {root}", file=sys.stderr)
        return 2
    print("\n".join(faults) if faults else f"{count} files: all includes point down")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
