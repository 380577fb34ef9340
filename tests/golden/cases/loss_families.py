"""Losses beyond those that every course has: what losses.py makes cases of.

Each group yields name, loss, y_true, y_pred, sample_weight and, last, settings that Keras' own
get_config forgets.
"""

import numpy as np
from keras import losses

from .encoding import Draws

REDUCTIONS = ("sum_over_batch_size", "sum", "none", "mean_with_sample_weight")


def _array(values):
    return np.array(values, "float32")


def _signs(draws, *shape):
    return 2 * draws.bits(*shape) - 1


def _weights(prefix, make, labels, predictions):
    """Every reduction and shape of weights; `labels` and `predictions` take draws and a shape."""
    draws = Draws(prefix)
    y, p = labels(draws, 4, 3), predictions(draws, 4, 3)
    w = draws.uniform(4, high=2)
    for reduction in REDUCTIONS:
        yield f"{prefix}_{reduction}", make(reduction=reduction), y, p, w
    yield f"{prefix}_weight_column", make(), y, p, draws.uniform(4, 1, high=3)
    y3, p3 = labels(draws, 2, 3, 2), predictions(draws, 2, 3, 2)
    yield f"{prefix}_sequence", make(), y3, p3, draws.uniform(2, 3, high=2)
    yield f"{prefix}_sequence_sum", make(reduction="sum"), y3, p3, draws.uniform(2, 1)
    yield f"{prefix}_batch_of_one", make(), y[:1], p[:1], w[:1]


def _columns(prefix, make, labels, predictions):
    draws = Draws(prefix + " columns")
    w = draws.uniform(5)
    yield f"{prefix}_true_column", make(), labels(draws, 5, 1), predictions(draws, 5), w
    yield f"{prefix}_pred_column", make(), labels(draws, 5), predictions(draws, 5, 1), w
    yield f"{prefix}_zero_weights", make(), labels(draws, 5, 2), predictions(draws, 5, 2), 0 * w


def _any(draws, *shape):
    return draws.normal(*shape, scale=2)


def _positive(draws, *shape):
    return draws.uniform(*shape, low=0.05, high=4)


def _counts(draws, *shape):
    return draws.integers(5, *shape).astype("float32")


def _shares(draws, *shape):
    return draws.probabilities(*shape)


def _one_hot(draws, *shape):
    return draws.one_hot(shape[-1], *shape[:-1])


def errors():
    for prefix, make, labels, predictions in (
        ("mape", losses.MeanAbsolutePercentageError, _any, _any),
        ("msle", losses.MeanSquaredLogarithmicError, _positive, _any),
        ("log_cosh", losses.LogCosh, _any, _any),
        ("poisson", losses.Poisson, _counts, _positive),
    ):
        yield from _weights(prefix, make, labels, predictions)
        yield from _columns(prefix, make, labels, predictions)
        draws = Draws(prefix + " types")
        y, p, w = _counts(draws, 4, 3), predictions(draws, 4, 3), draws.uniform(4)
        for dtype in ("int32", "int64", "uint8"):
            yield f"{prefix}_true_{dtype}", make(), y.astype(dtype), p, w
    half = np.full(5, 0.5, "float32")
    y = _array([[0, 1], [-0.0, 2], [1e-8, 1e-30], [1e30, -1e30], [-100, 100]])
    p = _array([[1, 2], [3, -0.0], [1, 0], [-1e30, 1e30], [1e6, -1e6]])
    yield "mape_hostile", losses.MeanAbsolutePercentageError(reduction="none"), y, p, half
    y = _array([[0, -0.0], [-1, 3], [1e30, 1e-30], [1e-8, 1e-6], [100, -100]])
    p = _array([[1e-30, 0], [2, -3], [1e30, 1e30], [1, 1e-8], [-1e30, 1e6]])
    yield "msle_hostile", losses.MeanSquaredLogarithmicError(reduction="none"), y, p, half
    y = _array([[0, -0.0], [1e-30, 1], [100, -100], [-1e30, 1e30], [0, 0]])
    p = _array([[0, 0], [-1e-30, 1], [-100, 100], [1e30, -1e30], [1e-3, -1e-3]])
    yield "log_cosh_hostile", losses.LogCosh(reduction="none"), y, p, half
    y = _array([[0, 0], [3, 0], [1, 100], [0, 1e30], [1e-30, 2]])
    p = _array([[0, 1e-30], [0, -0.0], [1e-8, 1e-6], [1e30, 1], [100, 1e6]])
    yield "poisson_hostile", losses.Poisson(reduction="none"), y, p, half


