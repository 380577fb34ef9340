#!/usr/bin/env python3
import csv
import itertools
import math
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import course

ANTLER = course.BUILD / "bin" / "antler"
DATA = pathlib.Path(os.environ.get("ANTLER_DATA", "."))
CHOSEN_FOR = ["tabular/pima-indians-diabetes.csv",  # in the order of the page
              "tabular/california_housing.csv --target median_house_value", "tabular/wine.csv",
              "multilabel/emotions-train.arff"]


def demands(a, b, c, d):
    """The recipe, for every row of the grid."""
    sixths = [i / 6 for i in range(7)]
    for material, marketing, shipping, price in itertools.product(sixths, repeat=4):
        yield (a * max(0, 1 - price - shipping / 2) + b * max(0, 3 * marketing - 1)
               + c * max(0, price / 2 + material - 0.6) + d)


class OutputLayer(course.ExampleTest):
    example = "13_output_layer"

    def error(self, text, name):
        return course.number(text, f"{name}: root_mean_squared_error")

    def test_other_recipe(self):
        recipe = (1, 0.5, 2, -0.75)
        text = self.output("--seed", "1", "--set", "recipe=" + ",".join(map(str, recipe)))
        unsold = sum(demand <= 0 for demand in demands(*recipe))
        self.assertEqual(course.row(text, "T-shirts:"), [unsold, 7**4])
        self.assertLess(self.error(text, "T-shirts, hand-made features"), 0.01)
        self.assertLess(self.error(text, "T-shirts, relu"),
                        self.error(text, "T-shirts, no hidden units") / 2)

    def test_a_linear_output_foretells_less_than_no_shirts(self):
        text = self.output("--seed", "2")
        self.assertEqual(course.row(text, "T-shirts, relu:")[1], 0)
        self.assertGreater(course.row(text, "T-shirts, linear:")[1], 10)

    def test_awareness_beyond_one_matters_only_where_it_counts(self):
        text = self.output("--set", "recipe=2,0,1.5,-0.3")
        self.assertLess(self.error(text, "T-shirts, the same up to 1"), 0.01)

    def test_relu_cannot_say_less_than_zero(self):
        text = self.output("--seed", "3")
        with open(DATA / "tabular" / "california_housing.csv", encoding="utf-8") as file:
            rows = [row for row in list(csv.DictReader(file))[::10] if row["total_bedrooms"]]
        values = [float(row["median_house_value"]) / 1e5 for row in rows]
        mean = sum(values) / len(values)
        tested = [value - mean for value in values[::5]]
        least = math.sqrt(sum(min(0, value) ** 2 for value in tested) / len(tested))
        self.assertGreater(self.error(text, "houses, relu"), least)
        self.assertLess(self.error(text, "houses, linear"), 0.75)

    def test_softmax_of_one_unit_says_yes(self):
        text = self.output("--set", "epochs=2")
        with open(DATA / "tabular" / "pima-indians-diabetes.csv", encoding="utf-8") as file:
            tested = [float(row[-1]) for row in csv.reader(file)][::5]
        self.assertAlmostEqual(course.number(text, "pima, softmax of one: binary_accuracy"),
                               sum(tested) / len(tested), delta=6e-4)

    def test_the_page_shows_what_train_chooses(self):
        if not ANTLER.is_file():
            self.skipTest("antler is not built")
        page = (course.PAGES / f"{self.example}.md").read_text(encoding="utf-8")
        shown = re.findall(r"^    (task: .*)$", page, re.M)
        self.assertEqual(len(shown), len(CHOSEN_FOR))
        with tempfile.TemporaryDirectory() as folder:
            for words, line in zip(CHOSEN_FOR, shown):
                file, *options = words.split()
                if not (DATA / file).is_file():
                    self.skipTest(f"{file} is not there")
                done = subprocess.run(
                    [ANTLER, "train", DATA / file, *options, "--epochs", "1",
                     "-o", f"{folder}/model.keras"], capture_output=True, text=True, check=True)
                self.assertIn(line, done.stdout.splitlines() + done.stderr.splitlines())


if __name__ == "__main__":
    unittest.main()
