#!/usr/bin/env python3
import math
import unittest

import course


class SoftmaxByHand(course.ExampleTest):
    example = "07_softmax_by_hand"

    def test_other_logits(self):
        z = [1.5, -0.25, 2]
        text = self.output("--set", "z=" + ",".join(map(str, z)))
        total = sum(map(math.exp, z))
        for k, logit in enumerate(z):
            p = math.exp(logit) / total
            self.assertAlmostEqual(course.number(text, f"exp(z{k})"), math.exp(logit), delta=1e-4)
            self.assertAlmostEqual(course.number(text, f"probability p{k}"), p, delta=6e-6)
            self.assertAlmostEqual(course.number(text, f"-ln p{k}"), -math.log(p), delta=6e-6)
            self.assertAlmostEqual(course.number(text, f"-log10 p{k}"), -math.log10(p), delta=6e-6)
        slip = math.exp(z[0]) / (2 * math.exp(z[1]) + math.exp(z[2]))
        self.assertAlmostEqual(course.number(text, "as printed in the notes"), slip, delta=6e-6)
        self.assert_equals_library(text)

    def test_two_classes(self):
        text = self.output("--set", "w=0.5,1,-1,0.25", "--set", "b=0.3,0.2", "--set", "x=0.75,-1.5")
        z1 = 0.5 * 0.75 + 1 * -1.5 + 0.3
        z2 = -1 * 0.75 + 0.25 * -1.5 + 0.2
        expected = math.exp(z1) / (math.exp(z1) + math.exp(z2))
        for label in ("softmax of two classes", "sigmoid, w1 - w2 and b1 - b2"):
            self.assertAlmostEqual(course.number(text, label), expected, delta=1e-9)

    def assert_equals_library(self, text):
        for type_name in ("float64", "float32"):
            label = f"library, {type_name}: probabilities differ by"
            self.assertLess(course.number(text, label), 1e-7)
        losses = course.numbers(text, "cross-entropies by")
        self.assertLess(losses[0], 1e-7)  # float64
        self.assertLess(losses[1], 2e-6)  # float32: its steps near 8 are 1e-6


if __name__ == "__main__":
    unittest.main()
