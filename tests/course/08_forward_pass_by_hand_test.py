#!/usr/bin/env python3
import math
import unittest

import course

X = [0.5, -1, 2]
W = [[0.3, -0.2, 0.4], [1, 0.5, -0.75], [-0.6, 0.1, 0.2], [2, -1, 0.5]]
B = [0.2, -0.1, 0.3, -0.4]


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def outputs(unit):
    """What units 1 to 4 put out, where unit(k, z without bias) is what unit k makes of its sum."""
    hidden = [unit(k, sum(w * x for w, x in zip(W[k], X))) for k in range(3)]
    return [*hidden, unit(3, sum(w * h for w, h in zip(W[3], hidden)))]


class ForwardPassByHand(course.ExampleTest):
    example = "08_forward_pass_by_hand"

    def setUp(self):
        self.settings = ["--set", "x=" + ",".join(map(str, X)),
                         "--set", "w=" + ",".join(str(w) for row in W for w in row),
                         "--set", "b=" + ",".join(map(str, B))]

    def assert_row(self, text, letter, expected, delta=5.1e-4):
        for k, value in enumerate(expected, 1):
            self.assertAlmostEqual(course.number(text, f"{letter}{k}"), value, delta=delta)

    def test_other_network(self):
        text = self.output(*self.settings)
        activations = outputs(lambda k, z: sigmoid(z + B[k]))
        self.assert_row(text, "a", activations)
        self.assert_row(text, "m", activations)
        self.assert_row(text, "z", [math.log(a / (1 - a)) for a in activations])
        self.assert_row(text, "p", outputs(lambda k, z: sigmoid(z - B[k])))

    def test_slips_on_another_unit(self):
        text = self.output(*self.settings, "--set", "twice=1")
        twice = outputs(lambda k, z: sigmoid(sigmoid(z + B[k])) if k == 0 else sigmoid(z + B[k]))
        self.assert_row(text, "s", twice)
        self.assert_row(text, "c", [math.floor(100 * s) / 100 for s in twice], delta=1e-9)


if __name__ == "__main__":
    unittest.main()
