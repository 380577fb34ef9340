"""Cases of scores over classes and regions, and of those over columns of numbers."""

import numpy as np
from keras import losses, metrics

from .encoding import Draws
from .metric_case import SIZES, variants


def _one_hot(draws, n):
    return draws.one_hot(4, n), draws.probabilities(n, 4)


def _f_scores():
    for average in (None, "micro", "macro", "weighted"):
        word = average or "each"
        name = f"f1_{word}"
        draws = Draws("metric " + name)
        batches = [_one_hot(draws, n) for n in SIZES]
        weighted = [(*batch, draws.uniform(len(batch[0]), high=2)) for batch in batches]
        labels = [(draws.bits(n, 3), draws.uniform(n, 3)) for n in SIZES]
        yield name, metrics.F1Score(average=average), batches
        yield name + "_weights", metrics.F1Score(average=average), weighted
        yield name + "_threshold", metrics.F1Score(average=average, threshold=0.4), labels
        name = f"fbeta_{word}"
        yield name, metrics.FBetaScore(average=average, beta=2.0), batches
        yield name + "_half", metrics.FBetaScore(average=average, beta=0.5), weighted
        yield (
            name + "_threshold",
            metrics.FBetaScore(average=average, beta=3.0, threshold=0.75, name="score"),
            labels,
        )
    draws = Draws("metric f rest")
    missing = np.eye(4, dtype="float32")[[0, 0, 2]]
    yield "f1_missing_classes", metrics.F1Score(average="macro"), [
        (missing, draws.probabilities(3, 4))
    ]
    ties = np.array([[0.5, 0.5, 0.1], [0.0, 0.0, 0.0], [-1.0, -1.0, -2.0]], "float32")
    yield "f1_ties_and_zeros", metrics.F1Score(), [(np.eye(3, dtype="float32"), ties)]
    yield "f1_one_sample", metrics.F1Score(average="weighted"), [_one_hot(draws, 1)]
    nothing = np.zeros((2, 3), "float32")
    yield "f1_nothing_true", metrics.F1Score(average="weighted"), [(nothing, draws.uniform(2, 3))]
    yield "f1_integer_labels", metrics.F1Score(average="micro"), [
        (draws.integers(2, 5, 3), draws.uniform(5, 3))
    ]


def _ious():
    draws = Draws("metric iou")

    def classes(n, *shape, high=3):
        return draws.integers(high, n, *shape), draws.integers(high, n, *shape)

    def scores(n, *shape):
        return draws.one_hot(3, n, *shape), draws.normal(n, *shape, 3)

    batches = [classes(n, 2) for n in SIZES]
    weights = [(*batch, draws.integers(4, len(batch[0]), 2)) for batch in batches]
    reals = [(*batch, draws.uniform(len(batch[0]), 2, high=3)) for batch in batches]
    vectors = [classes(n) for n in SIZES]
    hot = [scores(n) for n in SIZES]
    outside = [(draws.integers(6, n, low=-2), draws.integers(6, n, low=-2)) for n in SIZES]
    for name, make in (
        ("iou", lambda **a: metrics.IoU(3, [0, 2], **a)),
        ("mean_iou", lambda **a: metrics.MeanIoU(3, **a)),
    ):
        yield name, make(), batches
        yield name + "_vectors", make(name="overlap"), vectors
        yield name + "_one_sample", make(), [classes(1)]
        yield name + "_weights", make(), weights
        yield name + "_truncated_weights", make(), reals
        yield name + "_float_weights", make(dtype="float32"), reals
        yield name + "_ignored", make(ignore_class=1), batches
        yield name + "_ignored_weights", make(ignore_class=0), weights
        yield name + "_ignored_255", make(ignore_class=255), batches
        yield name + "_outside", make(), outside
        yield name + "_scores", make(sparse_y_pred=False), [
            (draws.integers(3, n), draws.normal(n, 3)) for n in SIZES
        ]
        yield name + "_one_hot_labels", make(sparse_y_true=False), [
            (draws.one_hot(3, n), draws.integers(3, n)) for n in SIZES
        ]
        yield name + "_both_scores", make(sparse_y_true=False, sparse_y_pred=False), hot
        yield name + "_float_labels", make(), [
            (draws.uniform(n, high=3), draws.uniform(n, high=3)) for n in SIZES
        ]
        yield name + "_missing_class", make(), [
            (np.array([0, 0, 1], "int32"), np.array([0, 1, 1], "int32"))
        ]
        zeros = [(*classes(4), np.zeros(4, "int32"))]
        yield name + "_zero_weights", make(), zeros
    yield "iou_one_target", metrics.IoU(3, [1]), batches
    for name, make in (
        ("one_hot_iou", lambda **a: metrics.OneHotIoU(3, [1, 2], **a)),
        ("one_hot_mean_iou", lambda **a: metrics.OneHotMeanIoU(3, **a)),
    ):
        yield name, make(), hot
        yield name + "_images", make(), [scores(n, 2) for n in SIZES]
        yield name + "_weights", make(), [(*b, draws.integers(4, len(b[0]))) for b in hot]
        yield name + "_float_weights", make(dtype="float32"), [
            (*b, draws.uniform(len(b[0]))) for b in hot
        ]
        yield name + "_sparse", make(sparse_y_pred=True, ignore_class=2), [
            (draws.one_hot(3, n), draws.integers(3, n)) for n in SIZES
        ]

    def binary(draws, n):
        return draws.bits(n), draws.uniform(n)

    yield "binary_iou", metrics.BinaryIoU(), [binary(draws, n) for n in SIZES]
    pairs = [binary(draws, n) for n in SIZES]
    yield "binary_iou_ones", metrics.BinaryIoU(target_class_ids=[1], threshold=0.3), pairs
    yield "binary_iou_zeros", metrics.BinaryIoU(target_class_ids=[0], threshold=0.8), pairs
    weighted = [(*pair, draws.uniform(len(pair[0]), high=3)) for pair in pairs]
    yield "binary_iou_weights", metrics.BinaryIoU(), weighted
    yield "binary_iou_float_weights", metrics.BinaryIoU(dtype="float32"), weighted
    at = np.array([0.5, 0.49999, 0.0, 1.0], "float32")
    yield "binary_iou_at_the_threshold", metrics.BinaryIoU(), [(np.ones(4, "float32"), at)]
    yield "binary_iou_images", metrics.BinaryIoU(), [
        (draws.bits(n, 2, 3), draws.uniform(n, 2, 3)) for n in SIZES
    ]


