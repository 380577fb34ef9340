#!/usr/bin/env python3
"""Compiles and runs the code blocks of README, CONTRIBUTING and docs; checks the files, links and
make targets that they name. What the blocks' words mean stands in snippets.py.

ctest sets ANTLER_BUILD_DIR and CXX; build/snippets/flags.txt has what the compiler needs.
"""

import gzip
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent),
                str(pathlib.Path(__file__).resolve().parents[1] / "course")]
import course  # noqa: E402
import snippets  # noqa: E402

ROOT = snippets.ROOT
BUILD = pathlib.Path(os.environ.get("ANTLER_BUILD_DIR", ROOT / "build"))
PATH = re.compile(r"`((?:antler|apps|benchmarks|cmake|docs|tests|tools)/[\w./-]+)`")
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")


def compile_source(text, folder, name, link=True):
    """Writes and compiles a source; the program's path. AssertionError with what g++ says."""
    flags = (BUILD / "snippets" / "flags.txt").read_text().split("\n")
    middle = flags.index("--")
    source, program = folder / f"{name}.cpp", folder / name
    source.write_text(text, encoding="utf-8")
    command = [os.environ.get("CXX", "g++"), "-O0", "-Wall", "-Wextra", "-Werror",
               "-Wno-unused-variable", *flags[:middle], str(source)]
    command += ["-o", str(program), *flags[middle + 1 :]] if link else ["-fsyntax-only"]
    done = subprocess.run([part for part in command if part], cwd=ROOT, capture_output=True,
                          text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stderr[:4000])
    return program


def run(program, folder, environment=None):
    done = subprocess.run([str(program)], cwd=folder, capture_output=True, text=True, check=False,
                          env={**os.environ, **(environment or {})})
    if done.returncode != 0:
        raise AssertionError(f"exit status {done.returncode}\n{done.stdout}{done.stderr}"[-4000:])
    return done.stdout


def difference(shown, output):
    """None, or what an ```output block shows that was not printed."""
    text = "\n".join([f"```output {' '.join(shown.words)}", *shown.lines, "```", ""])
    ((_, lines, tolerance),) = course.output_blocks(text)
    return course.first_difference(lines, output.splitlines(), tolerance)


def has_mnist():
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    places = [os.environ.get("ANTLER_DATA", ""), os.path.join(cache, "antler")]
    return any(list(pathlib.Path(p, "mnist").glob("t10k-labels*")) for p in places if p)


def write_stand_in_mnist(folder):
    """Files as MNIST's; the picture of digit d is a bar in the rows 2 d + 4 and 2 d + 5."""
    images = [bytes(28 * (2 * d + 4)) + b"\xff" * 56 + bytes(28 * (22 - 2 * d)) for d in range(10)]
    (folder / "mnist").mkdir()
    for part, count in (("train", 60000), ("t10k", 10000)):
        labels = bytes(i * 7 % 10 for i in range(count))
        contents = {f"{part}-images-idx3-ubyte.gz": struct.pack(">4I", 0x803, count, 28, 28)
                    + b"".join(images[label] for label in labels),
                    f"{part}-labels-idx1-ubyte.gz": struct.pack(">2I", 0x801, count) + labels}
        for name, content in contents.items():
            with gzip.open(folder / "mnist" / name, "wb", compresslevel=1) as file:
                file.write(content)


class DocumentationTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.blocks = snippets.all_blocks()
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        cls.folder = pathlib.Path(holder.name)

    def test_fragments(self):
        text, count = snippets.fragments_program(self.blocks)
        self.assertGreater(count, 0)
        run(compile_source(text, self.folder, "fragments"), self.folder)

    def test_texts_of_files(self):
        text = snippets.files_source(self.blocks)
        compile_source(text, self.folder, "files", link=False)

    def test_programs(self):
        environment = {}
        is_real = has_mnist()
        if not is_real:
            write_stand_in_mnist(self.folder)
            environment["ANTLER_DATA"] = str(self.folder)
        found = snippets.programs(self.blocks)
        self.assertIn("README.md", [block.path for block in found])
        compared = []
        for number, block in enumerate(found):
            with self.subTest(block.place):
                text = "\n".join(snippets.source_of(block)[1] + snippets.source_of(block)[0]) + "\n"
                program = compile_source(text, self.folder, f"program_{number}")
                if "no-run" in block.words:
                    continue
                output = run(program, self.folder, environment)
                if is_real and block.path == "README.md":
                    self.check_accuracy(output)
                shown = snippets.shown_output(block, self.blocks)
                if shown:
                    compared.append(block.path)
                    self.assertIsNone(difference(shown, output), shown.place)
        self.assertIn("docs/getting_started.md", compared)

    def check_accuracy(self, output):
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        stated = re.search(r"at least (\d\d(?:\.\d)?) %", readme)
        reached = re.search(r"test accuracy: (0\.\d+)", output)
        self.assertGreaterEqual(100 * float(reached.group(1)), float(stated.group(1)))

    def test_recording(self):
        recorded = (ROOT / "docs" / "demo.txt").read_text(encoding="utf-8")
        shown = [b for b in self.blocks if b.path == "README.md" and b.language == "text"]
        self.assertEqual("\n".join(shown[0].lines) + "\n", recorded,
                         "tools/record_demo.py makes both anew")

    def test_make_targets(self):
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.M))
        for block in self.blocks:
            if block.language not in ("bash", "sh", "console"):
                continue
            for number, line in enumerate(block.lines, block.line):
                words = line.split("#")[0].split()
                if words[:1] != ["make"]:
                    continue
                for word in words[1:]:
                    if "=" not in word and not word.startswith("-"):
                        self.assertIn(word, targets, f"{block.path}:{number}")

    def test_named_files_and_links_exist(self):
        planned = snippets.new_files(self.blocks)
        for path in snippets.documents():
            text = path.read_text(encoding="utf-8")
            name = path.relative_to(ROOT).as_posix()
            for file in PATH.findall(text):
                self.assertTrue((ROOT / file).exists() or file in planned, f"{name}: {file}")
            for link in LINK.findall(re.sub(r"```.*?```", "", text, flags=re.S)):
                if not link.startswith("http"):
                    self.assertTrue((path.parent / link).exists(), f"{name}: {link}")


class ExtractionTest(unittest.TestCase):
    def test_finds_blocks_with_their_lines(self):
        block = snippets.blocks_of("a.md", "x\n```cpp no-run\nint a;\n```\n")[0]
        self.assertEqual((block.place, block.words, block.lines), ("a.md:3", {"no-run"}, ["int a;"]))

    def test_rejects_an_open_block_and_unknown_words(self):
        for text in ("```cpp\nint a;\n", "```cpp norun\n```\n"):
            with self.assertRaises(ValueError):
                snippets.blocks_of("a.md", text)

    def test_joins_continued_blocks_and_lifts_includes(self):
        blocks = snippets.blocks_of(
            "a.md", "```cpp\n#include <map>\nint a = 1;\n```\n```cpp continued\n++a;\n```\n")
        text, count = snippets.fragments_program(blocks)
        self.assertEqual(count, 1)
        self.assertLess(text.index("#include <map>"), text.index("void snippet_0"))
        self.assertNotIn("snippet_1", text)

    def test_finds_the_output_behind_a_program(self):
        program = "```cpp\nint main() {}\n```\n"
        output = "```output tolerance=0.1\n$ a\nloss 2.0 after ...s\n```\n"
        blocks = snippets.blocks_of("a.md", output + program + program + "```bash\na\n```\n" + output)
        first, second = snippets.programs(blocks)
        self.assertIsNone(snippets.shown_output(first, blocks))
        shown = snippets.shown_output(second, blocks)
        self.assertIs(shown, blocks[-1])
        self.assertIsNone(difference(shown, "loss 2.1 after 3s\n"))
        for printed in ("loss 2.3 after 3s\n", "loss 2.1 after 3s\nmore\n", ""):
            self.assertIsNotNone(difference(shown, printed))

    def test_a_wrong_block_fails_at_its_line(self):
        blocks = snippets.blocks_of("wrong.md", "```cpp\nint a = 1;\nint b = missing;\n```\n")
        text, _ = snippets.fragments_program(blocks)
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaisesRegex(AssertionError, "wrong.md:3"):
                compile_source(text, pathlib.Path(folder), "wrong", link=False)

    def test_a_throwing_block_fails(self):
        blocks = snippets.blocks_of("wrong.md", '```cpp\nthrow ValueError("boom");\n```\n')
        text, _ = snippets.fragments_program(blocks)
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaisesRegex(AssertionError, "wrong.md:2: boom"):
                run(compile_source(text, pathlib.Path(folder), "wrong"), pathlib.Path(folder))


if __name__ == "__main__":
    unittest.main()
