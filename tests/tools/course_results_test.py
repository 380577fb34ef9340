"""tools/course_results.py: what it writes about programs that are made up."""

import io
import pathlib
import sys
import unittest
from unittest import mock

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import course_results  # noqa: E402
from course_results import band, course, judge_example, summary, table  # noqa: E402

PAGE = "# A page\n\n```output tolerance=0.1\n$ 90_toy\nloss 1\n```\n"
ENTRY = {"what": "loss", "label": "loss", "count": 1, "published": "near 1", "low": 0.5,
         "high": 1.5}


def prints(text):
    return lambda example, *arguments: text


class Rows(unittest.TestCase):
    def rows(self, run, *entries):
        return judge_example("90_toy", PAGE, entries or (ENTRY,), run)

    def test_says_what_is_reached(self):
        page, loss = self.rows(prints("loss 1.05\n"))
        self.assertEqual(page[-2:], ("1 of 1", True))
        self.assertEqual(loss, ("loss", "near 1", "0.5 to 1.5", "1.05", True))

    def test_says_what_is_missed(self):
        page, loss = self.rows(prints("loss 2\n"))
        self.assertEqual(page[-2:], ('90_toy: shown "loss 1", printed "loss 2"', False))
        self.assertEqual(loss[-2:], ("2", False))
        self.assertEqual(self.rows(prints("nothing\n"))[1][-2:], ("none", False))

    def test_a_page_without_output_is_a_fault(self):
        self.assertFalse(judge_example("90_toy", "# Empty", [], prints(""))[0][-1])

    def test_runs_with_the_arguments_of_page_and_number(self):
        seen = []

        def run(example, *arguments):
            seen.append(arguments)
            return "loss 1\n"

        self.rows(run, ENTRY, {**ENTRY, "arguments": "--set x='1, 2'"})
        self.assertEqual(seen, [(), (), ("--set", "x=1, 2")])

    def test_missing_data_are_no_fault(self):
        def run(example, *arguments):
            raise course.MissingData("course/y.npy is not there")

        self.assertEqual(self.rows(run), [("not run", "", "", "course/y.npy is not there", None)])

    def test_a_program_that_fails_is_a_fault(self):
        def run(example, *arguments):
            raise AssertionError("90_toy: status 1\nmore")

        self.assertEqual(self.rows(run), [("fails", "", "", "90_toy: status 1", False)])


class Words(unittest.TestCase):
    def test_bands(self):
        self.assertEqual(band({"low": 3, "high": 3, "count": 1}), "3")
        entry = {"high": 0.01, "count": 20, "at_least": 16}
        self.assertEqual(band(entry), "at most 0.01 (16 of 20)")
        self.assertEqual(band({"low": 1, "count": 2, "of": "median"}), "at least 1 (median)")
        self.assertEqual(band({"low": 0.99998, "high": 1.00002, "count": 1}), "0.99998 to 1.00002")

    def test_many_numbers_become_their_range(self):
        entry = {"high": 4, "count": 7, "at_least": 4}
        self.assertEqual(summary(entry, [1, 2, 3, 4, 5, 6, 7]), "1 to 7, median 4 (4 of 7)")
        self.assertEqual(summary({"high": 9, "count": 2}, [0.031, 0.25]), "0.031, 0.25")
        self.assertEqual(summary({"high": 9, "count": 3}, [1.0, 1.0, 1.0]), "1, all 3")

    def test_the_folder_of_the_data_is_not_named(self):
        with mock.patch.dict("os.environ", {"ANTLER_DATA": "/mine/data"}):
            text = course_results.without_folder("/mine/data/course/y.npy is not there")
        self.assertEqual(text, "$ANTLER_DATA/course/y.npy is not there")


class Document(unittest.TestCase):
    RESULTS = [("90_toy", [("a|b", "near 1", "0 to 2", "1", True), ("c", "", "", "x", None),
                           ("d", "", "", "9", False)], 7200.0)]

    def test_table_has_a_row_each_and_no_stray_bar(self):
        lines = table(self.RESULTS).splitlines()
        self.assertEqual(lines[2], "| [90](90_toy.md) | a\\|b | near 1 | 0 to 2 | 1 | yes |")
        self.assertTrue(lines[3].endswith("| - |"))
        self.assertTrue(lines[4].endswith("| **no** |"))

    def test_head_names_command_date_machine_and_time(self):
        text = course_results.document(self.RESULTS, "2001-02-03", "Abacus, 2 cores")
        for words in ("`make course`", "2001-02-03", "Abacus, 2 cores", "120.0 min for 1 programs",
                      "1 of 3; missed: 1; not run: 1"):
            self.assertIn(words, text)

    def test_finds_every_program_of_the_course(self):
        names = course_results.examples()
        self.assertIn("03_dense_by_hand", names)
        out = io.StringIO()
        run = prints("z = x W + b (rows) 1\n")
        results = course_results.run_all(["03_dense_by_hand"], run, out)
        self.assertEqual([row[-1] for row in results[0][1]], [False, False, False])
        self.assertIn("z of (200, 17): first unit: 165: 1", out.getvalue())


if __name__ == "__main__":
    unittest.main()
