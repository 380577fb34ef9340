#!/usr/bin/env python3
import csv
import os
import pathlib
import unittest

import course


def standardized():
    """Rows of ETTh1 in units of the training hours' deviation, and how many rows these are."""
    path = pathlib.Path(os.environ["ANTLER_DATA"]) / "timeseries" / "ETTh1.csv"
    with open(path, newline="", encoding="utf-8") as file:
        columns = list(zip(*[[float(x) for x in row[1:]] for row in list(csv.reader(file))[1:]]))
    train = len(columns[0]) * 6 // 10
    out = []
    for column in columns:
        mean = sum(column[:train]) / train
        deviation = (sum((x - mean) ** 2 for x in column[:train]) / train) ** 0.5
        out.append([(x - mean) / deviation for x in column])
    return out, train


def line_from_last_change(columns, train):
    """With a window of two hours the only input that is not 0 is the hour before the last one: the
    ridge regression in seven numbers, by Gauss. The error on the last fifth."""
    n, hours = len(columns), len(columns[0])
    a = [[float(r == c) for c in range(n)] + [0.0] * n for r in range(n)]
    changes = [[column[t + 1] - column[t] for t in range(hours - 1)] for column in columns]
    for r in range(n):
        for c in range(n):
            a[r][c] += sum(x * y for x, y in zip(changes[r][:train - 2], changes[c][:train - 2]))
            a[r][n + c] -= sum(x * y for x, y in zip(changes[r][:train - 2], changes[c][1:train - 1]))
    for i in range(n):
        a[i] = [x / a[i][i] for x in a[i]]
        for r in range(n):
            if r != i:
                a[r] = [x - a[r][i] * y for x, y in zip(a[r], a[i])]
    errors = [(changes[c][t - 1] + sum(changes[r][t - 2] * a[r][n + c] for r in range(n))) ** 2
              for t in range(hours * 8 // 10, hours) for c in range(n)]
    return sum(errors) / len(errors)


class Sequences(course.ExampleTest):
    example = "19_sequences"
    has_short_form = True

    def test_two_known_hours(self):
        text = self.output("--set", "window=2")
        columns, train = standardized()
        hours = len(columns[0])
        self.assertIn(f"{train - 2} windows of 2 hours to learn from, "
                      f"{hours - hours * 8 // 10} to test", text)
        repeated = [(column[t] - column[t - 1]) ** 2
                    for column in columns for t in range(hours * 8 // 10, hours)]
        self.assertAlmostEqual(course.number(text, "repeating the last hour"),
                               sum(repeated) / len(repeated), delta=1e-4)
        self.assertAlmostEqual(course.number(text, "linear regression"),
                               line_from_last_change(columns, train), delta=2e-4)

    def test_more_hours_help_the_line(self):
        short, long = self.output("--set", "window=2"), self.output()
        self.assertLess(course.number(long, "linear regression"),
                        course.number(short, "linear regression"))

    def test_parameters_and_another_seed(self):
        text = self.output("--seed", "6")
        width, columns = 32, 7
        lstm = 4 * width * (columns + width + 1) + (width + 1) * columns
        self.assertIn(f"of seed 6, {lstm} parameters", text)
        repeated = course.number(text, "repeating the last hour")
        for name in ("LSTM", "Transformer"):
            self.assertLess(course.number(text, f"{name}, error"), repeated)


if __name__ == "__main__":
    unittest.main()
