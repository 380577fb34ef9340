#!/usr/bin/env python3
import math
import re
import unittest

import course

POINTS = (0.5, 1.25)
LINE = re.compile(r"J = (?P<J>.+), dJ/dw = (?P<slope>.+), and its slope: (?P<bend>.+)")


def value(formula, w):
    """Of a printed formula, read by Python."""
    names = {"w": w, "exp": math.exp, "log": math.log,
             "sigmoid": lambda z: 1 / (1 + math.exp(-z))}
    return eval(formula.replace("^", "**"), {"__builtins__": {}}, names)


def steepness(formula, w, nudge=1e-5):
    return (value(formula, w + nudge) - value(formula, w - nudge)) / (2 * nudge)


class Derivatives(course.ExampleTest):
    example = "10_derivatives"

    def test_nudges_elsewhere(self):
        w, nudges = -1.5, (0.01, 0.25)
        text = self.output("--set", f"w={w}", "--set", f"nudges={nudges[0]},{nudges[1]}")
        self.assertEqual(course.number(text, "J = w^2 at w = -1.5"), w * w)
        self.assertEqual(course.number(text, "dJ/dw there"), 2 * w)
        for nudge, J in zip(nudges, course.numbers(text, ": J"), strict=True):
            self.assertAlmostEqual(J, (w + nudge) ** 2, places=8)
            self.assertAlmostEqual(course.number(text, f"up by {J - w * w:.6g}"), 2 * w + nudge,
                                   places=4)

    def test_formulas_are_the_slopes(self):
        text = self.output("--set", f"points={POINTS[0]},{POINTS[1]}")
        curves = [LINE.fullmatch(line) for line in text.splitlines() if ", dJ/dw = " in line]
        self.assertEqual(len(curves), 8)
        for curve in curves:
            for w in POINTS:
                slope, nudged = course.row(text, f"  {curve['J']} at {w:g}: slope")
                for found in (slope, nudged, value(curve["slope"], w)):
                    self.assertAlmostEqual(found, steepness(curve["J"], w), delta=1e-4)
                self.assertAlmostEqual(value(curve["bend"], w), steepness(curve["slope"], w),
                                       delta=1e-4)

    def test_known_slopes(self):
        text = self.output("--set", "points=0.5,1.25")
        for label, slope in (("w^2", lambda w: 2 * w), ("w^3", lambda w: 3 * w * w),
                             ("w", lambda w: 1), ("1/w", lambda w: -1 / w ** 2),
                             ("exp(-w)", lambda w: -math.exp(-w)), ("log(w)", lambda w: 1 / w)):
            for w in POINTS:
                self.assertAlmostEqual(course.number(text, f"  {label} at {w:g}: slope"), slope(w),
                                       delta=1e-5)

    def test_a_large_nudge_errs(self):
        nudge = 0.5  # w^3: ((w + e)^3 - (w - e)^3) / 2e = 3 w^2 + e^2
        text = self.output("--set", f"small={nudge}")
        self.assertEqual(course.row(text, "  w^3 at 2: slope"), [12, 12 + nudge ** 2])


if __name__ == "__main__":
    unittest.main()
