"""losses.json: every loss and option, with each reduction, sample weights and hostile values."""

import jax
import jax.numpy as jnp
import numpy as np
from keras import losses

from . import loss_families
from .encoding import Draws, config, require_finite, tensor, value
from .loss_families import REDUCTIONS


def make_case(name, loss, y_true, y_pred, sample_weight, options=None):
    """`options`: settings that Keras' own get_config forgets (delta of Huber, axis)."""

    def compute(reduction, prediction, weight=None):
        kept, loss.reduction = loss.reduction, reduction
        try:
            return loss(y_true, prediction, sample_weight=weight)
        finally:
            loss.reduction = kept

    y_pred = jnp.asarray(y_pred)
    grad = jax.grad(lambda p: jnp.sum(compute(loss.reduction, p)))(y_pred)
    results = {
        "value": compute(loss.reduction, y_pred),
        "value_sw": compute(loss.reduction, y_pred, sample_weight),
        "sw_sum": compute("sum", y_pred, sample_weight),
        "sw_none": compute("none", y_pred, sample_weight),
        "sw_mean_with_sample_weight": compute("mean_with_sample_weight", y_pred, sample_weight),
    }
    require_finite(name, grad, *results.values())
    serialized = config(loss)
    serialized["config"].update(options or {})
    return {
        "name": name,
        "loss": serialized,
        "y_true": tensor(y_true),
        "y_pred": tensor(y_pred),
        "sample_weight": tensor(sample_weight),
        "grad": tensor(grad),
        **{key: value(result) for key, result in results.items()},
    }


def _regression():
    """Yields name, loss, y_true, y_pred, sample_weight and, last, options to add to the config."""
    for prefix, make in (
        ("mse", losses.MeanSquaredError),
        ("mae", losses.MeanAbsoluteError),
        ("huber", losses.Huber),
    ):
        draws = Draws(prefix)
        y2, p2 = draws.normal(4, 3, scale=2), draws.normal(4, 3, scale=2)
        y3, p3 = draws.normal(2, 3, 2), draws.normal(2, 3, 2)
        w2, w3 = draws.uniform(4, high=2), draws.uniform(2, 3, high=2)
        for reduction in REDUCTIONS:
            yield f"{prefix}_{reduction}", make(reduction=reduction), y2, p2, w2
        yield f"{prefix}_reduction_null", make(reduction=None), y2, p2, w2
        yield f"{prefix}_reduction_mean", make(reduction="mean"), y2, p2, w2
        yield f"{prefix}_sequence", make(), y3, p3, w3
        yield f"{prefix}_sequence_weight_column", make(), y3, p3, draws.uniform(2, 1)
        yield f"{prefix}_true_column", make(), draws.normal(5, 1), draws.normal(5), draws.uniform(5)
        yield f"{prefix}_pred_column", make(), draws.normal(5), draws.normal(5, 1), draws.uniform(5)
        yield f"{prefix}_weight_column", make(), y2, p2, draws.uniform(4, 1, high=3)
        yield f"{prefix}_rank1", make(), draws.normal(5), draws.normal(5), draws.uniform(1)
        yield f"{prefix}_zero_weights", make(), y2, p2, np.zeros(4, "float32")
        yield f"{prefix}_integer_true", make(), draws.integers(4, 4, 3), p2, w2
        ends = np.array([[0.0, -0.0], [1e-30, -1e-30], [100.0, -100.0], [1e6, -1e6]], "float32")
        yield f"{prefix}_hostile", make(reduction="none"), ends[::-1].copy(), ends, w2
    draws = Draws("huber delta")
    y, p, w = draws.normal(4, 3, scale=2), draws.normal(4, 3, scale=2), draws.uniform(4)
    for delta in (0.5, 2.5):
        yield f"huber_delta_{delta}", losses.Huber(delta=delta), y, p, w, {"delta": delta}
    end = np.array([[1e30], [-1e30]], "float32")
    yield "mae_huge", losses.MeanAbsoluteError(reduction="none"), -end, end, np.ones(2, "float32")


