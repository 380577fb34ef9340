"""metrics.json: metrics over several batches of different size, with and without weights."""

import numpy as np
from keras import metrics

from . import confusion_metrics, region_metrics
from .encoding import Draws
from .metric_case import SIZES, make_case, variants


def _regression():
    def rank2(draws, n):
        return draws.normal(n, 3, scale=2), draws.normal(n, 3, scale=2)

    def mixed(draws, n):
        return draws.normal(n), draws.normal(n, 1)

    def sequence(draws, n):
        return draws.normal(n, 3, 2), draws.normal(n, 3, 2)

    for name, make in (
        ("mse", metrics.MeanSquaredError),
        ("mae", metrics.MeanAbsoluteError),
        ("rmse", metrics.RootMeanSquaredError),
    ):
        yield from variants(name, make, rank2)
        draws = Draws("metric ranks " + name)
        yield name + "_true_vector", make(), [mixed(draws, n) for n in SIZES]
        yield name + "_sequence", make(), [sequence(draws, n) for n in SIZES]
    yield from variants("mean", metrics.Mean, lambda draws, n: (draws.normal(n),))
    draws = Draws("metric mean ranks")
    yield "mean_rank2", metrics.Mean(), [(draws.normal(n, 2),) for n in SIZES]
    rows = [(draws.normal(n, 2), draws.uniform(n)) for n in SIZES]
    yield "mean_rank2_row_weights", metrics.Mean(), rows
    yield "mean_named", metrics.Mean(name="train_loss"), [(draws.normal(3),)]


def _accuracy():
    def equal(draws, n):
        return draws.integers(3, n, 2), draws.integers(3, n, 2)

    def binary(draws, n):
        return draws.bits(n, 3), draws.uniform(n, 3)

    def categorical(draws, n):
        return draws.one_hot(4, n), draws.probabilities(n, 4)

    def sparse(draws, n):
        return draws.integers(4, n), draws.normal(n, 4)

    yield from variants("accuracy", metrics.Accuracy, equal)
    yield from variants("binary_accuracy", metrics.BinaryAccuracy, binary)
    yield from variants("categorical_accuracy", metrics.CategoricalAccuracy, categorical)
    yield from variants("sparse_accuracy", metrics.SparseCategoricalAccuracy, sparse)
    top2 = lambda: metrics.TopKCategoricalAccuracy(k=2)  # noqa: E731
    sparse_top2 = lambda: metrics.SparseTopKCategoricalAccuracy(k=2)  # noqa: E731
    yield from variants("top2", top2, categorical)
    yield from variants("sparse_top2", sparse_top2, sparse)

    draws = Draws("metric accuracy rest")
    edges = np.array([[0.5], [0.50001], [0.0], [1.0]], "float32")
    ones = np.ones((4, 1), "float32")
    yield "binary_accuracy_at_the_threshold", metrics.BinaryAccuracy(), [(ones, edges)]
    for threshold in (0.2, 0.75, 0.0):
        batches = [binary(draws, n) for n in SIZES]
        yield f"binary_accuracy_{threshold}", metrics.BinaryAccuracy(threshold=threshold), batches
    logits = [(draws.bits(n, 1), draws.normal(n, 1, scale=2)) for n in SIZES]
    yield "binary_accuracy_of_logits", metrics.BinaryAccuracy(), logits
    yield "binary_accuracy_true_vector", metrics.BinaryAccuracy(), [
        (draws.bits(n), draws.uniform(n, 1)) for n in SIZES
    ]
    yield "categorical_accuracy_ties", metrics.CategoricalAccuracy(), [
        (np.eye(3, dtype="float32"), np.full((3, 3), 0.25, "float32"))
    ]
    yield "sparse_accuracy_true_column", metrics.SparseCategoricalAccuracy(), [
        (draws.integers(4, n, 1), draws.normal(n, 4)) for n in SIZES
    ]
    yield "sparse_accuracy_float_true", metrics.SparseCategoricalAccuracy(), [
        (draws.integers(4, n).astype("float32"), draws.normal(n, 4)) for n in SIZES
    ]
    yield "sparse_accuracy_sequence", metrics.SparseCategoricalAccuracy(), [
        (draws.integers(4, n, 3), draws.normal(n, 3, 4)) for n in SIZES
    ]
    yield "categorical_accuracy_sequence", metrics.CategoricalAccuracy(), [
        (draws.one_hot(4, n, 3), draws.normal(n, 3, 4), draws.uniform(n, 3)) for n in SIZES
    ]
    yield "top5", metrics.TopKCategoricalAccuracy(), [
        (draws.one_hot(8, n), draws.normal(n, 8)) for n in SIZES
    ]
    yield "sparse_top5", metrics.SparseTopKCategoricalAccuracy(), [
        (draws.integers(8, n), draws.normal(n, 8)) for n in SIZES
    ]
    yield "top_one", metrics.TopKCategoricalAccuracy(k=1), [categorical(draws, n) for n in SIZES]


