"""The code blocks of README.md, CONTRIBUTING.md and docs/, made into programs.

A block opens with ```cpp and, behind it, words that say how it is compiled:

  (none)     with `int main` a program of its own; else the body of a function; compiled and run
  continued  goes on in the function of the block before it
  no-run     compiled, not run
  file       text of source files, compiled only; `// path` lines name files that it adds to the tree

A block ```output behind a program is what it prints, in the form of tests/course/course.py.
"""

import dataclasses
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORDS = {"continued", "no-run", "file"}
INCLUDE = re.compile(r'^#include [<"]([^>"]+)[>"]$')
NEW_FILE = re.compile(r"^// ((?:antler|tests)/\S+)$")


@dataclasses.dataclass
class Block:
    path: str  # of the document, from the root
    line: int  # of the first line of its text, from 1
    language: str
    words: set
    lines: list

    @property
    def is_program(self):
        return any(re.match(r"int main\(", line) for line in self.lines)

    @property
    def place(self):
        return f"{self.path}:{self.line}"


def documents(root=ROOT):
    return [root / "README.md", root / "CONTRIBUTING.md", *sorted((root / "docs").rglob("*.md"))]


def blocks_of(path, text):
    """All fenced blocks of a document. ValueError for a fence that is open at its end."""
    blocks = []
    current = None
    for number, line in enumerate(text.splitlines(), 1):
        if current is None and line.startswith("```"):
            language, *words = line[3:].split() or [""]
            current = Block(path, number + 1, language, set(words), [])
            if language == "cpp" and current.words - WORDS:
                raise ValueError(f"{path}:{number}: unknown words {current.words - WORDS}")
        elif current is not None and line.startswith("```"):
            blocks.append(current)
            current = None
        elif current is not None:
            current.lines.append(line)
    if current is not None:
        raise ValueError(f"{current.place}: the block is never closed")
    return blocks


def all_blocks(root=ROOT):
    blocks = []
    for path in documents(root):
        blocks += blocks_of(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
    return blocks


def new_files(blocks):
    """The files that the recipes add to the tree."""
    lines = [line for block in blocks if "file" in block.words for line in block.lines]
    return {match.group(1) for line in lines if (match := NEW_FILE.match(line))}


def source_of(block, left_out=()):
    """The block's text for a compiler that shall name its place, and its includes."""
    text, includes = [f'#line {block.line} "{block.path}"'], []
    for line in block.lines:
        match = INCLUDE.match(line)
        if match and match.group(1) not in left_out:
            includes.append(line)
        text.append("" if match or line == "#pragma once" else line)
    return text, includes


def fragments_program(blocks):
    """One program of all blocks that are bodies: a function for each, called in order."""
    includes = ["#include <antler/antler.h>", "#include <cstdio>", "#include <exception>"]
    functions, calls = [], []
    for block in blocks:
        if block.language != "cpp" or block.is_program or "file" in block.words:
            continue
        text, more = source_of(block)
        includes += more
        if "continued" in block.words:
            if not functions or functions[-1]["path"] != block.path:
                raise ValueError(f"{block.place}: continues no block")
            functions[-1]["text"] += text
            functions[-1]["runs"] &= "no-run" not in block.words
        else:
            runs = "no-run" not in block.words
            functions.append({"path": block.path, "place": block.place, "text": text, "runs": runs})
    out = [*dict.fromkeys(includes), "using namespace antler;", "namespace {"]
    for number, function in enumerate(functions):
        out += [f"[[maybe_unused]] void snippet_{number}() {{", *function["text"], "}"]
        if function["runs"]:
            calls.append(f'    place = "{function["place"]}"; snippet_{number}();')
    out += ["}", '#line 1 "main of the snippets"', "int main() {", '  const char* place = "";',
            "  try {", *calls, "  } catch (const std::exception& e) {",
            '    std::printf("%s: %s\\n", place, e.what());', "    return 1;", "  }", "}"]
    return "\n".join(out) + "\n", len(calls)


def files_source(blocks):
    """One source of all blocks that are text of files."""
    files = [block for block in blocks if block.language == "cpp" and "file" in block.words]
    left_out = new_files(blocks)
    includes, texts = [], []
    for block in files:
        text, more = source_of(block, left_out)
        includes += more
        texts += text
    return "\n".join([*dict.fromkeys(includes), *texts]) + "\n"


def programs(blocks):
    return [block for block in blocks if block.language == "cpp" and block.is_program]


def shown_output(program, blocks):
    """The ```output block behind a program, before the next one of its page; or None."""
    for block in blocks:
        if block.path != program.path or block.line <= program.line:
            continue
        if block.language == "output":
            return block
        if block.is_program:
            return None
    return None