def _r2():
    def pairs(draws, n):
        truth = draws.normal(n + 1, 2, scale=3)
        return truth, (truth + draws.normal(n + 1, 2)).astype("float32")

    for aggregation in (None, "uniform_average", "variance_weighted_average"):
        name = f"r2_{aggregation or 'each'}"
        draws = Draws("metric " + name)
        batches = [pairs(draws, n) for n in SIZES]

        def make(**arguments):
            return metrics.R2Score(class_aggregation=aggregation, **arguments)

        yield name, make(), batches
        weighted = [(*batch, draws.uniform(len(batch[0]))) for batch in batches]
        yield name + "_weights", make(), weighted
        each = [(*batch, draws.uniform(len(batch[0]), 2)) for batch in batches]
        yield name + "_weights_of_elements", make(), each
        yield name + "_regressors", make(num_regressors=2), batches
    draws = Draws("metric r2 rest")
    yield "r2_column", metrics.R2Score(name="determination"), [
        (draws.normal(n), draws.normal(n, 1)) for n in SIZES
    ]
    constant = np.array([[2.0, 1.0], [2.0, 4.0], [2.0, 5.0]], "float32")
    yield "r2_constant_column", metrics.R2Score(), [(constant, draws.normal(3, 2))]
    few = [(draws.normal(3, 1), draws.normal(3, 1))]
    yield "r2_as_many_regressors", metrics.R2Score(num_regressors=2), few
    yield "r2_more_regressors", metrics.R2Score(num_regressors=9), few
    yield "r2_one_less_regressor", metrics.R2Score(num_regressors=1), few


def _correlations():
    def rows(draws, n):
        return draws.normal(n, 5), draws.normal(n, 5)

    for name, make in (
        ("pearson", metrics.PearsonCorrelation),
        ("concordance", metrics.ConcordanceCorrelation),
    ):
        yield from variants(name, make, rows)
        draws = Draws("metric axis " + name)
        sequences = [(draws.normal(n, 4, 2), draws.normal(n, 4, 2)) for n in SIZES]
        yield name + "_axis_1", make(axis=1), sequences
        yield name + "_axis_0", make(axis=0), [rows(draws, n) for n in SIZES]
        shifted = [(draws.normal(n, 3, scale=1e-3) + 5, draws.normal(n, 3)) for n in SIZES]
        yield name + "_shifted", make(name="agreement"), shifted


def _wrappers():
    draws = Draws("metric wrappers")
    batches = [(draws.normal(n, 3), draws.normal(n, 3)) for n in SIZES]
    weighted = [(*batch, draws.uniform(len(batch[0]))) for batch in batches]
    wrap = metrics.MeanMetricWrapper
    yield "wrapper_mse", wrap(losses.mean_squared_error), batches
    yield "wrapper_huber_delta", wrap(losses.huber, name="h", delta=0.5), weighted
    rows = [(draws.integers(4, n), draws.normal(n, 4), draws.uniform(n)) for n in SIZES]
    sparse = wrap(losses.sparse_categorical_crossentropy, from_logits=True, ignore_class=1)
    yield "wrapper_sparse_logits", sparse, rows
    yield "wrapper_loss_object", wrap(losses.MeanAbsoluteError(reduction="sum")), batches


GROUPS = (_f_scores, _ious, _r2, _correlations, _wrappers)
