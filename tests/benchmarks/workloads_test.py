"""benchmarks/peers/workloads.py: shapes and numbers of parameters, worked out by hand."""

import json
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks" / "peers"))
import command_line  # noqa: E402
import workloads  # noqa: E402


def dense(inputs, units):
    return inputs * units + units


def lstm(inputs, units):
    return 4 * (inputs * units + units * units + units)


def normalized_convolutions(*channels):
    """3x3 kernels without bias, and four numbers a channel of the normalization behind each."""
    return sum(9 * a * b + 4 * b for a, b in zip(channels, channels[1:]))


def transformer_block(width, hidden):
    attention = 4 * dense(width, width)
    return attention + dense(width, hidden) + dense(hidden, width) + 2 * 2 * width


# 28 -> 26 -> 13 -> 11 -> 5: the images that reach the last layer of the convnets are 5x5.
PARAMETERS = {
    "A": dense(400, 25) + dense(25, 15) + dense(15, 10),
    "B": dense(784, 128) + dense(128, 10),
    "C": dense(784, 1024) + dense(1024, 1024) + dense(1024, 10),
    "D": dense(9, 32) + dense(9 * 32, 64) + dense(5 * 5 * 64, 10),
    "E": dense(20, 10) + dense(5 * 10, 5) + dense(3 * 5, 1),  # 100 -> 9 -> 3 steps
    "F": lstm(28, 128) + dense(128, 10),
    "G": normalized_convolutions(3, 32, 64, 128) + dense(128, 10),
    "H": 2 * transformer_block(128, 256) + dense(128, 10),
    "A'": dense(397, 27) + dense(27, 13) + dense(13, 11),
    "B'": dense(781, 131) + dense(131, 11),
    "C'": dense(784, 1000) + dense(1000, 1000) + dense(1000, 10),
    "D'": dense(9, 30) + dense(9 * 30, 61) + dense(5 * 5 * 61, 10),
    "E'": dense(19, 11) + dense(4 * 11, 6) + dense(4 * 6, 1),  # 103 -> 10 -> 4 steps
    "F'": lstm(29, 125) + dense(125, 10),
    "G'": normalized_convolutions(3, 30, 62, 125) + dense(125, 10),
    "H'": 2 * transformer_block(120, 250) + dense(120, 10),
}
SAME_NETWORK = {"I": "A", "J": "B", "K": "B", "L": "A", "I'": "A'"}
EVERY = {**workloads.WORKLOADS, **workloads.PERTURBED}


class Workloads(unittest.TestCase):
    def test_parameters(self):
        self.assertEqual(workloads.named("A").parameters(), 10575)
        for name, workload in EVERY.items():
            with self.subTest(name):
                expected = PARAMETERS[SAME_NETWORK.get(name, name)]
                self.assertEqual(workload.parameters(), expected)

    def test_batches(self):
        batches = {name: workload.batch for name, workload in EVERY.items()}
        self.assertEqual(
            [batches[name] for name in "ABCDEFGHI"], [32, 128, 256, 128, 32, 32, 64, 32, 1]
        )
        self.assertEqual([batches["A'"], batches["C'"], batches["I'"]], [31, 250, 1])

    def test_outputs_are_logits(self):
        for name, workload in EVERY.items():
            with self.subTest(name):
                classes = 1 if name[0] == "E" else 11 if name in ("A'", "B'", "I'") else 10
                self.assertEqual(workload.output_shape(), (classes,))

    def test_shapes_along_a_convnet(self):
        shape, seen = (31, 31, 3), []
        for layer in workloads.named("G'").layers:
            shape = layer.output(shape)
            seen.append(shape)
        self.assertEqual(seen[3], (15, 15, 30))
        self.assertEqual(seen[7], (7, 7, 62))
        self.assertEqual(seen[-2], (125,))

    def test_weights_in_the_order_of_keras(self):
        names = [name for name, _ in workloads.named("G").weights()]
        self.assertEqual(
            names[:5], ["0_kernel", "1_gamma", "1_beta", "1_moving_mean", "1_moving_variance"]
        )
        shapes = dict(workloads.named("H").weights())
        self.assertEqual(shapes["1_query_kernel"], (128, 4, 32))
        self.assertEqual(shapes["1_output_kernel"], (4, 32, 128))

    def test_each_perturbed_network_has_its_original(self):
        self.assertEqual([name[0] for name in workloads.PERTURBED], list("ABCDEFGHI"))
        for name, workload in workloads.PERTURBED.items():
            original = workloads.named(name[0])
            self.assertEqual(
                [type(layer) for layer in workload.layers],
                [type(layer) for layer in original.layers],
            )
            self.assertNotEqual(workload.parameters(), original.parameters())

    def test_json_says_all_of_a_layer(self):
        network = json.loads(json.dumps(workloads.named("E").as_json()))
        self.assertEqual(network["loss"], "binary_crossentropy")
        self.assertEqual(
            network["layers"][0],
            {
                "layer": "Conv",
                "filters": 10,
                "kernel_size": [20],
                "strides": 10,
                "padding": "valid",
                "activation": "relu",
                "use_bias": True,
            },
        )


class CommandLine(unittest.TestCase):
    def test_perturbed_takes_the_names_of_the_originals(self):
        options = command_line.parse(["--perturbed", "--workloads", "A,C'", "--threads", "1"])
        self.assertEqual([workload.name for workload in options.workloads], ["A'", "C'"])
        self.assertEqual(options.threads, [1])

    def test_rejects_what_is_not_there(self):
        for arguments, error in (
            (["--workloads", "Z"], "got Z"),
            (["--peers", "jax,jux"], "got jux"),
            (["--threads", "0"], "got 0"),
            (["--rounds", "0"], "one round or more"),
        ):
            with self.subTest(arguments):
                with self.assertRaises(SystemExit) as raised, captured_errors() as errors:
                    command_line.parse(arguments)
                self.assertEqual(raised.exception.code, 2)
                self.assertIn(error, errors.getvalue())


def captured_errors():
    import contextlib
    import io

    return contextlib.redirect_stderr(io.StringIO())


if __name__ == "__main__":
    unittest.main()
