"""tools/check_perf.py: what it calls slower, on times that are made up."""

import io
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import check_perf  # noqa: E402


def machine(times):
    """measure() of a machine that gives `times[command, workload]`, one after the other."""
    left = {key: list(values) for key, values in times.items()}

    def measure(command, workload, threads, seconds):
        values = left[command, workload]
        return values.pop(0) if len(values) > 1 else values[0]

    return measure


def report(times, *arguments):
    out = io.StringIO()
    options = check_perf.parse(list(arguments))
    slower = check_perf.report("old", "new", options, machine(times), out)
    return slower, out.getvalue()


class CheckPerf(unittest.TestCase):
    def test_names_what_got_slower(self):
        times = {("old", "A"): [10.0], ("new", "A"): [12.0], ("old", "B"): [10.0],
                 ("new", "B"): [9.0]}
        slower, text = report(times, "--workloads", "A,B", "--rounds", "2")
        self.assertEqual(slower, ["A"])
        self.assertIn("slower", text.splitlines()[1])
        self.assertNotIn("slower", text.splitlines()[2])
        self.assertIn("1.111", text.splitlines()[2])

    def test_the_least_time_counts(self):
        times = {("old", "A"): [10.0, 30.0], ("new", "A"): [90.0, 10.5]}
        self.assertEqual(report(times, "--workloads", "A", "--rounds", "2")[0], [])

    def test_looks_again_before_it_complains(self):
        times = {("old", "A"): [10.0], ("new", "A"): [50.0, 50.0, 10.0]}
        self.assertEqual(report(times, "--workloads", "A", "--rounds", "2")[0], [])

    def test_the_bound_is_the_callers(self):
        times = {("old", "A"): [10.0], ("new", "A"): [12.0]}
        arguments = ["--workloads", "A", "--rounds", "1", "--bound", "1.3"]
        self.assertEqual(report(times, *arguments)[0], [])


if __name__ == "__main__":
    unittest.main()
