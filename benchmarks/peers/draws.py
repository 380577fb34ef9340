"""Data and initial weights of a workload, drawn from fixed seeds and written as .npz files.

Every weight is drawn, biases and scales too: a peer that swaps two of them, or forgets one, then
has other losses. Names sort in Keras' order of the weights: w000, w001, ...
"""

import zlib

import numpy as np

from workloads import FLAGS


def generator(workload, purpose):
    # Not hash(): Python salts it anew in each process.
    return np.random.default_rng(zlib.crc32(f"{purpose} of {workload.name}".encode()))


def draw_weight(draws, name, shape):
    if name.endswith("kernel"):
        if "output" in name:  # (heads, key_dim, width), of MultiHeadAttention
            fan = np.prod(shape[:-1]) + shape[-1]
        elif name.endswith(("query_kernel", "key_kernel", "value_kernel")):
            fan = shape[0] + np.prod(shape[1:])
        else:  # (..., inputs, outputs), as of Dense and of convolutions
            fan = np.prod(shape[:-2]) * (shape[-2] + shape[-1])
        limit = np.sqrt(6 / fan)  # Glorot's
        return draws.uniform(-limit, limit, shape)
    if name.endswith(("gamma", "variance")):
        return draws.uniform(0.9, 1.1, shape)
    return draws.uniform(-0.05, 0.05, shape)


def draw_weights(workload):
    draws = generator(workload, "weights")
    return [draw_weight(draws, name, shape).astype("float32") for name, shape in workload.weights()]


def draw_data(workload):
    """x and y: one batch, or the rows of fit and predict."""
    draws = generator(workload, "data")
    count = workload.rows or workload.batch
    if workload.loss == FLAGS:
        y = draws.integers(0, 2, (count, 1)).astype("float32")
    else:
        y = draws.integers(0, workload.output_shape()[-1], count).astype("int32")
    x = draws.standard_normal((count, *workload.input_shape), dtype="float32")
    if workload.kind == "fit":  # something to learn, so that the loss says whether fit did
        centres = draws.standard_normal((workload.output_shape()[-1], *workload.input_shape))
        x += 0.1 * centres[y].astype("float32")
    return x, y


def write(workload, folder):
    """The paths of (weights, data)."""
    weights, data = folder / f"{workload.name}.weights.npz", folder / f"{workload.name}.data.npz"
    arrays = draw_weights(workload)
    np.savez(weights, **{f"w{index:03}": array for index, array in enumerate(arrays)})
    x, y = draw_data(workload)
    np.savez(data, x=x, y=y)
    return weights, data


def read(weights, data):
    """(list of weights, x, y)."""
    with np.load(weights) as arrays:
        found = [arrays[name] for name in sorted(arrays.files)]
    with np.load(data) as arrays:
        return found, arrays["x"], arrays["y"]
