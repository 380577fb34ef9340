#!/usr/bin/env python3
"""benchmarks/peers/scale.py: the arithmetic of its limits, and what it takes from a run."""

import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks" / "peers"))
import scale  # noqa: E402
import workloads  # noqa: E402

PEAK = {"gflops": 100.0, "cache_gbs": 50.0}


def answer(step_us, loss=1.0):
    return {"step_us": step_us, "losses": [loss], "outputs": []}


class Scale(unittest.TestCase):
    def test_counts_the_products(self):
        # 64-16-16-10 at batch 128: forward and both gradients, but none for the input.
        products = [64 * 16, 16 * 16, 16 * 10]
        expected = 2 * 128 * (3 * sum(products) - products[0])
        self.assertEqual(scale.flops(workloads.SCALE["width 16"]), expected)

    def test_the_limit_is_the_longer_of_two(self):
        wide = workloads.SCALE["width 4096"]
        self.assertAlmostEqual(scale.limit_us(wide, PEAK), scale.flops(wide) / 100e3)
        single = workloads.SCALE["batch 1"]  # few products, as many weights
        bytes_moved = scale.ADAM_BYTES * single.parameters()
        self.assertAlmostEqual(scale.limit_us(single, PEAK), bytes_moved / 50e3)

    def test_every_network_is_known_to_the_workers(self):
        for name, workload in workloads.SCALE.items():
            self.assertIs(workloads.named(name), workload)
        self.assertEqual(len(workloads.SCALE["depth 200"].layers), 201)

    def test_takes_medians_and_leaves_out_other_work(self):
        results = {
            (1, "width 16", "jax"): [answer(3), answer(1), answer(2)],
            (1, "width 16", "torch"): [answer(1, loss=1.1)],
            (1, "width 16", "antler"): [answer(0.5)],
        }
        expected = {(1, "width 16", "jax"): 2, (1, "width 16", "antler"): 0.5}
        self.assertEqual(scale.medians(results), expected)

    def test_the_page_has_a_row_a_peer(self):
        found = {(1, "width 16", "jax"): 2.0, (1, "width 16", "antler"): 0.5}
        lines = scale.tables(found, PEAK, [1], ["jax"])
        self.assertIn("| jax | 2.00 |  |  |  |  |", lines)
        self.assertIn("| antler | 0.500 |  |  |  |  |", lines)


if __name__ == "__main__":
    unittest.main()
