"""activations.json: every activation of one argument, at ordinary and at hostile values."""

import jax
import jax.numpy as jnp
import numpy as np
from keras import activations

from .encoding import Draws, require_finite, tensor

NAMES = (
    "linear sigmoid tanh relu leaky_relu elu selu silu swish softmax log_softmax softplus gelu "
    "exponential"
).split()
BY_ROW = ("softmax", "log_softmax")

HOSTILE = np.array(
    [0.0, -0.0, 1e-30, -1e-30, 1e-7, -1e-7, 15.0, -15.0, 40.0, -40.0, 88.0, -88.0, 100.0, -100.0,
     1e30, -1e30],
    dtype="float32",
)  # fmt: skip
EXPONENTIAL_END = 88.5  # exp of more is infinite in float32


def _hostile(name):
    if name == "exponential":
        return HOSTILE[HOSTILE < EXPONENTIAL_END]
    return HOSTILE


def _case(name, x, cot):
    function = activations.get(name)
    y = function(jnp.asarray(x))
    grad = jax.grad(lambda v: jnp.sum(function(v) * cot))(jnp.asarray(x))
    require_finite(f"activation {name}", y, grad)
    return {"name": name, "x": tensor(x), "y": tensor(y), "cot": tensor(cot), "grad": tensor(grad)}


def make():
    cases = []
    for name in NAMES:
        draws = Draws("activation " + name)
        cases.append(_case(name, draws.normal(4, 5, scale=2), draws.normal(4, 5)))
        cases.append(_case(name, draws.normal(2, 3, 4, scale=4), draws.normal(2, 3, 4)))
        hostile = _hostile(name)
        if name in BY_ROW:
            # Two values a row: each hostile value against an ordinary one.
            hostile = np.stack([hostile, np.full_like(hostile, 0.5)], -1)
        cases.append(_case(name, hostile, draws.normal(*hostile.shape)))
    for name in BY_ROW:
        draws = Draws("rows " + name)
        rows = np.array(
            [[100, 100, 100], [-100, 0, 100], [1e30, -1e30, 0], [0, 0, 0], [1e-30, 0, -0.0],
             [-1e30, -1e30, -1e30]],
            dtype="float32",
        )  # fmt: skip
        cases.append(_case(name, rows, draws.normal(*rows.shape)))
        cases.append(_case(name, draws.normal(3, 1), draws.normal(3, 1)))
    return cases