def directions():
    make = losses.CosineSimilarity
    yield from _weights("cosine", make, _any, _any)
    draws = Draws("cosine axis")
    y, p = draws.normal(2, 4, 3), draws.normal(2, 4, 3)
    for axis, weight in ((1, draws.uniform(2, 3)), (-2, draws.uniform(2, 1)), (0, draws.uniform(4, 1))):
        yield f"cosine_axis{axis}", make(axis=axis), y, p, weight, {"axis": axis}
    y = _array([[0, 0], [1, 0], [1, 0], [-3, 4], [1e15, -1e15], [1e-10, 1e-10]])
    p = _array([[1, 2], [0, 1], [-2, 0], [-3, 4], [1e15, 1e-30], [1e-10, -2e-10]])
    yield "cosine_hostile", make(reduction="none"), y, p, np.full(6, 0.5, "float32")
    integers = draws.integers(3, 3, 4)
    integers[:, 0] = 1
    yield "cosine_integer_true", make(), integers, draws.normal(3, 4), draws.uniform(3)


def hinges():
    for prefix, make in (("hinge", losses.Hinge), ("squared_hinge", losses.SquaredHinge)):
        yield from _weights(prefix, make, _signs, _any)
        yield from _columns(prefix, make, _signs, _any)
        draws = Draws(prefix + " labels")
        p, w = draws.normal(4, 3), draws.uniform(4)
        for dtype in ("float32", "int32", "bool"):
            yield f"{prefix}_bits_{dtype}", make(), draws.bits(4, 3).astype(dtype), p, w
        mixed = draws.bits(4, 3)
        mixed[2, 1] = -1  # one such label, and no zero is taken as -1
        yield f"{prefix}_bits_and_a_sign", make(), mixed, p, w
        yield f"{prefix}_soft_labels", make(), draws.normal(4, 3), p, w
        yield f"{prefix}_all_zero", make(), np.zeros((4, 3), "float32"), p, w
        big = 1e30 if prefix == "hinge" else 1e15
        p = _array([[1, -1], [0, -0.0], [1e-30, -1e-30], [100, -100], [big, -big]])
        for label in (-1.0, 0.0, 1.0):
            y = np.full_like(p, label)
            yield f"{prefix}_hostile_{int(label)}", make(reduction="none"), y, p, 0 * p[:, 0] + 0.5
    make = losses.CategoricalHinge
    yield from _weights("categorical_hinge", make, _one_hot, _any)
    draws = Draws("categorical_hinge labels")
    p, w = draws.normal(4, 3), draws.uniform(4)
    yield "categorical_hinge_integer_true", make(), _one_hot(draws, 4, 3).astype("int32"), p, w
    yield "categorical_hinge_soft_labels", make(), draws.probabilities(4, 3), p, w
    p = _array([[1, 1, 1], [2, 1, 0], [0, -0.0, 1], [100, -100, 1e30], [-1e30, 1e-30, 0]])
    for label in (0, 2):
        y = np.tile(np.eye(3, dtype="float32")[label], (5, 1))
        yield f"categorical_hinge_hostile_{label}", make(reduction="none"), y, p, 0 * w[:1] + 0.5


def divergences():
    make = losses.KLDivergence
    yield from _weights("kld", make, _shares, _shares)
    draws = Draws("kld labels")
    p, w = draws.probabilities(4, 3), draws.uniform(4)
    yield "kld_one_hot", make(), _one_hot(draws, 4, 3), p, w
    yield "kld_integer_true", make(), _one_hot(draws, 4, 3).astype("int64"), p, w
    yield "kld_not_normalized", make(), draws.uniform(4, 3, high=2), draws.uniform(4, 3, high=2), w
    p = _array([[0, 1, 0], [1e-30, 1e-8, 1], [-1, 2, 1e30], [0.5, 0.5, 0], [1e-6, 1, -0.0]])
    for label in (0, 1):
        y = np.tile(np.eye(3, dtype="float32")[label], (5, 1))
        yield f"kld_hostile_{label}", make(reduction="none"), y, p, np.full(5, 0.5, "float32")


