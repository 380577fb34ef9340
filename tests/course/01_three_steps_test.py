#!/usr/bin/env python3
import math
import unittest

import course

X = [[0.5, -1], [1, 0.25], [-1.5, 0.5], [2, 0.5], [1, -2], [0, 2.5]]


def trained(is_logistic, y, start, rate, steps):
    """The rows that the program prints, with the lecture's loss."""
    w, rows = list(start), []
    for step in range(steps):
        z = [w[0] * x[0] + w[1] * x[1] + w[2] for x in X]
        f = [1 / (1 + math.exp(-one)) for one in z] if is_logistic else z
        if is_logistic:
            losses = [-math.log(a if b == 1 else 1 - a) for a, b in zip(f, y, strict=True)]
        else:
            losses = [(a - b) ** 2 / 2 for a, b in zip(f, y, strict=True)]
        columns = [[x[0] for x in X], [x[1] for x in X], [1] * len(X)]
        slopes = [sum((a - b) * c for a, b, c in zip(f, y, column, strict=True)) / len(X)
                  for column in columns]
        cost = sum(losses) / len(X)
        if step == 0:
            rows = [*slopes, cost]
        w = [weight - rate * slope for weight, slope in zip(w, slopes, strict=True)]
    return [*rows, cost, *w]


class ThreeSteps(course.ExampleTest):
    example = "01_three_steps"

    def test_other_examples(self):
        labels, targets = [1, 0, 0, 1, 1, 0], [2, -1, 0.5, 3, 4, -2]
        start, rate, steps = [-0.3, 0.4, 0.1], 0.25, 40
        text = self.output(
            "--set", "x=" + ",".join(str(number) for x in X for number in x),
            "--set", "labels=" + ",".join(map(str, labels)),
            "--set", "targets=" + ",".join(map(str, targets)),
            "--set", "start=" + ",".join(map(str, start)),
            "--set", f"rate={rate}", "--set", f"steps={steps}")
        names = ["slope by w1", "slope by w2", "slope by b", "first cost", "last cost", "w1", "w2", "b"]
        for kind, y, half in (("logistic:", labels, 1), ("linear:  ", targets, 2)):
            expected = trained(half == 1, y, start, rate, steps)
            for at, (name, value) in enumerate(zip(names, expected, strict=True)):
                times = half if at < 5 else 1
                ratio, library, by_hand = course.row(text, f"{kind} {name} ")
                self.assertAlmostEqual(by_hand, value, delta=1e-5, msg=name)
                self.assertAlmostEqual(library, times * value, delta=3e-5, msg=name)
                self.assertAlmostEqual(ratio, times, delta=1e-3, msg=name)


if __name__ == "__main__":
    unittest.main()
