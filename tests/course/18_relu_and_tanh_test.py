#!/usr/bin/env python3
import math
import re
import statistics
import unittest

import course

METHODS = {"Adam": [5e-4, 1e-3, 2e-3, 4e-3], "SGD": [0.03, 0.1, 0.3]}
FEW = ("--set", "images=800", "--set", "filters=16,32")  # of which --short takes a quarter


def runs(text, label):
    """(epochs, rate, seed) of each line "label: 9 epochs (rate 0.001, seed 1)"."""
    found = re.findall(rf"^{re.escape(label)}: (\S+) epochs \(rate (\S+), seed (\d+)\)$", text, re.M)
    return [(float(epochs), float(rate), int(seed)) for epochs, rate, seed in found]


class ReluAndTanh(course.ExampleTest):
    example = "18_relu_and_tanh"
    has_short_form = True

    def check(self, text, methods, seed):
        """Rates and ratios by the epochs that are printed."""
        for method, rates in methods.items():
            measured = {}
            for name in ("tanh", "ReLU"):
                label = f"{name}, {method}, epochs at each rate:"
                searched = course.row(text, label)
                self.assertEqual(len(searched), len(rates))
                for k, epochs in enumerate(searched):  # none gets more than the best before it
                    self.assertTrue(epochs == math.inf or epochs <= min(searched[:k], default=100))
                [(epochs, rate, its_seed)] = runs(text, f"{name}, {method}, best rate")
                self.assertEqual((rate, its_seed), (rates[searched.index(min(searched))], seed + 1))
                measured[name] = epochs
            self.check_ratio(text, f"{method}, tanh / ReLU:", [measured["tanh"]], [measured["ReLU"]])
        slow, fast, other = ([run[0] for run in runs(text, f"{name}, SGD, fixed rate")]
                             for name in ("tanh", "ReLU", "ReLU (Glorot)"))
        self.check_ratio(text, "fixed, tanh / ReLU:", slow, fast)
        self.check_ratio(text, "fixed, tanh / ReLU (Glorot):", slow, other)

    def check_ratio(self, text, label, slow, fast):
        expected = (statistics.median(slow) / statistics.median(fast), min(slow) / max(fast),
                    max(slow) / min(fast))
        for got, value in zip(course.row(text, label), expected, strict=True):
            if math.isnan(value):  # neither arrived
                self.assertTrue(math.isnan(got), f"{label} {got}")
            else:
                self.assertAlmostEqual(got, value, delta=0.006)

    def test_rates_and_ratios_follow_from_the_epochs(self):
        self.check(self.output(), METHODS, seed=0)

    def test_other_images_rates_and_seed(self):
        text = self.output(*FEW, "--seed", "7", "--set", "limit=80", "--set",
                           "Adam=8e-3,1e-3,2e-3,3e-3", "--set", "SGD=0.05,0.02,0.05")
        self.check(text, {"Adam": [8e-3, 1e-3, 2e-3, 3e-3], "SGD": [0.05, 0.02, 0.05]}, seed=7)

    def test_a_search_among_one_rate_finds_the_fixed_one(self):
        text = self.output(*FEW, "--set", "limit=80", "--set", "SGD=0.05,0.05,0.05",
                           "--set", "fixed=0.05")
        for name in ("tanh", "ReLU"):
            self.assertEqual(runs(text, f"{name}, SGD, best rate"),
                             runs(text, f"{name}, SGD, fixed rate"))

    def test_a_lower_bar_is_reached_earlier(self):
        low, high = (self.output(*FEW, "--set", f"limit={limit}", "--set", "SGD=0.05,0.05,0.05",
                                 "--set", "fixed=0.05") for limit in (85, 80))
        for name in ("tanh", "ReLU", "ReLU (Glorot)"):
            [(early, *_)], [(late, *_)] = (runs(text, f"{name}, SGD, fixed rate")
                                           for text in (low, high))
            self.assertLessEqual(early, late)

    def test_any_error_will_do_and_too_few_epochs(self):
        text = self.output(*FEW, "--set", "limit=100")
        self.assertEqual(set(course.numbers(text, "rate")) - {1.0}, {0.01, 5e-4, 0.03})
        text = self.output(*FEW, "--set", "epochs=1")
        self.assertEqual(runs(text, "tanh, SGD, fixed rate"), [(math.inf, 0.01, 1)])


if __name__ == "__main__":
    unittest.main()