def binary_focal():
    make = losses.BinaryFocalCrossentropy
    draws = Draws("binary focal")
    y, p, z = draws.bits(4, 3), draws.uniform(4, 3, low=0.02, high=0.98), draws.normal(4, 3, scale=3)
    w = draws.uniform(4, high=2)
    for reduction in REDUCTIONS:
        yield f"bfce_{reduction}", make(reduction=reduction), y, p, w
    yield "bfce_logits", make(from_logits=True), y, z, w
    yield "bfce_balanced", make(apply_class_balancing=True), y, p, w
    yield "bfce_balanced_alpha", make(apply_class_balancing=True, alpha=0.9), y, p, w
    yield "bfce_alpha_without_balancing", make(alpha=0.9), y, p, w
    for gamma in (0.0, 0.5, 1.0, 3.0):
        yield f"bfce_gamma_{gamma}", make(gamma=gamma), y, p, w
        yield f"bfce_logits_gamma_{gamma}", make(gamma=gamma, from_logits=True), y, z, w
    yield "bfce_smoothing", make(label_smoothing=0.2), y, p, w
    yield (
        "bfce_everything",
        make(True, 0.3, 1.5, True, 0.1, reduction="none"),
        y,
        z,
        w,
    )
    yield "bfce_soft_labels", make(), draws.uniform(4, 3), p, w
    yield "bfce_true_vector", make(), draws.bits(5), draws.uniform(5, 1), draws.uniform(5)
    yield "bfce_integer_true", make(), y.astype("int32"), p, w
    y3, p3 = draws.bits(2, 3, 2), draws.uniform(2, 3, 2, low=0.02, high=0.98)
    yield "bfce_sequence", make(), y3, p3, draws.uniform(2, 3)
    yield "bfce_axis1", make(axis=1), y3, p3, draws.uniform(2, 2)
    ends = _array([[0], [1], [1e-30], [1e-8], [1e-6], [0.9999999], [0.5]])
    logits = _array([[0], [-0.0], [1e-30], [15], [-15], [100], [-100], [1e30], [-1e30]])
    for label in (0.0, 1.0):
        half = np.full(len(ends), 0.5, "float32")
        labels = np.full_like(ends, label)
        yield f"bfce_ends_label_{int(label)}", make(reduction="none"), labels, ends, half
        half = np.full(len(logits), 0.5, "float32")
        labels = np.full_like(logits, label)
        loss = make(reduction="none", from_logits=True)
        yield f"bfce_logits_hostile_label_{int(label)}", loss, labels, logits, half


