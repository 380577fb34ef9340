"""benchmarks/peers/report.py: medians, ratios to the best peer, and the table they stand in."""

import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks" / "peers"))
import report  # noqa: E402


def answers(*step_us, losses=(2.0, 1.5)):
    return [{"step_us": value, "losses": list(losses), "outputs": [0.5]} for value in step_us]


def results(**of_peer):
    return {(1, "A", peer): rounds for peer, rounds in of_peer.items()}


class Summary(unittest.TestCase):
    def test_median_and_quartiles(self):
        found = report.summary([9.0, 1.0, 5.0, 3.0, 100.0])
        self.assertEqual(found["median"], 5.0)
        self.assertEqual(found["quartiles"], [3.0, 9.0])
        self.assertEqual((found["min"], found["max"], found["rounds"]), (1.0, 100.0, 5))

    def test_one_round(self):
        found = report.summary([7.0])
        self.assertEqual((found["median"], found["quartiles"]), (7.0, [7.0, 7.0]))

    def test_a_first_step_counts_once(self):
        rounds = [{"first_step_s": 0.5}, {"first_step_s": 0.5}]
        (row,) = report.summaries(results(jax=rounds))
        self.assertEqual((row["median"], row["rounds"]), (0.5, 1))


class Ratios(unittest.TestCase):
    def test_best_peer_over_antler(self):
        rows = report.summaries(
            results(jax=answers(40, 42, 44), torch=answers(90, 80, 70), antler=answers(6, 8, 7))
        )
        self.assertEqual(report.ratios(rows), {("step_us", 1, "A"): (6.0, "jax")})

    def test_a_marked_peer_is_not_the_best(self):
        rows = report.summaries(results(jax=answers(40), torch=answers(80), antler=answers(10)))
        self.assertEqual(
            report.ratios(rows, [(1, "A", "jax")]), {("step_us", 1, "A"): (8.0, "torch")}
        )

    def test_none_without_antler_or_without_peers(self):
        self.assertEqual(report.ratios(report.summaries(results(jax=answers(40)))), {})
        self.assertEqual(report.ratios(report.summaries(results(antler=answers(40)))), {})

    def test_thread_counts_are_apart(self):
        both = {
            (1, "A", "jax"): answers(10),
            (2, "A", "jax"): answers(4),
            (1, "A", "antler"): answers(5),
            (2, "A", "antler"): answers(4),
        }
        found = report.ratios(report.summaries(both))
        self.assertEqual(found[("step_us", 1, "A")], (2.0, "jax"))
        self.assertEqual(found[("step_us", 2, "A")], (1.0, "jax"))


class Agreement(unittest.TestCase):
    def test_relative_above_one_absolute_below(self):
        self.assertAlmostEqual(report.difference([4.0, 0.5], [4.2, 0.6]), 0.1)
        self.assertAlmostEqual(report.difference([4.0, 0.5], [4.8, 0.5]), 0.2)

    def test_nan_and_missing_numbers_are_outside(self):
        for got in ([float("nan"), 0.5], [2.0, float("nan")], [2.0], [float("inf"), 0.5]):
            self.assertFalse(report.difference([2.0, 0.5], got) <= report.TOLERANCE)

    def test_a_peer_that_computes_something_else_is_found(self):
        all_results = results(
            jax=answers(40),
            torch=answers(80, losses=(2.0, 1.5005)),
            antler=answers(1, losses=(2, 1.51)),
        )
        found = report.differences(all_results)
        self.assertEqual(report.outside(found), [(1, "A", "antler")])

    def test_a_failed_peer_is_no_reference(self):
        found = report.differences(results(torch=[], jax=answers(40)))
        self.assertEqual(found, {(1, "A", "jax"): 0.0})


class Markdown(unittest.TestCase):
    def text(self, all_results, faults=()):
        return report.markdown({"machine": "two cores"}, all_results, faults, {"A": "MLP"})

    def test_table(self):
        text = self.text(
            results(jax=answers(84, 85, 86), torch=answers(1403.4), antler=answers(12.34))
        )
        self.assertIn("* machine: two cores", text)
        self.assertIn("## Training step, µs, 1 thread\n", text)
        self.assertIn("| | A |\n|---|---|\n| jax | 85.0 (84.5..85.5) |\n", text)
        self.assertIn("| torch | 1,403 |\n| antler | 12.3 |\n", text)
        self.assertIn("| **best peer / antler** | 6.89 (jax) |", text)

    def test_without_antler_there_is_no_ratio(self):
        text = self.text(results(jax=answers(84)), ["no program"])
        self.assertIn("* **no program**", text)
        self.assertNotIn("best peer", text)

    def test_a_peer_without_an_answer_leaves_its_cell_empty(self):
        both = {
            (1, "A", "jax"): answers(3),
            (1, "B", "jax"): answers(4),
            (1, "A", "torch"): answers(5),
        }
        both[1, "B", "torch"] = []
        self.assertIn("| torch | 5.00 |  |", self.text(both))

    def test_other_numbers_are_marked(self):
        text = self.text(results(jax=answers(84), torch=answers(80, losses=(2.0, 9.0))))
        self.assertIn("| torch | 80.0 ! |", text)
        self.assertIn("! torch differs in A (1 threads): its times are of other work.", text)

    def test_figures(self):
        shown = [report.figure(value) for value in (0.0123, 1.234, 12.34, 123.4, 32595.2)]
        self.assertEqual(shown, ["0.012", "1.23", "12.3", "123", "32,595"])


if __name__ == "__main__":
    unittest.main()
