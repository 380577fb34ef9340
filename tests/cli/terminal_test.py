"""The command on a pseudo-terminal: the live progress bar, the drawn digits, Ctrl-C; and in a pipe."""

import os
import pathlib
import pty
import re
import select
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ANTLER = pathlib.Path(os.environ.get("ANTLER_BUILD_DIR", ROOT / "build")) / "bin" / "antler"
CTRL_C = b"\x03"
INTERRUPTED = 130
PATIENCE = 120  # seconds until a command counts as stuck


def environment(folder, locale):
    return dict(
        os.environ, LC_ALL=locale, ANTLER_DATA=f"{folder}/none", XDG_CACHE_HOME=f"{folder}/none"
    )


class Terminal:
    """A command whose standard streams are one terminal, as under a user's shell."""

    def __init__(self, folder, *arguments, locale="C.UTF-8"):
        self.output = b""
        self.process, self._terminal = pty.fork()
        if self.process == 0:
            try:
                os.chdir(folder)
                os.execve(ANTLER, ["antler", *arguments], environment(folder, locale))
            finally:
                os._exit(127)

    def _read(self):
        ready, _, _ = select.select([self._terminal], [], [], PATIENCE)
        if not ready:
            raise AssertionError(f"no output for {PATIENCE} s after: {self.output[-300:]!r}")
        try:
            data = os.read(self._terminal, 65536)
        except OSError:  # Linux' way to say that the other side was closed
            data = b""
        self.output += data
        return bool(data)

    def wait_for(self, text):
        end = time.monotonic() + PATIENCE
        while text not in self.output:
            if time.monotonic() > end or not self._read():
                raise AssertionError(f"expected {text!r}, got {self.output[-300:]!r}")

    def press(self, keys):
        os.write(self._terminal, keys)

    def finish(self):
        """Reads the rest; returns the exit code."""
        while self._read():
            pass
        os.close(self._terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


def screen(output):
    """The lines that the terminal shows in the end.

    Ctrl-C makes the terminal drop what it has not shown yet, which may split a character.
    """
    lines, column = [[]], 0
    for char in re.sub(r"\x1b\[[0-9;]*m", "", output.decode(errors="replace")):
        if char == "\n":
            lines.append([])
        elif char == "\r":
            column = 0
        elif char == "\b":
            column = max(column - 1, 0)
        else:
            line = lines[-1]
            line.extend(" " * (column + 1 - len(line)))
            line[column] = char
            column += 1
    return ["".join(line).rstrip() for line in lines]


def write_rows(path, count):
    rows = [f"{i % 7},{i % 11},{'ab'[i % 2]}\n" for i in range(count)]
    path.write_text("p,q,kind\n" + "".join(rows))


class TerminalTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.data = self.folder / "d.csv"
        write_rows(self.data, 80)

    def test_train_redraws_its_bar(self):
        command = Terminal(self.folder, "train", "d.csv", "--epochs", "3", "--batch-size", "8")
        self.assertEqual(command.finish(), 0, command.output)
        frames = re.findall(rb"\r\x1b\[1m *(\d+)/10\x1b\[0m ", command.output)
        self.assertEqual(frames.count(b"10"), 3)  # the last of each epoch
        self.assertEqual(frames.count(b"1"), 3)  # the first of each
        self.assertIn(b"\x1b[32m" + "\u2501".encode() * 20 + b"\x1b[0m", command.output)
        lines = screen(command.output)
        bars = [line for line in lines if "/10 " in line]
        self.assertEqual(len(bars), 3, lines)
        for line in bars:
            self.assertRegex(
                line, r"^10/10 \u2501{20} \d+s \S+/step - accuracy: [\d.]+ - loss: [\d.e-]+$"
            )
        self.assertEqual([line for line in lines if line.startswith("Epoch ")],
                         [f"Epoch {i}/3" for i in (1, 2, 3)])
        self.assertIn("saved: model.keras", lines)

    def test_a_terminal_without_utf8_gets_ascii(self):
        command = Terminal(self.folder, "train", "d.csv", "--epochs", "1", locale="C")
        self.assertEqual(command.finish(), 0, command.output)
        self.assertTrue(command.output.isascii())
        self.assertRegex("\n".join(screen(command.output)), r"\n3/3 ={20} ")

    def test_a_pipe_gets_plain_lines(self):
        done = subprocess.run(
            [ANTLER, "train", "d.csv", "--epochs", "2"],
            cwd=self.folder,
            env=environment(self.folder, "C.UTF-8"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=True,
        )
        self.assertEqual(done.stderr, b"")
        self.assertTrue(done.stdout.isascii())
        self.assertNotRegex(done.stdout, rb"[\r\b\x1b]")
        self.assertEqual(len(re.findall(rb"^3/3 .*loss: ", done.stdout, re.MULTILINE)), 2)

    def test_demo_draws_digits(self):
        command = Terminal(self.folder, "demo")
        self.assertEqual(command.finish(), 0, command.output)
        lines = screen(command.output)
        captions = [line for line in lines if ", taken for a " in line]
        self.assertEqual(len(captions), 2)  # of two digits each
        first = lines.index(captions[0])
        picture = lines[first + 1 : first + 13]  # 24 rows of pixels, two a line
        blocks = sum(line.count(block) for line in picture for block in "\u2580\u2584\u2588")
        self.assertGreater(blocks, 40, picture)
        bars = [re.match(r".{25}(\d) [\u2588-\u258f ]{8}([01]\.\d\d)\b", line) for line in picture]
        found = [bar for bar in bars if bar]
        self.assertEqual([bar[1] for bar in found], list("0123456789"), picture)
        self.assertAlmostEqual(sum(float(bar[2]) for bar in found), 1, delta=0.05)
        self.assertIn(b"\r\x1b[1m", command.output)
        self.assertTrue((self.folder / "digits.keras").exists(), lines[-3:])

    def test_ctrl_c_once_saves(self):
        command = Terminal(self.folder, "train", "d.csv", "--epochs", "1000000000")
        command.wait_for(b"Epoch 2/")
        command.press(CTRL_C)
        self.assertEqual(command.finish(), 0, command.output[-300:])
        lines = screen(command.output)
        self.assertIn("stopping after this batch; press Ctrl-C again to stop at once", lines)
        self.assertEqual([line for line in lines if line][-2:],
                         ["stopped by Ctrl-C", "saved: model.keras"])
        self.assertTrue((self.folder / "model.keras").exists())

    def test_ctrl_c_twice_stops_at_once(self):
        # One batch takes long enough for the second key to come before its end.
        write_rows(self.data, 6000)
        command = Terminal(self.folder, "train", "d.csv", "--epochs", "1000000000",
                           "--layers", "1500,1500", "--batch-size", "6000")
        command.wait_for(b"Epoch 2/")
        command.press(CTRL_C)
        command.wait_for(b"stopping after this batch")
        command.press(CTRL_C)
        self.assertEqual(command.finish(), INTERRUPTED)
        self.assertFalse((self.folder / "model.keras").exists())


if __name__ == "__main__":
    unittest.main()
