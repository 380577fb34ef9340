#!/usr/bin/env python3
import math
import unittest

import course


def loss_of_bias(rate, mean, steps):
    """Where all weights are 0 the output is tanh(b): the loss after `steps` of the whole batch, whose
    targets 1 and -1 have this mean."""
    b = 0.0
    for _ in range(steps):
        y = math.tanh(b)
        b -= rate * (y - mean) * (1 - y * y)
    y = math.tanh(b)
    return (1 - 2 * mean * y + y * y) / 2


class Playground(course.ExampleTest):
    example = "20_playground"

    def test_from_zeros_the_last_bias_alone_moves(self):
        for seed, rate in (("3", 0.5), ("4", 2.0)):
            text = self.output("--set", "only=circle, zeros", "--set", "batch=250", "--set", "seeds=1",
                               "--set", f"rate={rate}", "--set", "epochs=1,4", "--seed", seed)
            for epoch in (1, 4):
                line = f"circle, zeros, epoch {epoch}: loss"
                right = course.row(text, line)[-1]  # all points get the more frequent class
                expected = loss_of_bias(rate, 2 * right - 1, epoch)
                self.assertAlmostEqual(course.number(text, line), expected, delta=2e-6)

    def test_a_penalty_that_kills_all_weights_leaves_the_bias(self):
        """Then the best output is the mean of the targets: a loss of (1 - mean^2) / 2."""
        text = self.output("--set", "only=circle, l1 0.1", "--set", "seeds=1", "--set", "epochs=50,300",
                           "--seed", "5")
        line = "circle, l1 0.1, epoch 300: loss"
        mean = 2 * course.row(text, line)[-1] - 1
        self.assertAlmostEqual(course.number(text, line), (1 - mean * mean) / 2, delta=1e-3)

    def test_a_line_is_enough_for_two_clouds_of_other_seeds(self):
        text = self.output("--set", "only=gauss", "--set", "seeds=4", "--seed", "50",
                           "--set", "epochs=10,100")
        # published: 0.006819 and 0.000492
        for epoch, loss in ((10, 0.006819), (100, 0.000492)):
            reached = course.number(text, f"gauss, epoch {epoch}: loss")
            self.assertGreater(reached, loss / 3)
            self.assertLess(reached, loss * 3)

    def test_left_over_points_join_the_next_batch(self):
        """Of 250 points the first step takes 200, the second all: 50 that were left over, and those
        200. From zeros the first step's output y follows from the loss; so does the second step's."""
        rate = 0.5
        text = self.output("--set", "only=circle, zeros", "--set", "batch=200", "--set", "seeds=1",
                           "--set", f"rate={rate}", "--set", "epochs=1,2", "--seed", "1")
        first, second = course.numbers(text, "epoch 1: loss") + course.numbers(text, "epoch 2: loss")
        mean = 2 * course.row(text, "circle, zeros, epoch 2: loss")[-1] - 1
        root = math.sqrt(mean * mean - 1 + 2 * first)
        losses = []
        for y in (mean - root, mean + root):  # both have that first loss
            after = math.tanh(math.atanh(y) - rate * (y - mean) * (1 - y * y))
            losses.append((1 - 2 * mean * after + after * after) / 2)
        self.assertLess(min(abs(second - loss) for loss in losses), 3e-6, (losses, text))

    def test_a_smaller_rate_learns_less(self):
        text = self.output("--set", "only=xor", "--set", "seeds=3", "--set", "rate=0.0001",
                           "--set", "epochs=1,20")
        self.assertGreater(course.number(text, "xor, epoch 20: loss"), 0.4)


if __name__ == "__main__":
    unittest.main()
