#!/usr/bin/env python3
import math
import unittest

import course


class DenseByHand(course.ExampleTest):
    example = "03_dense_by_hand"

    def test_other_numbers(self):
        text = self.output("--set", "x=0.5,-2", "--set", "W=1,2,3,4,5,6", "--set", "b=0.1,0.2,0.3")
        z = [0.5 * 1 - 2 * 4 + 0.1, 0.5 * 2 - 2 * 5 + 0.2, 0.5 * 3 - 2 * 6 + 0.3]
        for label in ("z by loops", "z = x W + b (rows)", "z = W' x + b (columns)"):
            for got, expected in zip(course.row(text, label), z, strict=True):
                self.assertAlmostEqual(got, expected, places=4)
        for got, expected in zip(course.row(text, "g(z) = sigmoid(z)"), z, strict=True):
            self.assertAlmostEqual(got, 1 / (1 + math.exp(-expected)), places=5)

    def test_counts_the_multiply_adds(self):
        text = self.output("--set", "width=128", "--set", "examples=3")
        self.assertIn(f"{3 * 128 * 128} multiply-adds", text)


if __name__ == "__main__":
    unittest.main()
