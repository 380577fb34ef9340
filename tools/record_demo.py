#!/usr/bin/env python3
"""Records what `make demo` shows on a terminal into docs/demo.txt and README.md.

Usage: record_demo.py [COMMAND]     (COMMAND: by default build/bin/antler)
The last state of each progress bar is kept, the epochs between the first and the last are left out,
and folders of this machine are written as ~. Exit status: 0, or 1 when the demo fails.
"""

import os
import pathlib
import pty
import re
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- demo -->\n```text\n", "```\n<!-- end of demo -->"


def shown_on_terminal(raw):
    """The text after all redrawing: a carriage return starts the line again."""
    text = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", raw.replace("\r\n", "\n"))
    lines = []
    for line in text.split("\n"):
        screen = ""
        for part in line.split("\r"):
            screen = part.replace("\b", "") + screen[len(part):]
        lines.append(screen.rstrip())
    return "\n".join(lines)


def only_last_states(text):
    """One line an epoch, the first and the last epoch."""
    epochs = re.split(r"(?m)^(?=Epoch \d+/\d+$)", text)
    head, first, last = epochs[0], epochs[1], epochs[-1]

    def without_redraws(epoch):
        bars = re.findall(r"(?m)^ *(\d+)/(\d+) \S+ .*$", epoch)
        done = [line for line in epoch.split("\n")
                if not (m := re.match(r" *(\d+)/(\d+) ", line)) or m[1] == m[2]]
        return re.sub(r"\n\n(?= *\d+/)", "\n", "\n".join(done)) if bars else epoch

    return head + without_redraws(first) + "...\n" + without_redraws(last)


def without_folders(text):
    text = re.sub(r"MNIST in \S+", "MNIST in ~/.cache/antler/mnist", text)
    return re.sub(r"(predictions: )\S+/", r"\1~/", text)


def main(arguments):
    command = pathlib.Path(arguments[1] if len(arguments) > 1 else ROOT / "build/bin/antler")
    raw = bytearray()

    def read(descriptor):
        data = os.read(descriptor, 65536)
        raw.extend(data)
        return data  # shown as it comes; nothing would mean the end

    with tempfile.TemporaryDirectory() as folder:
        path = command.resolve()
        here = os.getcwd()
        os.chdir(folder)
        os.environ["LC_ALL"] = "C.UTF-8"
        status = pty.spawn([str(path), "demo"], read)
        os.chdir(here)
    if status != 0:
        print(f"record_demo: {command} demo failed", file=sys.stderr)
        return 1
    text = without_folders(only_last_states(shown_on_terminal(raw.decode("utf-8"))))
    text = re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"
    (ROOT / "docs" / "demo.txt").write_text(text, encoding="utf-8")
    readme = ROOT / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END, 1)[1]
    readme.write_text(before + BEGIN + text + END + after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
