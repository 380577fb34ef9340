"""How values stand in a golden file, and how the inputs are drawn."""

import zlib

import numpy as np
from keras.saving import serialize_keras_object


def number(value):
    """A float32 as the double that is nearest to its shortest round-trip decimal."""
    value = np.float32(value)
    if np.isnan(value):
        return "NaN"
    if np.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return float(str(value))


def tensor(value):
    """{"shape", "dtype", "data"}, row-major; float64 (Python floats) becomes float32."""
    value = np.asarray(value)
    if value.dtype == np.float64:
        value = value.astype("float32")
    if value.dtype == np.float32:
        data = [number(v) for v in value.ravel()]
    else:
        data = value.ravel().tolist()
    return {"shape": list(value.shape), "dtype": str(value.dtype), "data": data}


def value(result):
    """A scalar as a number, anything else as a tensor."""
    result = np.asarray(result)
    return number(result) if result.ndim == 0 else tensor(result)


def config(thing):
    """What Keras itself writes for a layer, loss, optimizer, metric or model."""
    return serialize_keras_object(thing)


def require_finite(name, *arrays):
    """Stops the generator where Keras itself gave NaN or infinity: such cases pin nothing down."""
    for array in arrays:
        if not np.all(np.isfinite(np.asarray(array))):
            raise ValueError(f"{name}: Keras gave a non-finite value: {np.asarray(array)}")


class Draws:
    """Seeded inputs; four decimals keep the files small and ties unlikely."""

    def __init__(self, name):
        self._rng = np.random.default_rng(zlib.crc32(name.encode()))

    def normal(self, *shape, scale=1.0):
        return np.round(self._rng.normal(0, scale, shape), 4).astype("float32")

    def uniform(self, *shape, low=0.0, high=1.0):
        return np.round(self._rng.uniform(low, high, shape), 4).astype("float32")

    def probabilities(self, *shape):
        """Positive numbers of sum about 1 on the last axis."""
        raw = self._rng.uniform(0.05, 1, shape)
        return np.round(raw / raw.sum(-1, keepdims=True), 4).astype("float32")

    def integers(self, high, *shape, dtype="int32", low=0):
        return self._rng.integers(low, high, shape).astype(dtype)

    def bits(self, *shape):
        return self.integers(2, *shape).astype("float32")

    def one_hot(self, classes, *shape):
        return np.eye(classes, dtype="float32")[self.integers(classes, *shape)]