def categorical_focal():
    make = losses.CategoricalFocalCrossentropy
    draws = Draws("categorical focal")
    y, p, z = draws.one_hot(4, 5), draws.probabilities(5, 4), draws.normal(5, 4, scale=3)
    w = draws.uniform(5, high=2)
    for reduction in REDUCTIONS:
        yield f"cfce_{reduction}", make(reduction=reduction), y, p, w
    yield "cfce_logits", make(from_logits=True), y, z, w
    yield "cfce_alpha", make(alpha=0.7), y, p, w
    yield "cfce_alpha_list", make(alpha=[0.1, 0.5, 0.25, 1.0]), y, p, w
    yield "cfce_logits_alpha_list", make(alpha=[0.1, 0.5, 0.25, 1.0], from_logits=True), y, z, w
    for gamma in (0.0, 0.5, 3.0):
        yield f"cfce_gamma_{gamma}", make(gamma=gamma), y, p, w
        yield f"cfce_logits_gamma_{gamma}", make(gamma=gamma, from_logits=True), y, z, w
    yield "cfce_smoothing", make(label_smoothing=0.2), y, p, w
    yield "cfce_everything", make([1.0, 2.0, 0.5, 0.1], 1.5, True, 0.1, reduction="none"), y, z, w
    yield "cfce_soft_labels", make(), draws.probabilities(5, 4), p, w
    yield "cfce_integer_true", make(), y.astype("int32"), p, w
    yield "cfce_not_normalized", make(), y, draws.uniform(5, 4, low=0.1, high=3), w
    y3, p3 = draws.one_hot(4, 2, 3), draws.probabilities(2, 3, 4)
    weight = draws.uniform(2, 3)
    yield "cfce_sequence", make(), y3, p3, weight
    first, swapped = np.moveaxis(y3, -1, 1), np.moveaxis(p3, -1, 1)
    yield "cfce_axis1", make(axis=1, label_smoothing=0.1), first, swapped, weight
    ends = _array([[0, 0, 1], [1, 0, 0], [1e-30, 1, 0], [0.5, 0.5, 0], [1e-8, 1, 1e-6]])
    logits = _array([[100, -100, 0], [1e30, -1e30, 0], [-0.0, 1e-30, -1e-30], [-88, 88, 0]])
    for label in (0, 2):
        labels = np.tile(np.eye(3, dtype="float32")[label], (5, 1))
        half = np.full(5, 0.5, "float32")
        yield f"cfce_ends_label_{label}", make(reduction="none"), labels, ends, half
        loss = make(reduction="none", from_logits=True)
        yield f"cfce_logits_hostile_label_{label}", loss, labels[:4], logits, half[:4]


def overlaps():
    draws = Draws("overlap")
    y, p = draws.bits(3, 2, 4), draws.uniform(3, 2, 4)
    w = draws.uniform(3, high=2)
    for prefix, make in (("dice", losses.Dice), ("tversky", losses.Tversky)):
        for reduction in REDUCTIONS:
            yield f"{prefix}_{reduction}", make(reduction=reduction), y, p, w
            per_image = make(reduction=reduction, axis=(1, 2))
            yield f"{prefix}_axis_1_2_{reduction}", per_image, y, p, w
        yield f"{prefix}_axis_last", make(axis=-1), y, p, draws.uniform(3, 2)
        yield f"{prefix}_axis_list", make(axis=[-1]), y, p, draws.uniform(3, 1)
        yield f"{prefix}_axis_first", make(axis=0), y, p, draws.uniform(2, 4)
        yield f"{prefix}_integer_true", make(axis=(1, 2)), y.astype("int32"), p, w
        yield f"{prefix}_soft_labels", make(), draws.uniform(3, 2, 4), p, w
        yield f"{prefix}_true_column", make(), draws.bits(4, 1), draws.uniform(4), draws.uniform(4)
        tiny = np.full((1, 2), 1e-7, "float32")  # here the epsilon shows, in the gradient
        yield f"{prefix}_tiny", make(), tiny, tiny, np.ones(1, "float32")
        ends = _array([[0, 0], [1, 1], [1, 0], [1e-30, 1e-30], [-0.0, 1e-8]])
        for label in (0, 1):
            labels = np.full_like(ends, label)
            loss = make(axis=-1, reduction="none")
            yield f"{prefix}_ends_{label}", loss, labels, ends, np.full(5, 0.5, "float32")
    make = losses.Tversky
    for alpha, beta in ((0.3, 0.7), (1.0, 0.0), (0.0, 1.0), (2.0, 1.5)):
        yield f"tversky_alpha_{alpha}_beta_{beta}", make(alpha=alpha, beta=beta), y, p, w
    yield "tversky_alpha_axis", make(alpha=0.2, beta=0.9, axis=(1, 2)), y, p, w


