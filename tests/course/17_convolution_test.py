#!/usr/bin/env python3
import unittest

import course

SMALL = ("--set", "seeds=1", "--set", "digits=50,60,70")


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

    def test_another_seed(self):
        text = self.output("--seed", "9", *SMALL)
        self.assertGreaterEqual(course.number(text, "ECG200, filters 16, seed 9:"), 80)
        # guessing reads a tenth of the digits
        self.assertGreater(course.number(text, "CNN, digits 70:"), 30)


if __name__ == "__main__":
    unittest.main()
