#!/usr/bin/env python3
import csv
import os
import pathlib
import re
import unittest

import course


def blobs():
    """The points of each blob."""
    path = pathlib.Path(os.environ["ANTLER_DATA"]) / "course" / "blobs_m100_seed30.csv"
    with open(path, encoding="utf-8") as file:
        rows = [tuple(map(float, row)) for row in list(csv.reader(file))[1:]]
    return [[(x1, x2) for x1, x2, label in rows if label == blob] for blob in range(4)]


class FourBlobs(course.ExampleTest):
    example = "14_four_blobs"

    def test_lines_and_features_of_another_seed(self):
        text = self.output("--seed", "7", "--set", "seeds=1", "--set", "epochs=150")
        units = [re.findall(r"[-+]?\d+\.\d+", line) for line in text.splitlines()
                 if line.startswith("unit")]
        self.assertEqual(len(units), 2)
        for blob, points in enumerate(blobs()):
            row = course.row(text, f"blob {blob}:")  # 0, on, 1, on, points, two features
            self.assertEqual(row[4], len(points))
            for unit, (w1, w2, b) in enumerate([map(float, line) for line in units]):
                values = [w1 * x1 + w2 * x2 + b for x1, x2 in points]
                close = sum(abs(value) < 1e-3 for value in values)  # the line is printed rounded
                self.assertLessEqual(abs(row[2 * unit + 1] - sum(v > 0 for v in values)), close)
                mean = sum(max(0, value) for value in values) / len(points)
                self.assertAlmostEqual(row[5 + unit], mean, delta=0.01)

    def test_looks_at_each_failure(self):
        text = self.output("--seed", "16", "--set", "seeds=6", "--set", "limit=0")
        lines = [line for line in text.splitlines() if line.startswith("seed")]
        self.assertEqual([course.numbers(line, "seed")[0] for line in lines], list(range(16, 22)))
        self.assertEqual(course.number(text, "loss under the limit"), 0)
        dead = [line for line in lines if ", a unit dead" in line]
        cut = [line for line in lines if line not in dead and ", 0 points cut off" not in line]
        self.assertEqual(course.number(text, "failures: a dead unit"), len(dead))
        self.assertEqual(course.number(text, "else a line through a blob"), len(cut))
        self.assertEqual(course.number(text, "neither"), len(lines) - len(dead) - len(cut))
        for line in lines:
            self.assertLess(course.number(line, "later loss"), course.number(line, ": loss"))

    def test_softmax_and_logits_are_alike(self):
        for seed in ("1", "2"):
            text = self.output("--seed", seed, "--set", "seeds=1")
            softmax, logits = (course.number(text, f"{name}: loss of epoch 10")
                               for name in ("softmax", "logits"))
            self.assertAlmostEqual(softmax, logits, delta=1e-3)
            self.assertGreater(softmax, 0.03)
            self.assertLess(softmax, 0.055)


if __name__ == "__main__":
    unittest.main()