def _binary():
    make = losses.BinaryCrossentropy
    draws = Draws("bce")
    y, p, z = draws.bits(4, 3), draws.uniform(4, 3, low=0.02, high=0.98), draws.normal(4, 3, scale=3)
    w = draws.uniform(4, high=2)
    for reduction in REDUCTIONS:
        yield f"bce_{reduction}", make(reduction=reduction), y, p, w
        yield f"bce_logits_{reduction}", make(from_logits=True, reduction=reduction), y, z, w
    for smoothing in (0.1, 1.0):
        yield f"bce_smoothing_{smoothing}", make(label_smoothing=smoothing), y, p, w
        yield (
            f"bce_logits_smoothing_{smoothing}",
            make(from_logits=True, label_smoothing=smoothing),
            y,
            z,
            w,
        )
    soft = draws.uniform(4, 3)
    yield "bce_soft_labels", make(), soft, p, w
    yield "bce_logits_soft_labels", make(from_logits=True), soft, z, w
    yield "bce_true_vector", make(), draws.bits(5), draws.uniform(5, 1), draws.uniform(5)
    yield "bce_true_column", make(), draws.bits(5, 1), draws.uniform(5), draws.uniform(5)
    yield (
        "bce_integer_true_logits",
        make(from_logits=True),
        draws.integers(2, 5),
        draws.normal(5, 1),
        draws.uniform(5),
    )
    yield "bce_sequence", make(), draws.bits(2, 3, 2), draws.uniform(2, 3, 2), draws.uniform(2, 3)
    yield (
        "bce_logits_sequence",
        make(from_logits=True),
        draws.bits(2, 3, 2),
        draws.normal(2, 3, 2),
        draws.uniform(2, 1),
    )
    ends = np.array([[0.0], [1.0], [1e-30], [1e-8], [1e-6], [0.9999999]], "float32")
    column = np.full_like(ends, 0.5)[:, 0]
    values = np.array([0.0, -0.0, 1e-30, -1e-30, 15.0, -15.0, 100.0, -100.0, 1e30, -1e30])
    logits = values.astype("float32")[:, None]
    for label in (0.0, 1.0):
        yield (
            f"bce_ends_label_{int(label)}",
            make(reduction="none"),
            np.full_like(ends, label),
            ends,
            column,
        )
        yield (
            f"bce_logits_hostile_label_{int(label)}",
            make(from_logits=True, reduction="none"),
            np.full_like(logits, label),
            logits,
            np.full(len(logits), 0.5, "float32"),
        )


def _categorical():
    make = losses.CategoricalCrossentropy
    draws = Draws("cce")
    y, p, z = draws.one_hot(4, 5), draws.probabilities(5, 4), draws.normal(5, 4, scale=3)
    w = draws.uniform(5, high=2)
    for reduction in REDUCTIONS:
        yield f"cce_{reduction}", make(reduction=reduction), y, p, w
        yield f"cce_logits_{reduction}", make(from_logits=True, reduction=reduction), y, z, w
    yield "cce_smoothing", make(label_smoothing=0.2), y, p, w
    yield "cce_logits_smoothing", make(from_logits=True, label_smoothing=0.2), y, z, w
    yield "cce_soft_labels", make(), draws.probabilities(5, 4), p, w
    yield "cce_integer_true", make(), y.astype("int32"), p, w
    yield "cce_not_normalized", make(), y, draws.uniform(5, 4, low=0.1, high=3), w
    weight = draws.uniform(2, 3)
    sequence = draws.one_hot(4, 2, 3)
    yield "cce_sequence", make(), sequence, draws.probabilities(2, 3, 4), weight
    yield "cce_logits_sequence", make(from_logits=True), sequence, draws.normal(2, 3, 4), weight
    first = np.moveaxis(draws.one_hot(4, 2, 3), -1, 1)
    swapped = np.moveaxis(draws.probabilities(2, 3, 4), -1, 1)
    yield "cce_axis1", make(axis=1), first, swapped, weight
    yield "cce_logits_axis1", make(axis=1, from_logits=True), first, draws.normal(2, 4, 3), weight
    ends = np.array([[0, 0, 1], [1, 0, 0], [1e-30, 1, 0], [0.5, 0.5, 0], [1e-8, 1, 1e-6]])
    ends = ends.astype("float32")
    logits = np.array(
        [[100, -100, 0], [1e30, -1e30, 0], [-0.0, 1e-30, -1e-30], [0, 0, 0], [-1e30, 0, -1e30]]
    ).astype("float32")
    half = np.full(5, 0.5, "float32")
    for label in (0, 2):
        labels = np.tile(np.eye(3, dtype="float32")[label], (5, 1))
        yield f"cce_ends_label_{label}", make(reduction="none"), labels, ends, half
        yield (
            f"cce_logits_hostile_label_{label}",
            make(reduction="none", from_logits=True),
            labels,
            logits,
            half,
        )


