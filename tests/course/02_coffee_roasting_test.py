#!/usr/bin/env python3
import csv
import math
import os
import pathlib
import unittest

import course

W1 = [[-8.94, 0.29, 12.89], [-0.17, -7.34, 10.79]]
B1 = [-9.87, -9.28, 1.01]
W2 = [-31.38, -27.86, -32.79]
B2 = 15.54


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def published_answer(roast):
    path = pathlib.Path(os.environ["ANTLER_DATA"]) / "course" / "coffee_roasting.csv"
    with open(path, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    scaled = []
    for value, name in zip(roast, ("temperature", "duration"), strict=True):
        column = [float(row[name]) for row in rows]
        mean = sum(column) / len(column)
        variance = sum((x - mean) ** 2 for x in column) / len(column)
        scaled.append((value - mean) / math.sqrt(variance))
    units = [sigmoid(scaled[0] * W1[0][k] + scaled[1] * W1[1][k] + B1[k]) for k in range(3)]
    return sigmoid(sum(a * w for a, w in zip(units, W2, strict=True)) + B2)


class CoffeeRoasting(course.ExampleTest):
    example = "02_coffee_roasting"

    def test_other_roasts_and_another_seed(self):
        text = self.output("--set", "roasts=175,14,182,12", "--seed", "3", "--set", "seeds=1",
                           "--set", "epochs=3", "--set", "more=1")
        for roast in ((175, 14), (182, 12)):
            printed = course.number(text, f"{roast[0]} degrees and {roast[1]} minutes")
            expected = published_answer(roast)
            self.assertLess(abs(printed - expected), 1e-3 * expected)
        seeds = course.numbers(text, "epoch 3")
        self.assertEqual(len(seeds), 1)
        self.assertIn("seed 3: ", text)
        self.assertLess(seeds[0], course.number(text, "epoch 1 "))
        self.assertLess(course.number(text, "the worst after 1 more epochs"), seeds[0])


if __name__ == "__main__":
    unittest.main()
