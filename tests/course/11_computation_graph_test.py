#!/usr/bin/env python3
import unittest

import course


class ComputationGraph(course.ExampleTest):
    example = "11_computation_graph"

    def test_other_values(self):
        w, x, b, y = 1.5, 0.5, -2, 3
        text = self.output("--set", f"values={w},{x},{b},{y}")
        d = w * x + b - y
        expected = {"forward   c": w * x, ", a": w * x + b, ", d": d, ", J": d * d / 2,
                    "dJ/dd": d, "dJ/da": d, "dJ/dc": d, "dJ/db": d, "dJ/dw": x * d}
        for label, value in expected.items():
            self.assertAlmostEqual(course.number(text, label + " ="), value, delta=1e-9)
        for got, value in zip(course.row(text, "gradients"), [d, d, d, d, x * d], strict=True):
            self.assertAlmostEqual(got, value, delta=1e-5)
        for got, value in zip(course.row(text, "nudged    w, b:"), [x * d, d], strict=True):
            self.assertAlmostEqual(got, value, delta=1e-5)

    def test_counts_of_other_networks(self):
        text = self.output("--seed", "3", "--set", "units=1,2,8,30", "--set", "inputs=5")
        # A unit: a product and a sum an input, tanh, a product and a sum; then d and J.
        nodes = [units * (2 * 5 + 3) + 2 for units in (1, 2, 8, 30)]
        parameters = [units * (5 + 2) + 1 for units in (1, 2, 8, 30)]
        self.assertEqual(course.numbers(text, "\nN ="), nodes)
        self.assertEqual(course.numbers(text, ", P ="), parameters)
        both = list(zip(nodes, parameters))
        self.assertEqual(course.numbers(text, "back:"), [n + p for n, p in both])
        self.assertEqual(course.numbers(text, "nudged:"), [n * p for n, p in both])
        for difference in course.numbers(text, "slopes differ by"):
            self.assertLess(difference, 1e-4)

    def test_a_larger_nudge_errs_more(self):
        d, x, nudge = 2, -2, 0.25  # the parabola's second slopes are x x and 1
        text = self.output("--set", f"nudge={nudge}")
        expected = [x * d + x * x * nudge / 2, d + nudge / 2]
        for got, value in zip(course.row(text, "nudged    w, b:"), expected, strict=True):
            self.assertAlmostEqual(got, value, places=6)


if __name__ == "__main__":
    unittest.main()