def circles():
    make = losses.Circle
    draws = Draws("circle")
    y = _array([0, 1, 0, 2, 1, 0]).astype("int32")  # 2 stands alone
    p = draws.normal(6, 4)
    p = np.round(p / np.linalg.norm(p, axis=-1, keepdims=True), 4).astype("float32")
    w = draws.uniform(6, high=2)
    for reduction in REDUCTIONS:
        yield f"circle_{reduction}", make(reduction=reduction), y, p, w
        yield f"circle_mild_{reduction}", make(gamma=4.0, reduction=reduction), y, p, w
    yield "circle_gamma", make(gamma=256), y, p, w
    for margin in (0.1, 0.9):
        yield f"circle_margin_{margin}", make(margin=margin, gamma=8.0), y, p, w
    short = np.round(0.9 * p, 4)  # of length 1 they would stand at a kink of their own
    yield "circle_diagonal", make(remove_diagonal=False, gamma=8.0), y, short, w
    yield "circle_true_column", make(gamma=8.0), y[:, None], p, w
    yield "circle_weight_column", make(gamma=8.0), y, p, w[:, None]
    yield "circle_float_true", make(gamma=8.0), y.astype("float32"), p, w
    yield "circle_all_alike", make(gamma=8.0, reduction="none"), 0 * y, p, w
    yield "circle_none_alike", make(gamma=8.0), np.arange(6, dtype="int32"), p, w
    yield "circle_not_normalized", make(gamma=2.0), y, 3 * p, w
    yield "circle_batch_of_one", make(), y[:1], p[:1], w[:1]


def generalized():
    make = losses.CategoricalGeneralizedCrossEntropy
    draws = Draws("gce")
    y, p = draws.integers(4, 5), draws.probabilities(5, 4)
    y[0], y[1] = 0, 3
    w = draws.uniform(5, high=2)
    for reduction in REDUCTIONS:
        yield f"gce_{reduction}", make(reduction=reduction), y, p, w
    for q in (0.01, 0.7, 0.99):
        yield f"gce_q_{q}", make(q=q), y, p, w
    yield "gce_float_true", make(), y.astype("float32"), p, w
    yield "gce_int64_true", make(), y.astype("int64"), p, w
    yield "gce_weight_column", make(), y, p, w[:, None]
    sequence = draws.integers(4, 2, 3)
    yield "gce_sequence", make(q=0.3), sequence, draws.probabilities(2, 3, 4), draws.uniform(2, 3)
    ends = _array([[1, 0, 1], [1e-30, 0, 1e-8], [0.5, 0.5, 100], [1e30, 0, 1e-6]])
    half = np.full(4, 0.5, "float32")
    for label in (0, 2):
        labels = np.full(4, label, "int32")
        yield f"gce_ends_{label}", make(reduction="none"), labels, ends, half


def sequences():
    make = losses.CTC
    draws = Draws("ctc")
    # No label, one, a repetition, as many as fit.
    y = np.array([[0, 0, 0], [2, 0, 0], [1, 1, 0], [3, 1, 2]], "int32")
    z = draws.normal(4, 5, 4)
    w = draws.uniform(4, high=2)
    for reduction in REDUCTIONS:
        yield f"ctc_{reduction}", make(reduction=reduction), y, z, w
    yield "ctc_weight_column", make(), y, z, w[:, None]
    yield "ctc_float_true", make(), y.astype("float32"), z, w
    yield "ctc_int64_true", make(), y.astype("int64"), z, w
    yield "ctc_peaked", make(reduction="none"), y, 10 * z, w
    yield "ctc_just_enough_time", make(reduction="none"), y, z[:, :3], w
    yield "ctc_one_step", make(reduction="none"), y[:2], z[:2, :1], w[:2]
    yield "ctc_one_label", make(reduction="none"), y[:, :1], z, w
    yield "ctc_three_alike", make(), np.array([[1, 1, 1]]), draws.normal(1, 6, 2), w[:1]
    yield "ctc_longer", make(), draws.integers(5, 2, 6, low=1), draws.normal(2, 17, 5), w[:2]
    yield "ctc_zero_between", make(), np.array([[1, 0, 2]]), draws.normal(1, 4, 3), w[:1]
    ends = _array([[100, -100, 0], [-0.0, 1e-30, -1e-30], [-100, 100, 0], [0, 0, 50]])
    loss = make(reduction="none")
    yield "ctc_hostile", loss, np.array([[1, 2], [2, 2]]), np.stack([ends, ends[::-1]]), w[:2]


GROUPS = (
    errors,
    directions,
    hinges,
    divergences,
    binary_focal,
    categorical_focal,
    overlaps,
    circles,
    generalized,
    sequences,
)
