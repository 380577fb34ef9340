"""activations.json: every activation of one argument, at ordinary and at hostile values."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
from keras import activations

from .encoding import Draws, require_finite, tensor

NAMES = (
    "linear sigmoid tanh relu leaky_relu elu selu silu swish softmax log_softmax softplus gelu "
    "exponential celu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh log_sigmoid mish "
    "relu6 soft_shrink softsign sparse_plus sparse_sigmoid sparsemax squareplus tanh_shrink"
).split()
BY_ROW = ("softmax", "log_softmax", "sparsemax", "glu")

HOSTILE = np.array(
    [0.0, -0.0, 1e-30, -1e-30, 1e-7, -1e-7, 15.0, -15.0, 40.0, -40.0, 88.0, -88.0, 100.0, -100.0,
     1e30, -1e30],
    dtype="float32",
)  # fmt: skip
EXPONENTIAL_END = 88.5  # exp of more is infinite in float32
SQUARE_END = 1e18  # so is the square of more
UNIT_END = 1e6  # 1 is lost beside more: Keras' sparsemax then divides by 0
# Where some of them have a kink.
KINKS = np.array([-3, -1, -0.5, 0.5, 1, 3, 6, -2.9999, 2.9999, 0.4999, 1.0001], dtype="float32")
WITH_KINKS = "hard_shrink hard_sigmoid hard_silu hard_tanh relu6 soft_shrink sparse_plus sparse_sigmoid"


def _hostile(name):
    if name == "exponential":
        return HOSTILE[HOSTILE < EXPONENTIAL_END]
    if name == "squareplus":
        return HOSTILE[np.abs(HOSTILE) < SQUARE_END]
    if name == "sparsemax":
        return HOSTILE[np.abs(HOSTILE) < UNIT_END]
    return HOSTILE


def make_case(name, x, cot, arguments=None):
    """`arguments`: those beside x that are not left at their default."""
    function = functools.partial(activations.get(name), **(arguments or {}))
    y = function(jnp.asarray(x))
    cot = cot[..., : y.shape[-1]] if y.ndim else cot  # glu halves the axis
    grad = jax.grad(lambda v: jnp.sum(function(v) * cot))(jnp.asarray(x))
    require_finite(f"activation {name}", y, grad)
    case = {"name": name, "x": tensor(x), "y": tensor(y), "cot": tensor(cot), "grad": tensor(grad)}
    return case if arguments is None else {**case, "arguments": arguments}


def make():
    cases = []
    for name in NAMES:
        draws = Draws("activation " + name)
        columns = 6 if name == "glu" else 5
        cases.append(make_case(name, draws.normal(4, columns, scale=2), draws.normal(4, columns)))
        cases.append(make_case(name, draws.normal(2, 3, 4, scale=4), draws.normal(2, 3, 4)))
        if name in WITH_KINKS.split():
            cases.append(make_case(name, KINKS, draws.normal(*KINKS.shape)))
        hostile = _hostile(name)
        if name in BY_ROW:
            # Two values a row: each hostile value against an ordinary one.
            hostile = np.stack([hostile, np.full_like(hostile, 0.5)], -1)
        cases.append(make_case(name, hostile, draws.normal(*hostile.shape)))
    for name in BY_ROW:
        if name == "glu":
            continue
        draws = Draws("rows " + name)
        rows = np.array(
            [[100, 100, 100], [-100, 0, 100], [1e30, -1e30, 0], [0, 0, 0], [1e-30, 0, -0.0],
             [-1e30, -1e30, -1e30]],
            dtype="float32",
        )  # fmt: skip
        if name == "sparsemax":
            rows = rows[np.abs(rows).max(-1) < UNIT_END]
        cases.append(make_case(name, rows, draws.normal(*rows.shape)))
        cases.append(make_case(name, draws.normal(3, 1), draws.normal(3, 1)))
    return cases
