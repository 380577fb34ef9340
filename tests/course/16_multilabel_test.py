#!/usr/bin/env python3
import os
import pathlib
import unittest

import course

LABELS = 6
FEATURES = {"emotions": 72, "scene": 294}


def shares_of_yes(name):
    """Of each label of the test rows: the labels are the last columns of the ARFF file."""
    path = pathlib.Path(os.environ["ANTLER_DATA"]) / "multilabel" / f"{name}-test.arff"
    rows = [line.split(",")[-LABELS:] for line in path.read_text(encoding="utf-8").splitlines()
            if line.strip() and line[0] not in "@%{"]
    return [sum(float(row[k]) for row in rows) / len(rows) for k in range(LABELS)]


def parameters(features, hidden, outputs):
    widths = [features, *hidden, outputs]
    return sum((a + 1) * b for a, b in zip(widths, widths[1:]))


class Multilabel(course.ExampleTest):
    example = "16_multilabel"

    def test_yes_to_everything(self):
        """At a threshold under every probability: precision is the share of yeses, recall 1."""
        text = self.output("--set", "threshold=1e-30", "--set", "seeds=1", "--set", "epochs=1",
                           "--set", "units=4,3", "--seed", "7")
        for name, features in FEATURES.items():
            shares = shares_of_yes(name)
            mean = sum(shares) / LABELS
            micro = 2 * mean / (1 + mean)
            macro = sum(2 * share / (1 + share) for share in shares) / LABELS
            for form in ("together", "apart"):
                line = course.row(text, f"{name}, {form}: micro F1")
                self.assertAlmostEqual(line[0], micro, delta=6e-4)
                self.assertAlmostEqual(course.number(
                    text, f"{name}, {form}: micro F1 {line[0]:.3f}, macro F1"), macro, delta=6e-4)
            self.assertIn(f", {parameters(features, (4, 3), LABELS)} parameters", text)
            self.assertIn(f", {LABELS * parameters(features, (4, 3), 1)} parameters", text)

    def test_apart_fits_closer_and_is_less_sure(self):
        """Of each seed: lower loss on the training rows, higher loss on new ones."""
        for text in (self.output(), self.output("--seed", "20", "--set", "seeds=1")):
            for name in FEATURES:
                together = [line for line in text.splitlines() if line.startswith(f"{name}, together")]
                apart = [line for line in text.splitlines() if line.startswith(f"{name}, apart")]
                for shared, own in zip(together, apart, strict=True):
                    self.assertLess(course.number(own, "of training"),
                                    course.number(shared, "of training"))
                    self.assertGreater(course.number(own, "loss"), course.number(shared, "loss"))


if __name__ == "__main__":
    unittest.main()
