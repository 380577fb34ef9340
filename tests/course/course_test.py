#!/usr/bin/env python3
"""Each program of the course has a page, a test and the numbers to reach; and the comparison of pages
with programs sees what differs."""

import unittest

import course
from course import first_difference, fits, judge, numbers, output_blocks, row


class Completeness(unittest.TestCase):
    def test_every_program_has_page_numbers_and_test(self):
        programs = {path.stem for path in (course.ROOT / "examples").glob("[0-9][0-9]_*.cpp")}
        self.assertTrue(programs)
        tests = {path.name.removesuffix("_test.py")
                 for path in (course.ROOT / "tests" / "course").glob("[0-9][0-9]_*_test.py")}
        self.assertEqual(programs, tests)
        for suffix in ("md", "toml"):
            pages = {path.stem for path in course.PAGES.glob(f"[0-9][0-9]_*.{suffix}")}
            self.assertEqual(programs, pages, suffix)

    def test_index_lists_every_page_by_its_title(self):
        index = (course.PAGES / "index.md").read_text(encoding="utf-8")
        for path in course.PAGES.glob("[0-9][0-9]_*.md"):
            title = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
            self.assertIn(f"\n* [{title}]({path.name}): ", index)

    def test_numbers_say_all_that_they_must(self):
        for path in course.PAGES.glob("*.toml"):
            for entry in course.published(path.stem, False) + course.published(path.stem, True):
                self.assertLessEqual({"what", "label", "count", "published"}, entry.keys(), path)
                self.assertLessEqual(entry.keys(),
                                     {"what", "label", "count", "published", "low", "high",
                                      "at_least", "of", "arguments", "in_short"}, path)
                self.assertTrue({"low", "high"} & entry.keys(), path)


class Comparison(unittest.TestCase):
    def test_numbers_within_the_tolerance(self):
        self.assertTrue(fits("loss 0.50, z -3", "loss 0.52, z   -3.01", 0.03))
        self.assertFalse(fits("loss 0.50", "loss 0.52", 0.01))
        self.assertFalse(fits("loss 0.50", "cost 0.50", 0.01))
        self.assertTrue(fits("1000 rows", "1009 rows", 0.01))
        self.assertFalse(fits("1000 rows", "1011 rows", 0.01))
        self.assertFalse(fits("a 1", "a nan", 0.5))
        self.assertTrue(fits("a inf", "a inf", 0.5))
        self.assertFalse(fits("a inf", "a 9", 0.5))

    def test_as_printed_without_a_tolerance(self):
        self.assertTrue(fits("loss 0.5", "loss 0.5", 0))
        self.assertFalse(fits("loss 0.5", "loss 0.50", 0))
        self.assertFalse(fits("loss  0.5", "loss 0.5", 0))

    def test_dots_stand_for_anything(self):
        self.assertTrue(fits("took ... us", "took 12.5 us", 0))
        self.assertFalse(fits("took ... us", "took 12.5 ms", 0))
        self.assertIsNone(first_difference(["a", "...", "d"], ["a", "b", "c", "d"], 0))
        self.assertIsNone(first_difference(["a", "..."], ["a", "b"], 0))

    def test_lines_too_few_or_too_many(self):
        self.assertIn("not shown", first_difference(["a"], ["a", "b"], 0))
        self.assertIn("no more", first_difference(["a", "b"], ["a"], 0))
        self.assertIn("no more", first_difference(["a", "...", "x"], ["a", "b"], 0))

    def test_blocks_of_a_page(self):
        page = "x\n```output tolerance=0.1\n$ 01_a --set x=1\nloss 1\n```\n"
        self.assertEqual(output_blocks(page), [(["01_a", "--set", "x=1"], ["loss 1"], 0.1)])
        for wrong in ("```output\nloss 1\n```\n", "```output about=0.1\n$ 01_a\n```\n"):
            with self.assertRaises(AssertionError):
                output_blocks(wrong)

    def test_numbers_behind_a_label(self):
        self.assertEqual(numbers("loss: 1.5e-3, loss = -2. loss 3x", "loss"), [0.0015, -2.0])
        self.assertEqual(row("z 1 -2\ny 3", "z"), [1, -2])

    def test_judges_count_band_and_median(self):
        entry = {"label": "loss", "count": 3, "low": 1, "high": 2}
        self.assertTrue(judge(entry, "loss 1 loss 2 loss 1.5")[1])
        self.assertFalse(judge(entry, "loss 1 loss 2")[1])
        self.assertFalse(judge(entry, "loss 1 loss 2 loss 3")[1])
        self.assertTrue(judge({**entry, "at_least": 2}, "loss 1 loss 2 loss 3")[1])
        self.assertTrue(judge({**entry, "of": "median"}, "loss 1 loss 2 loss 3")[1])
        self.assertFalse(judge({**entry, "of": "median"}, "loss 1 loss 4 loss 3")[1])


if __name__ == "__main__":
    unittest.main()
