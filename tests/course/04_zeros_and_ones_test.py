#!/usr/bin/env python3
import unittest

import course


class ZerosAndOnes(course.ExampleTest):
    example = "04_zeros_and_ones"

    def test_other_digits(self):
        """Real Keras, threes and eights, 8 seeds: 0.664 to 0.738, 0.070 to 0.091, 16 to 19 errors."""
        text = self.output("--set", "digits=3,8", "--set", "seeds=2", "--seed", "1")
        for label, low, high in (("epoch 1:", 0.62, 0.78), ("epoch 20:", 0.055, 0.11),
                                 ("errors:", 10, 28)):
            found = course.numbers(text, label)
            self.assertEqual(len(found), 4)
            for value in found:
                self.assertGreaterEqual(value, low, label)
                self.assertLessEqual(value, high, label)
        self.assertIn("seed 2, from logits", text)

    def test_first_epochs_are_those_of_a_longer_run(self):
        text = self.output("--set", "epochs=2", "--set", "seeds=1")
        longer = self.output()
        self.assertEqual(course.numbers(text, "epoch 1:"), course.numbers(longer, "epoch 1:")[:2])
        for second, last in zip(course.numbers(text, "epoch 2:"), course.numbers(longer, "epoch 20:")):
            self.assertGreater(second, last)


if __name__ == "__main__":
    unittest.main()
