"""The layers of the benchmarks' networks as data: Keras' arguments, output shapes, weights.

Nothing here needs a package: each peer builds its own network from these descriptions, and Antler's
worker gets them as JSON (README.md). A layer says its weights in Keras' layout and order, as
(name, shape). Shapes are without the batch.
"""

import dataclasses
import math


@dataclasses.dataclass(frozen=True)
class Dense:
    units: int
    activation: str = "linear"

    def weights(self, shape):
        return [("kernel", (shape[-1], self.units)), ("bias", (self.units,))]

    def output(self, shape):
        return (*shape[:-1], self.units)


@dataclasses.dataclass(frozen=True)
class Conv:
    """Conv1D or Conv2D, as the rank of its kernel says; channels come last."""

    filters: int
    kernel_size: tuple
    strides: int = 1
    padding: str = "valid"
    activation: str = "linear"
    use_bias: bool = True

    def weights(self, shape):
        kernel = ("kernel", (*self.kernel_size, shape[-1], self.filters))
        return [kernel, ("bias", (self.filters,))] if self.use_bias else [kernel]

    def output(self, shape):
        def length(size, kernel):
            reach = size if self.padding == "same" else size - kernel + 1
            return math.ceil(reach / self.strides)

        return (*map(length, shape[:-1], self.kernel_size), self.filters)


@dataclasses.dataclass(frozen=True)
class MaxPooling2D:
    pool_size: int

    def weights(self, shape):
        return []

    def output(self, shape):
        return (shape[0] // self.pool_size, shape[1] // self.pool_size, shape[2])


@dataclasses.dataclass(frozen=True)
class BatchNormalization:
    """Keras' defaults; the last two weights are not trained."""

    momentum: float = 0.99
    epsilon: float = 1e-3

    def weights(self, shape):
        names = ("gamma", "beta", "moving_mean", "moving_variance")
        return [(name, shape[-1:]) for name in names]

    def output(self, shape):
        return shape


@dataclasses.dataclass(frozen=True)
class ReLU:
    def weights(self, shape):
        return []

    def output(self, shape):
        return shape


@dataclasses.dataclass(frozen=True)
class Flatten:
    def weights(self, shape):
        return []

    def output(self, shape):
        return (math.prod(shape),)


@dataclasses.dataclass(frozen=True)
class GlobalAveragePooling:
    """The mean over all axes but the first and the last."""

    def weights(self, shape):
        return []

    def output(self, shape):
        return shape[-1:]


@dataclasses.dataclass(frozen=True)
class LSTM:
    """Its last output. The gates lie side by side in Keras' order: input, forget, cell, output."""

    units: int

    def weights(self, shape):
        wide = 4 * self.units
        return [
            ("kernel", (shape[-1], wide)),
            ("recurrent_kernel", (self.units, wide)),
            ("bias", (wide,)),
        ]

    def output(self, shape):
        return (self.units,)


@dataclasses.dataclass(frozen=True)
class TransformerBlock:
    """Post-norm: s = LayerNormalization(x + MultiHeadAttention(x, x)), then
    LayerNormalization(s + Dense(width)(Dense(hidden, relu)(s))). The width is that of the input,
    and each head has width / heads of it. Epsilon is that of LayerNormalization.
    """

    heads: int
    hidden: int
    epsilon: float = 1e-3

    def weights(self, shape):
        width = shape[-1]
        head = (self.heads, width // self.heads)
        attention = []
        for name in ("query", "key", "value"):
            attention += [(f"{name}_kernel", (width, *head)), (f"{name}_bias", head)]
        attention += [("output_kernel", (*head, width)), ("output_bias", (width,))]
        feed_forward = [
            ("hidden_kernel", (width, self.hidden)),
            ("hidden_bias", (self.hidden,)),
            ("width_kernel", (self.hidden, width)),
            ("width_bias", (width,)),
        ]
        norms = [
            [(f"{place}_gamma", (width,)), (f"{place}_beta", (width,))]
            for place in ("attention", "feed_forward")
        ]
        return attention + norms[0] + feed_forward + norms[1]

    def output(self, shape):
        return shape
