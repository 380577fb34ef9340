#!/usr/bin/env python3
import math
import unittest

import course


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def elu(x):
    return x if x > 0 else math.exp(x) - 1


def selu(x):
    return 1.0507009873554805 * (x if x > 0 else 1.6732632423543772 * elu(x))


ACTIVATIONS = {
    "sigmoid": sigmoid,
    "tanh": math.tanh,
    "relu": lambda x: max(x, 0),
    "leaky relu": lambda x: x if x > 0 else 0.2 * x,
    "elu": elu,
    "selu": selu,
    "swish": lambda x: x * sigmoid(x),
    "linear": lambda x: x,
    "softmax": lambda x: math.exp(x) / (math.exp(x) + 1),
}
QUICK = ("--set", "digits=20", "--set", "epochs=1")  # where a test does not look at the digits


def slope(f, x):
    return (f(x + 1e-6) - f(x - 1e-6)) / 2e-6


class Activations(course.ExampleTest):
    example = "12_activations"

    def test_values_and_slopes_at_other_points(self):
        points = [-4, -0.5, 0.25, 2, 5]
        text = self.output(*QUICK, "--set", "x=" + ",".join(map(str, points)))
        for name, f in ACTIVATIONS.items():
            for got, x in zip(course.row(text, f"{name}: values"), points, strict=True):
                self.assertAlmostEqual(got, f(x), delta=6e-5)
            for got, x in zip(course.row(text, f"{name}: slopes"), points, strict=True):
                self.assertAlmostEqual(got, slope(f, x), delta=6e-5)

    def test_where_they_are_flat(self):
        flat = 0.05
        text = self.output(*QUICK, "--set", f"flat={flat}")
        end = math.log((1 - 2 * flat + math.sqrt(1 - 4 * flat)) / (2 * flat))  # s (1 - s) = flat
        ends = {"sigmoid": [-end, end], "softmax": [-end, end],
                "tanh": [-math.atanh(math.sqrt(1 - flat)), math.atanh(math.sqrt(1 - flat))],
                "relu": [0], "leaky relu": [], "elu": [math.log(flat)],
                "selu": [math.log(flat / 1.0507009873554805 / 1.6732632423543772)], "linear": []}
        for name, expected in ends.items():
            got = course.row(text, f"{name} is flat")
            self.assertEqual(len(got), len(expected), name)
            for one, other in zip(got, expected):
                self.assertAlmostEqual(one, other, delta=0.0101)
        swish = course.row(text, "swish is flat")[0]
        self.assertLess(abs(slope(ACTIVATIONS["swish"], swish)), flat)
        self.assertGreater(abs(slope(ACTIVATIONS["swish"], swish + 0.01)), flat)

    def test_finds_other_knots(self):
        text = self.output(*QUICK, "--set", "knots=0.8,2.2")
        knots = [float(knot) for knot in text.split("w x + b = 0 at")[1].split()[:3]]
        for knot in (0.8, 2.2):
            self.assertLess(min(abs(knot - found) for found in knots), 0.02)
        self.assertLess(course.number(text, "three relu units: squared error"), 0.001)
        # The best straight line, by least squares.
        at, height = [0, 0.8, 2.2, 3], [2, 0, 0.5, 2.5]
        x = [i / 20 for i in range(61)]
        y = []
        for one in x:
            k = 0 if one < 0.8 else 1 if one < 2.2 else 2
            y.append(height[k] + (height[k + 1] - height[k]) * (one - at[k]) / (at[k + 1] - at[k]))
        mean_x, mean_y = sum(x) / 61, sum(y) / 61
        covariance = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y))
        w = covariance / sum((a - mean_x) ** 2 for a in x)
        error = sum((mean_y + w * (a - mean_x) - b) ** 2 for a, b in zip(x, y)) / 61
        self.assertAlmostEqual(course.number(text, "three linear units: squared error"), error,
                               delta=1e-3)

    def test_digits_to_another_loss(self):
        text = self.output("--seed", "1", "--set", "loss=1", "--set", "epochs=40")
        sigmoid_epochs = course.number(text, "sigmoid units, Adam of rate 0.001: epochs")
        relu_epochs = course.number(text, "relu units, Adam of rate 0.001: epochs")
        self.assertGreater(sigmoid_epochs, 2 * relu_epochs)
        for label in (f"sigmoid units, Adam of rate 0.001: epochs {sigmoid_epochs:.0f}, loss",
                      f"relu units, Adam of rate 0.001: epochs {relu_epochs:.0f}, loss"):
            self.assertLess(course.number(text, label), 1)

    def test_long_steps_kill_units(self):
        text = self.output("--seed", "2", "--set", "rates=0.05,1.5", "--set", "epochs=5")
        self.assertLess(course.number(text, "dead at rate 0.05:"), 10)
        self.assertGreater(course.number(text, "dead at rate 1.5:"), 32)

    def test_linear_layers_fold(self):
        text = self.output(*QUICK, "--seed", "4", "--set", "w=-3,0.5")
        self.assertLess(course.number(text, "three linear layers: differ from one by"), 1e-5)
        self.assertAlmostEqual(course.number(text, "two linear units: slope"), -1.5, delta=1e-5)
        self.assertEqual(course.number(text, "w2 w1"), -1.5)
        self.assertEqual(course.number(text, "w2 + w1"), -2.5)
        lines = [line for line in text.splitlines() if ", w and b" in line]
        stacked, single = (
            [course.number(line, "loss"), *course.row(line[line.index(", w"):], ", w and b")]
            for line in lines)
        for one, other in zip(stacked, single, strict=True):
            self.assertAlmostEqual(one, other, delta=5e-3)


if __name__ == "__main__":
    unittest.main()
