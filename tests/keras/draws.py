"""Random data of the models that Keras writes."""

import numpy as np

SAMPLES = 24
DRAWS = np.random.default_rng(20)


def normal(*shape):
    return np.round(DRAWS.normal(size=shape), 4).astype("float32")


def classes(count):
    return DRAWS.integers(0, count, SAMPLES).astype("int32")


def column(kind="normal"):
    values = normal(SAMPLES, 1)
    return (values > 0).astype("float32") if kind == "flags" else values