def _sparse():
    make = losses.SparseCategoricalCrossentropy
    draws = Draws("scce")
    y, p, z = draws.integers(4, 5), draws.probabilities(5, 4), draws.normal(5, 4, scale=3)
    y[0], y[1] = 0, 3
    w = draws.uniform(5, high=2)
    for reduction in REDUCTIONS:
        yield f"scce_{reduction}", make(reduction=reduction), y, p, w
        yield f"scce_logits_{reduction}", make(from_logits=True, reduction=reduction), y, z, w
        yield (
            f"scce_ignore_{reduction}",
            make(from_logits=True, ignore_class=3, reduction=reduction),
            y,
            z,
            w,
        )
    yield "scce_true_column", make(), y[:, None], p, w
    yield "scce_logits_true_column", make(from_logits=True), y[:, None], z, w[:, None]
    yield "scce_float_true", make(from_logits=True), y.astype("float32"), z, w
    yield "scce_int64_true", make(from_logits=True), y.astype("int64"), z, w
    yield "scce_not_normalized", make(), y, draws.uniform(5, 4, low=0.1, high=3), w
    sequence, weight = draws.integers(4, 2, 3), draws.uniform(2, 3)
    sequence[0, 1] = 1
    yield "scce_sequence", make(), sequence, draws.probabilities(2, 3, 4), weight
    z3 = draws.normal(2, 3, 4)
    yield "scce_logits_sequence", make(from_logits=True), sequence, z3, weight
    yield "scce_sequence_ignore", make(from_logits=True, ignore_class=1), sequence, z3, weight
    yield "scce_sequence_weight_vector", make(from_logits=True), sequence, z3, draws.uniform(2, 1)
    yield "scce_ignore_probabilities", make(ignore_class=0), y, p, w
    void = np.where(y == 3, -1, y).astype("int32")
    yield "scce_ignore_minus_one", make(from_logits=True, ignore_class=-1), void, z, w
    all_void = np.full(5, -1, "int32")
    yield "scce_ignore_everything", make(from_logits=True, ignore_class=-1), all_void, z, w
    ends = np.array([[0, 0, 1], [1, 0, 0], [1e-30, 1, 0], [0.5, 0.5, 0]], "float32")
    logits = np.array([[100, -100, 0], [1e30, -1e30, 0], [-0.0, 1e-30, 0], [-88, 88, 0]], "float32")
    half = np.full(4, 0.5, "float32")
    for label in (0, 2):
        labels = np.full(4, label, "int32")
        yield f"scce_ends_label_{label}", make(reduction="none"), labels, ends, half
        yield (
            f"scce_logits_hostile_label_{label}",
            make(reduction="none", from_logits=True),
            labels,
            logits,
            half,
        )


def make():
    return [
        make_case(*arguments)
        for group in (_regression, _binary, _categorical, _sparse, *loss_families.GROUPS)
        for arguments in group()
    ]
