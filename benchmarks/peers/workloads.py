"""The networks that Antler and its peers are timed on, described once.

A to I are those of the goals; a name with a prime (A') is the same network with sizes that no
vector width divides, so that a kernel made for one size shows. J, K and L are uses of A and B: one
epoch of fit, predictions, and the start of a whole process.
"""

import dataclasses
import math

from layers import (
    LSTM,
    BatchNormalization,
    Conv,
    Dense,
    Flatten,
    GlobalAveragePooling,
    MaxPooling2D,
    ReLU,
    TransformerBlock,
)

CLASSES = "sparse_categorical_crossentropy"  # both from logits
FLAGS = "binary_crossentropy"
LEARNING_RATE = 1e-3  # of Adam, with Keras' other defaults


@dataclasses.dataclass(frozen=True)
class Workload:
    """A network, its batch, and what is timed: `kind` is steps, fit, predict or start.

    `batches` is how many batches Keras' fit gets in memory, so that what an epoch costs beside its
    steps does not count; `rows` is how many examples fit and predict get in J and K.
    """

    name: str
    title: str
    input_shape: tuple
    batch: int
    layers: tuple
    loss: str = CLASSES
    batches: int = 20
    kind: str = "steps"
    rows: int = 0

    def weights(self):
        """(name, shape) of each weight, in Keras' layout and order."""
        shape, found = self.input_shape, []
        for index, layer in enumerate(self.layers):
            found += [(f"{index}_{name}", size) for name, size in layer.weights(shape)]
            shape = layer.output(shape)
        return found

    def output_shape(self):
        shape = self.input_shape
        for layer in self.layers:
            shape = layer.output(shape)
        return shape

    def parameters(self):
        return sum(math.prod(shape) for _, shape in self.weights())

    def as_json(self):
        """What a worker in another language needs to build the network; see README.md."""
        layers = [
            {"layer": type(layer).__name__, **dataclasses.asdict(layer)} for layer in self.layers
        ]
        return {
            "input_shape": list(self.input_shape),
            "batch": self.batch,
            "loss": self.loss,
            "learning_rate": LEARNING_RATE,
            "layers": layers,
        }


def mlp(*sizes):
    """Dense layers from the input's size to the logits, ReLU between them."""
    hidden = [Dense(size, "relu") for size in sizes[1:-1]]
    return {"input_shape": (sizes[0],), "layers": (*hidden, Dense(sizes[-1]))}


def convnet(first, second):
    """Keras' example "Simple MNIST convnet", without Dropout: each library draws its own."""
    layers = (
        Conv(first, (3, 3), activation="relu"),
        MaxPooling2D(2),
        Conv(second, (3, 3), activation="relu"),
        MaxPooling2D(2),
        Flatten(),
        Dense(10),
    )
    return {"input_shape": (28, 28, 1), "layers": layers}


def heartbeats(length, first, second):
    """Two Conv1D layers over a heartbeat, each (filters, kernel, strides), and one logit."""
    convolutions = [
        Conv(filters, (kernel,), strides, activation="relu")
        for filters, kernel, strides in (first, second)
    ]
    return {
        "input_shape": (length, 1),
        "layers": (*convolutions, Flatten(), Dense(1)),
        "loss": FLAGS,
    }


def normalized_convnet(size, first, second, third):
    """The convolutions have no bias: the normalization behind takes it away again, so that its
    gradient is rounding alone, which Adam makes steps of.
    """

    def block(filters):
        convolution = Conv(filters, (3, 3), padding="same", use_bias=False)
        return (convolution, BatchNormalization(), ReLU())

    layers = (
        *block(first),
        MaxPooling2D(2),
        *block(second),
        MaxPooling2D(2),
        *block(third),
        GlobalAveragePooling(),
        Dense(10),
    )
    return {"input_shape": (size, size, 3), "layers": layers}


def transformer(length, width, hidden):
    blocks = (TransformerBlock(4, hidden), TransformerBlock(4, hidden))
    return {"input_shape": (length, width), "layers": (*blocks, GlobalAveragePooling(), Dense(10))}


def lstm(steps, features, units):
    return {"input_shape": (steps, features), "layers": (LSTM(units), Dense(10))}


MNIST = mlp(784, 128, 10)