def _crossentropies():
    def binary(draws, n):
        return draws.bits(n, 3), draws.uniform(n, 3, low=0.01, high=0.99)

    def categorical(draws, n):
        return draws.one_hot(4, n), draws.probabilities(n, 4)

    def sparse(draws, n):
        return draws.integers(4, n), draws.probabilities(n, 4)

    yield from variants("binary_crossentropy", metrics.BinaryCrossentropy, binary)
    yield from variants("categorical_crossentropy", metrics.CategoricalCrossentropy, categorical)
    yield from variants("sparse_crossentropy", metrics.SparseCategoricalCrossentropy, sparse)
    draws = Draws("metric crossentropy rest")
    logits = [(draws.bits(n, 3), draws.normal(n, 3)) for n in SIZES]
    yield (
        "binary_crossentropy_logits",
        metrics.BinaryCrossentropy(from_logits=True, label_smoothing=0.1),
        logits,
    )
    yield (
        "categorical_crossentropy_logits",
        metrics.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1),
        [(draws.one_hot(4, n), draws.normal(n, 4)) for n in SIZES],
    )
    rows = [(draws.integers(4, n), draws.normal(n, 4)) for n in SIZES]
    make = metrics.SparseCategoricalCrossentropy
    yield "sparse_crossentropy_logits", make(from_logits=True), rows


def _wrapped_losses():
    def numbers(draws, n):
        return draws.normal(n, 3, scale=2), draws.normal(n, 3, scale=2)

    def positive(draws, n):
        return draws.uniform(n, 3, high=4), draws.uniform(n, 3, low=0.1, high=4)

    def signs(draws, n):
        return draws.bits(n, 3) * 2 - 1, draws.normal(n, 3)

    def bits(draws, n):
        return draws.bits(n, 3), draws.normal(n, 3)

    def one_hot(draws, n):
        return draws.one_hot(4, n), draws.normal(n, 4)

    def distributions(draws, n):
        return draws.probabilities(n, 4), draws.probabilities(n, 4)

    for name, make, draw in (
        ("mape", metrics.MeanAbsolutePercentageError, positive),
        ("msle", metrics.MeanSquaredLogarithmicError, positive),
        ("log_cosh", metrics.LogCoshError, numbers),
        ("cosine_similarity", metrics.CosineSimilarity, numbers),
        ("hinge", metrics.Hinge, signs),
        ("hinge_bits", metrics.Hinge, bits),
        ("squared_hinge", metrics.SquaredHinge, signs),
        ("squared_hinge_bits", metrics.SquaredHinge, bits),
        ("categorical_hinge", metrics.CategoricalHinge, one_hot),
        ("kl_divergence", metrics.KLDivergence, distributions),
        ("poisson", metrics.Poisson, positive),
    ):
        yield from variants(name, make, draw)
        draws = Draws("metric sequences " + name)
        sequences = [(*draw(draws, 2 * n),) for n in SIZES]
        yield name + "_sequence", make(name="named"), [
            tuple(a.reshape(n, 2, -1) for a in batch)
            for n, batch in zip(SIZES, sequences, strict=True)
        ]
    draws = Draws("metric cosine axis")
    yield (
        "cosine_similarity_axis",
        metrics.CosineSimilarity(axis=1),
        [(draws.normal(n, 4, 2), draws.normal(n, 4, 2)) for n in SIZES],
        {"axis": 1},
    )
    zeros = np.zeros((2, 3), "float32")
    yield "cosine_similarity_of_nothing", metrics.CosineSimilarity(), [(zeros, draws.normal(2, 3))]
    yield "mape_of_nothing", metrics.MeanAbsolutePercentageError(), [(zeros, zeros)]
    large = np.array([[300.0, -300.0, 88.0]], "float32")
    yield "log_cosh_large", metrics.LogCoshError(), [(np.zeros((1, 3), "float32"), large)]
    negative = np.array([[-3.0, 0.0, 5.0]], "float32")
    yield "msle_negative", metrics.MeanSquaredLogarithmicError(), [(negative, -negative)]
    certain = np.array([[0.0, 1.0, 0.0]], "float32")
    yield "kl_divergence_certain", metrics.KLDivergence(), [(certain, certain[:, ::-1].copy())]
    ids = [(draws.integers(6, n), draws.integers(6, n, 4)) for n in SIZES]
    sorted_ids = metrics.SparseTopKCategoricalAccuracy(k=2, from_sorted_ids=True)
    yield "sparse_top_k_sorted_ids", sorted_ids, ids
    yield from variants("sum", metrics.Sum, lambda draws, n: (draws.normal(n),), column=False)
    yield "sum_rank_2", metrics.Sum(name="all"), [(draws.normal(n, 3),) for n in SIZES]
    yield "sum_rank_2_weights", metrics.Sum(), [(draws.normal(n, 3), draws.uniform(n)) for n in SIZES]


def make():
    return [
        make_case(*arguments)
        for group in (
            _regression,
            _accuracy,
            _crossentropies,
            _wrapped_losses,
            *confusion_metrics.GROUPS,
            *region_metrics.GROUPS,
        )
        for arguments in group()
    ]
