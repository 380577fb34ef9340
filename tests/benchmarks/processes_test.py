"""benchmarks/peers/processes.py: what a worker answers, and the ways in which it can fail."""

import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks" / "peers"))
import processes  # noqa: E402

ECHO = """
import json, sys
for line in sys.stdin:
    print(json.dumps({"seen": json.loads(line)["seconds"]}), flush=True)
"""


class Workers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def worker(self, program):
        command = [sys.executable, "-c", program]
        return processes.Worker("fake", command, self.folder / "log", self.folder)

    def failure_of(self, program, limit=60):
        with self.worker(program) as worker:
            with self.assertRaises(processes.WorkerFailed) as raised:
                worker.ask({"seconds": 1}, limit)
        return str(raised.exception)

    def test_lives_through_several_requests(self):
        with self.worker(ECHO) as worker:
            seen = [worker.ask({"seconds": number}, 60)["seen"] for number in range(3)]
            self.assertEqual(seen, [0, 1, 2])
        self.assertEqual(worker.process.returncode, 0)

    def test_peak_memory_is_its_own(self):
        held = bytearray(200 << 20)
        held[:: 1 << 12] = b"\1" * (len(held) >> 12)  # of this process, which starts the other
        with self.worker(ECHO) as worker:
            worker.ask({"seconds": 1}, 60)
            self.assertLess(worker.peak_memory_mb(), 150)
            self.assertGreater(worker.peak_memory_mb(), 1)

    def test_says_what_went_wrong(self):
        says_error = 'import sys; sys.stdin.readline(); print(\'{"error": "no such layer"}\')'
        self.assertEqual(self.failure_of(says_error), "fake: no such layer")
        text = self.failure_of("import sys; sys.stdin.readline(); sys.exit('out of memory')")
        self.assertEqual(text, "fake: ended without an answer (out of memory)")
        self.assertIn("no JSON", self.failure_of("input(); print('hello')"))
        self.assertIn("did not answer", self.failure_of("input(); input()", limit=0))

    def test_a_whole_process(self):
        found = processes.start_once(
            "fake",
            [sys.executable, "-c", ECHO],
            self.folder / "log",
            self.folder,
            {"seconds": 7},
            60,
        )
        self.assertEqual(found["seen"], 7)
        self.assertLessEqual(found["answer_s"], found["exit_s"])
        self.assertGreater(found["peak_mb"], 1)


if __name__ == "__main__":
    unittest.main()