WORKLOADS = {
    workload.name: workload
    for workload in (
        Workload("A", "MLP 400-25-15-10, batch 32", batch=32, batches=200, **mlp(400, 25, 15, 10)),
        Workload("B", "MLP 784-128-10, batch 128", batch=128, batches=100, **MNIST),
        Workload("C", "MLP 784-1024-1024-10, batch 256", batch=256, **mlp(784, 1024, 1024, 10)),
        Workload("D", "MNIST convnet 32-64, batch 128", batch=128, batches=10, **convnet(32, 64)),
        Workload(
            "E",
            "Conv1D 20/10 and 5/2 over 100, batch 32",
            batch=32,
            batches=200,
            **heartbeats(100, (10, 20, 10), (5, 5, 2)),
        ),
        Workload("F", "LSTM(128) over 28x28, batch 32", batch=32, **lstm(28, 28, 128)),
        Workload(
            "G",
            "Conv-BN 32-64-128 on 32x32x3, batch 64",
            batch=64,
            batches=5,
            **normalized_convnet(32, 32, 64, 128),
        ),
        Workload(
            "H",
            "two Transformer blocks 128, 4 heads, 64 long, batch 32",
            batch=32,
            batches=5,
            **transformer(64, 128, 256),
        ),
        Workload("I", "A at batch 1", batch=1, batches=200, **mlp(400, 25, 15, 10)),
        Workload(
            "J", "one epoch of fit: B, 60,000 rows", batch=128, kind="fit", rows=60000, **MNIST
        ),
        Workload("K", "predictions: B", batch=128, kind="predict", rows=10000, **MNIST),
        Workload("L", "start of a process: A", batch=32, kind="start", **mlp(400, 25, 15, 10)),
    )
}

PERTURBED = {
    workload.name: workload
    for workload in (
        Workload("A'", "MLP 397-27-13-11, batch 31", batch=31, batches=200, **mlp(397, 27, 13, 11)),
        Workload("B'", "MLP 781-131-11, batch 125", batch=125, batches=100, **mlp(781, 131, 11)),
        Workload("C'", "MLP 784-1000-1000-10, batch 250", batch=250, **mlp(784, 1000, 1000, 10)),
        Workload("D'", "MNIST convnet 30-61, batch 125", batch=125, batches=10, **convnet(30, 61)),
        Workload(
            "E'",
            "Conv1D 19/9 and 4/2 over 103, batch 31",
            batch=31,
            batches=200,
            **heartbeats(103, (11, 19, 9), (6, 4, 2)),
        ),
        Workload("F'", "LSTM(125) over 27x29, batch 31", batch=31, **lstm(27, 29, 125)),
        Workload(
            "G'",
            "Conv-BN 30-62-125 on 31x31x3, batch 61",
            batch=61,
            batches=5,
            **normalized_convnet(31, 30, 62, 125),
        ),
        Workload(
            "H'",
            "two Transformer blocks 120, 4 heads, 61 long, batch 31",
            batch=31,
            batches=5,
            **transformer(61, 120, 250),
        ),
        Workload("I'", "A' at batch 1", batch=1, batches=200, **mlp(397, 27, 13, 11)),
    )
}

# What a network of (axis, size) costs as it grows; drawn by scale.py.
SCALE_INPUTS, SCALE_CLASSES = 64, 10
SCALE_AXES = {  # what grows: (title, the sizes)
    "width": ("width of two hidden layers, batch 128", (16, 64, 256, 1024, 4096)),
    "batch": ("batch, two hidden layers of 256", (1, 8, 64, 512, 4096)),
    "depth": ("hidden layers of 64, batch 32", (2, 8, 32, 100, 200)),
}


def growing(axis, size):
    title, _ = SCALE_AXES[axis]
    hidden = {"width": (size, size), "batch": (256, 256), "depth": (64,) * size}[axis]
    batch = {"width": 128, "batch": size, "depth": 32}[axis]
    sizes = mlp(SCALE_INPUTS, *hidden, SCALE_CLASSES)
    return Workload(f"{axis} {size}", title, batch=batch, **sizes, batches=5)


SCALE = {
    workload.name: workload
    for axis, (_, sizes) in SCALE_AXES.items()
    for workload in (growing(axis, size) for size in sizes)
}


def named(name):
    return {**WORKLOADS, **PERTURBED, **SCALE}[name]
