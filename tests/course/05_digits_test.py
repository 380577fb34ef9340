#!/usr/bin/env python3
import math
import unittest

import course


class Digits(course.ExampleTest):
    example = "05_digits"

    def test_softmax_trains_as_well(self):
        """By the rewrite; and from an ordinary start without it."""
        text = self.output()
        expected = course.row(text, "plain start, from logits:")
        rewritten = course.row(text, "plain start, softmax:")
        self.assertEqual(rewritten, expected)
        written = course.row(text, "plain start, softmax as written:")
        self.assertAlmostEqual(written[0], expected[0], delta=1e-3)
        self.assertLess(written[1], 0.08)
        self.assertLessEqual(written[2], 70)

    def test_as_written_is_stuck_where_it_is_sure_and_wrong(self):
        for text in (self.output(), self.output("--set", "sure=50", "--set", "epochs=3",
                                                "--set", "seeds=1", "--seed", "2")):
            first, last, errors, _ = course.row(text, "sure start, softmax as written:")
            self.assertAlmostEqual(first, 0.9 * -math.log(1e-7), delta=2e-3)
            self.assertAlmostEqual(last, first, delta=1e-6)
            self.assertEqual(errors, 4500)  # all but the zeros
            for form in ("from logits", "softmax"):
                _, last, errors, _ = course.row(text, f"sure start, {form}:")
                self.assertLess(last, 5)
                self.assertLess(errors, 3000)

    def test_a_start_in_reach_of_all_forms(self):
        text = self.output("--set", "sure=5", "--set", "epochs=2", "--set", "seeds=1", "--seed", "2")
        self.assertEqual(len(course.numbers(text, "seed 2: epoch 1:")), 1)
        self.assertEqual(course.number(text, "steps:"), 2 * math.ceil(5000 / 32))
        expected = course.row(text, "sure start, from logits:")
        written = course.row(text, "sure start, softmax as written:")
        self.assertAlmostEqual(written[0], expected[0], delta=0.01)
        self.assertLess(expected[1], expected[0])
        self.assertLess(expected[0], 5 + math.log(10))


if __name__ == "__main__":
    unittest.main()
