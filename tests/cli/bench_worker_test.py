"""Antler's worker for benchmarks/peers: lines of JSON in and out, and the numbers of its network."""

import json
import math
import os
import pathlib
import struct
import subprocess
import tempfile
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORKER = pathlib.Path(os.environ.get("ANTLER_BUILD_DIR", ROOT / "build")) / "bin" / "antler_bench_worker"
ROWS = 20
# softmax regression: a network whose loss is short enough to be written down here.
NETWORK = {
    "input_shape": [2],
    "batch": 4,
    "loss": "sparse_categorical_crossentropy",
    "learning_rate": 0.001,
    "layers": [{"layer": "Dense", "units": 3, "activation": "linear"}],
}
KERNEL = [[0.5, -1.0, 0.25], [1.5, 0.75, -0.5]]
BIAS = [0.1, -0.2, 0.3]
X = [[(row % 5) - 2.0, (row % 3) - 0.5] for row in range(ROWS)]
Y = [row % 3 for row in range(ROWS)]


def npy(shape, numbers, code):
    header = f"{{'descr': '<{code}4', 'fortran_order': False, 'shape': {shape}, }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    body = struct.pack(f"<{len(numbers)}{'f' if code == 'f' else 'i'}", *numbers)
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + body


def flat(rows):
    return [number for row in rows for number in row]


def logits(x):
    return [b + sum(v * w[k] for v, w in zip(x, KERNEL)) for k, b in enumerate(BIAS)]


def loss(x, y):
    z = logits(x)
    return math.log(sum(map(math.exp, z))) - z[y]


class Worker(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.weights = f"{folder.name}/w.npz"
        self.data = f"{folder.name}/d.npz"
        with zipfile.ZipFile(self.weights, "w") as archive:
            archive.writestr("w000.npy", npy((2, 3), flat(KERNEL), "f"))
            archive.writestr("w001.npy", npy((3,), BIAS, "f"))
        with zipfile.ZipFile(self.data, "w") as archive:
            archive.writestr("x.npy", npy((ROWS, 2), flat(X), "f"))
            archive.writestr("y.npy", npy((ROWS,), Y, "i"))

    def request(self, kind, **changed):
        request = {
            "workload": "own", "kind": kind, "threads": 1, "weights": self.weights,
            "data": self.data, "seconds": 0.001, "network": NETWORK,
        }
        return {**request, **changed}

    def ask(self, *requests):
        lines = "".join(json.dumps(request) + "\n" for request in requests)
        done = subprocess.run([WORKER], input=lines, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(len(answers), len(requests))
        return answers

    def test_steps_begin_at_the_given_weights(self):
        first, second = self.ask(self.request("steps"), self.request("steps"))
        expected = sum(map(loss, X[:4], Y[:4])) / 4
        self.assertAlmostEqual(first["losses"][0], expected, delta=1e-5)
        self.assertEqual(len(first["losses"]), 10)
        self.assertLess(first["losses"][9], first["losses"][0])
        for got, before in zip(first["outputs"], logits(X[0]), strict=True):
            self.assertAlmostEqual(got, before, delta=0.01)  # one step of 0.001
        for key in ("step_us", "predict_us", "first_step_s"):
            self.assertGreater(first[key], 0)
        for key in ("losses", "outputs", "first_step_s"):
            self.assertEqual(second[key], first[key])

    def test_predictions_are_those_of_the_given_weights(self):
        (answer,) = self.ask(self.request("predict"))
        for got, wanted in zip(answer["outputs"], logits(X[0]), strict=True):
            self.assertAlmostEqual(got, wanted, delta=1e-5)
        self.assertGreater(answer["predict_us"], 0)
        self.assertGreater(answer["predict_many_us"], 0)

    def test_fit_validates_on_the_last_tenth(self):
        (answer,) = self.ask(self.request("fit"))
        expected = sum(map(loss, X[-2:], Y[-2:])) / 2  # five steps of 0.001 change little
        self.assertAlmostEqual(answer["val_loss"], expected, delta=0.05)
        self.assertGreater(answer["epoch_s"], 0)

    def test_start_takes_one_step(self):
        (answer,) = self.ask(self.request("start"))
        self.assertEqual(len(answer["losses"]), 1)

    def test_says_what_it_cannot_do(self):
        network = {**NETWORK, "layers": [{"layer": "Dens", "units": 3}]}
        answers = self.ask(
            self.request("steps", network=network), {"kind": "steps"}, self.request("sleep")
        )
        self.assertIn('did you mean "Dense"?', answers[0]["error"])
        self.assertIn("network", answers[1]["error"])
        self.assertIn("got sleep", answers[2]["error"])


if __name__ == "__main__":
    unittest.main()
