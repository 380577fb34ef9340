#!/usr/bin/env python3
import math
import os
import pathlib
import unittest

import course

SMALL = ("--set", "seeds=1", "--set", "digits=50,60,70")


def share_of_normal(part):
    """Of the heartbeats of a part of ECG200, whose rows begin with 1 for a normal one, else -1."""
    path = pathlib.Path(os.environ["ANTLER_DATA"]) / "ecg" / f"ECG200_{part}.txt"
    rows = [line.replace(",", " ").split() for line in path.read_text().splitlines() if line.strip()]
    return sum(float(row[0]) > 0 for row in rows) / len(rows)


def places(inputs, window, stride):
    return (inputs - window) // stride + 1


class Convolution(course.ExampleTest):
    example = "17_convolution"

    def check_picture(self, samples, windows, strides, text):
        first = places(samples, windows[0], strides[0])
        second = places(first, windows[1], strides[1])
        seen = [f"{strides[0] * i}-{strides[0] * i + windows[0] - 1}" for i in range(first)]
        self.assertIn("first layer sees: " + " ".join(seen) + "\n", text)
        wide = strides[0] * (windows[1] - 1) + windows[0]
        seen = [f"{step}-{step + wide - 1}"
                for step in (strides[0] * strides[1] * i for i in range(second))]
        self.assertIn("second layer sees: " + " ".join(seen) + "\n", text)
        self.assertIn(f"convolution: {windows[0] + 1 + windows[1] + 1 + second + 1} parameters, "
                      f"{first * windows[0] + second * windows[1] + second} multiply-adds\n", text)
        dense = samples * first + first * second + second
        self.assertIn(f"dense: {dense + first + second + 1} parameters, {dense} multiply-adds\n", text)

    def test_picture(self):
        self.check_picture(100, (20, 5), (10, 2), self.output())

    def test_other_windows(self):
        """ECG200 goes through the same windows, with 100 samples."""
        text = self.output("--set", "samples=64", "--set", "windows=12,4", "--set", "strides=4,3", *SMALL)
        self.check_picture(64, (12, 4), (4, 3), text)

    def test_few_digits(self):
        text = self.output()
        for digits in (500, 5000):
            self.assertGreater(course.number(text, f"CNN, digits {digits}:"),
                               course.number(text, f"dense, digits {digits}:"))
        counts = [course.number(text, f"CNN, digits {digits}:") for digits in (100, 500, 5000)]
        self.assertEqual(counts, sorted(counts))
        self.assertGreater(counts[0], 50)
        self.assertGreater(counts[2], 94)

    def test_flat_networks_know_how_frequent_normal_beats_are(self):
        """And nothing else: the entropy of that is their loss."""
        found = 0
        for first, arguments in ((0, ()), (20, ("--seed", "20", "--set", "filters=1,2,3", *SMALL[2:]))):
            text = self.output(*arguments)
            count, *rest = course.row(text, "ECG200, filters 1, flat:")
            share = share_of_normal("TRAIN")
            entropy = -share * math.log(share) - (1 - share) * math.log(1 - share)
            for value, expected in zip(rest, (entropy, entropy, *[100 * share_of_normal("TEST")] * 2)):
                self.assertAlmostEqual(value, expected, delta=3e-3)
            others = course.row(text, "ECG200, filters 1, others:")
            self.assertEqual(count + others[0], 20)
            self.assertLess(others[1], entropy / 2)
            self.check_summary(text, first)
            found += count
        self.assertGreaterEqual(found, 3)

    def check_summary(self, text, first):
        """Two filters, none flat: the others are all."""
        seeds = [course.number(text, f"ECG200, filters 2, seed {first + k}:") for k in range(20)]
        self.assertEqual(course.row(text, "ECG200, filters 2, others:")[-2:], [min(seeds), max(seeds)])

    def test_another_seed(self):
        text = self.output("--seed", "9", *SMALL)
        self.assertGreaterEqual(course.number(text, "ECG200, filters 16, seed 9:"), 80)
        # guessing reads a tenth of the digits
        self.assertGreater(course.number(text, "CNN, digits 70:"), 30)


if __name__ == "__main__":
    unittest.main()
