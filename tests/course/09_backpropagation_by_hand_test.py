#!/usr/bin/env python3
import math
import unittest

import course

X = [[0.25, -1, 0.75, 1.5], [-0.5, 0.4, 2, -0.3]]  # features by examples
Y = [0, 1, 1, 0]
WEIGHTS = {"W1": [0.5, 0.2, -0.3, 0.9, 0.4, -0.8], "b1": [0.2, -0.1, 0.4],
           "W2": [-0.6, 0.5, 0.9], "b2": [-0.3]}


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def cross_entropy(logits):
    """The mean over the examples of -y ln p - (1 - y) ln(1 - p)."""
    return sum(math.log(1 + math.exp(-z if y else z)) for z, y in zip(logits, Y)) / len(Y)


def loss(g, weights):
    w1, b1, w2, b2 = weights["W1"], weights["b1"], weights["W2"], weights["b2"]
    logits = []
    for column in zip(*X):
        hidden = [g(w1[2 * k] * column[0] + w1[2 * k + 1] * column[1] + b1[k]) for k in range(3)]
        logits.append(sum(w * h for w, h in zip(w2, hidden)) + b2[0])
    return cross_entropy(logits)


def slopes(g, name):
    """The loss's derivatives by one group of weights, from differences, without the chain rule."""
    found = []
    for k in range(len(WEIGHTS[name])):
        pair = []
        for step in (1e-5, -1e-5):
            changed = {key: list(values) for key, values in WEIGHTS.items()}
            changed[name][k] += step
            pair.append(loss(g, changed))
        found.append((pair[0] - pair[1]) / 2e-5)
    return found


def descend(steps, rate):
    """Logistic regression from zeros, as E X' times a rate; (w1, w2, b, loss)."""
    w, b = [0.0, 0.0], 0.0
    logits = [0.0] * 4
    for _ in range(steps):
        errors = [sigmoid(z) - y for z, y in zip(logits, Y)]
        w = [w[i] - rate * sum(e * x for e, x in zip(errors, X[i])) for i in range(2)]
        b -= rate * sum(errors)
        logits = [w[0] * x0 + w[1] * x1 + b for x0, x1 in zip(*X)]
    return [*w, b, cross_entropy(logits)]


class BackpropagationByHand(course.ExampleTest):
    example = "09_backpropagation_by_hand"

    def printed(self):
        words = []
        for name, values in {"X": X[0] + X[1], "Y": Y, **WEIGHTS, "rate": [0.8], "steps": [20]}.items():
            words += ["--set", f"{name}={','.join(map(str, values))}"]
        return self.output(*words)

    def test_other_network(self):
        lines = self.printed().splitlines()
        for first, g in ((0, sigmoid), (5, math.tanh)):
            for line, name in zip(lines[first:first + 4], WEIGHTS, strict=True):
                for got, expected in zip(course.row(line, "d" + name), slopes(g, name), strict=True):
                    self.assertAlmostEqual(got, expected, delta=2e-6)
            self.assertLess(course.number(lines[first + 4], "gradients differ by"), 1e-6)

    def test_logistic_regression(self):
        text = self.printed()
        for label, rate in (("divided by m", 0.8 / 4), ("divided by 2m:", 0.8 / 8),
                            ("divided by 2m, twice the rate", 0.8 / 4)):
            line = next(line for line in text.splitlines() if line.startswith(label))
            got = course.row(line[line.index("w ="):], "w =")
            for value, expected in zip(got, descend(20, rate), strict=True):
                self.assertAlmostEqual(value, expected, delta=5e-6)


if __name__ == "__main__":
    unittest.main()
