#!/usr/bin/env python3
import math
import struct
import unittest

import course


def as_float(x):
    """The nearest float32."""
    return struct.unpack("f", struct.pack("f", x))[0]


class RoundOff(course.ExampleTest):
    example = "06_round_off"

    def test_other_differences(self):
        text = self.output("--set", "n=300")
        self.assertIn(f"2/n in double: {2 / 300:.18f}\n", text)
        self.assertIn(f"1 + 1/n - (1 - 1/n) in double: {1 + 1 / 300 - (1 - 1 / 300):.18f}\n", text)
        self.assertIn(f"2/n in float: {as_float(2 / 300):.18f}\n", text)
        small = as_float(1 / 300)
        difference = as_float(as_float(1 + small) - as_float(1 - small))
        self.assertIn(f"1 + 1/n - (1 - 1/n) in float: {difference:.18f}\n", text)

    def test_losses_in_reach_of_all_forms(self):
        logits = [-3, -1.5, 0, 0.5, 2, 4]
        text = self.output("--set", "logits=" + ",".join(map(str, logits)), "--set", "label=0")
        for form in ("by the formula", "of the probability", "from logits"):
            for z in logits:
                loss, slope = course.row(text, f"{form}, logit {z:g}: loss")
                self.assertAlmostEqual(loss, math.log(1 + math.exp(z)), delta=1e-5)
                self.assertAlmostEqual(slope, 1 / (1 + math.exp(-z)), delta=1e-5)

    def test_losses_out_of_reach(self):
        logits = [50, -50, 120, -120, 5000, -5000]
        text = self.output("--set", "logits=" + ",".join(map(str, logits)), "--set", "label=0")
        for z in logits:
            loss, slope = course.row(text, f"from logits, logit {z}: loss")
            self.assertAlmostEqual(loss, max(z, 0), delta=1e-6)
            self.assertAlmostEqual(slope, 1 if z > 0 else 0, delta=1e-6)
            loss, slope = course.row(text, f"of the probability, logit {z}: loss")
            p = as_float(1 - 1e-7) if z > 0 else as_float(1e-7)
            self.assertAlmostEqual(loss, -math.log(1 - p), delta=1e-4)
            self.assertEqual(slope, 0)
            if abs(z) > 100:
                loss, slope = course.row(text, f"by the formula, logit {z}: loss")
                self.assertFalse(math.isfinite(loss) or math.isfinite(slope))

    def test_log_sum_exp(self):
        text = self.output("--set", "z=1,-2,3.5")
        expected = math.log(math.exp(1) + math.exp(-2) + math.exp(3.5))
        for label in ("log-sum-exp as written", "log-sum-exp less the largest",
                      "ops::logsumexp in float"):
            self.assertAlmostEqual(course.number(text, label), expected, delta=6e-5)
        text = self.output("--set", "z=-1000,-1001,-1002")
        self.assertEqual(course.number(text, "log-sum-exp as written"), -math.inf)
        expected = -1000 + math.log(1 + math.exp(-1) + math.exp(-2))
        self.assertAlmostEqual(course.number(text, "log-sum-exp less the largest"), expected, places=5)


if __name__ == "__main__":
    unittest.main()
