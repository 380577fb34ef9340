#!/usr/bin/env python3
import math
import unittest

import course


def plain(curvature, rate, steps):
    """Where plain descent is after each step."""
    return [(1 - rate * curvature) ** step for step in range(steps + 1)]


def adam(curvature, rate, steps):
    """The same for Adam, as Keras has it: the corrections stand before epsilon."""
    w, m, v, path = 1.0, 0.0, 0.0, [1.0]
    for step in range(1, steps + 1):
        g = curvature * w
        m += 0.1 * (g - m)
        v += 0.001 * (g * g - v)
        alpha = rate * math.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        w -= alpha * m / (math.sqrt(v) + 1e-7)
        path.append(w)
    return path


class GradientDescentAndAdam(course.ExampleTest):
    example = "15_gradient_descent_and_adam"

    def test_other_valleys(self):
        steps, rate = 20, 0.1
        valleys = {"zigzag": (2, 18), "crawl": (0.05, 0.5)}
        text = self.output("--set", f"rate={rate}", "--set", f"steps={steps}",
                           "--set", "zigzag=2,18", "--set", "crawl=0.05,0.5")
        for name, walk in (("SGD", plain), ("Adam", adam)):
            for valley, curvatures in valleys.items():
                paths = [walk(curvature, rate, steps) for curvature in curvatures]
                for step in (1, 2, 3, steps):
                    got = course.row(text, f"{name}, {valley}, step {step}: u, v, effective rates")
                    for k, (path, curvature) in enumerate(zip(paths, curvatures)):
                        self.assertAlmostEqual(got[k], path[step], delta=1e-4 + 1e-3 * abs(path[step]))
                        moved = path[step - 1] - path[step]
                        effective = moved / (curvature * path[step - 1])
                        self.assertAlmostEqual(got[2 + k], effective, delta=2e-3 * (1 + abs(effective)))
                turns, loss = course.row(text, f"{name}, {valley}: changes of v's sign, J at the end")
                v = paths[1]
                self.assertEqual(turns, sum(a * b < 0 for a, b in zip(v, v[1:])))
                expected = sum(c * p[-1] ** 2 for c, p in zip(curvatures, paths)) / 2
                self.assertAlmostEqual(loss, expected, delta=0.02 * expected)

    def test_a_rate_over_the_limit_explodes(self):
        text = self.output("--set", "rate=0.07", "--set", "steps=40")
        v = course.row(text, "SGD, zigzag, step 40: u, v, effective rates")[1]
        self.assertAlmostEqual(v, (1 - 0.07 * 30) ** 40, delta=0.1)

    def test_good_rates_of_other_seeds(self):
        for seed in ("1", "2"):
            text = self.output("--seed", seed)
            widths = []
            for name in ("SGD", "Adam"):
                good = course.row(text, f"{name}, good rates:")
                widths.append(good[-1] / good[0])
                losses = course.row(text, f"{name}, losses for the rates:")
                self.assertEqual(len(good), sum(loss < 0.1 for loss in losses))
                all_at_once = course.row(text, f"{name}, losses for batches of 1, 32, all:")[2]
                self.assertGreater(all_at_once, 0.5)
            self.assertGreater(widths[1], 3 * widths[0])

    def test_epochs_and_limit(self):
        text = self.output("--set", "epochs=1", "--set", "limit=1e9", "--set", "rates=1,2,3,4,5,6,7")
        self.assertEqual(course.row(text, "SGD, good rates:"), [1, 2, 3, 4, 5, 6, 7])


if __name__ == "__main__":
    unittest.main()
