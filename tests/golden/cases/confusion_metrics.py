"""Cases of the metrics that count true and false positives and negatives."""

import numpy as np
from keras import metrics

from .encoding import Draws
from .metric_case import SIZES, variants

# Ends, thresholds and numbers that round at the edge of a bucket.
EDGES = np.array(
    [0.0, 1.0, 0.5, 0.25, 0.75, 1 / 3, 2 / 3, 0.1, 0.7, 0.3, 1e-8, 0.9999999, 0.2, 0.6], "float32"
)


def _binary(draws, n):
    return draws.bits(n, 3), draws.uniform(n, 3)


def _vector(draws, n):
    return draws.bits(n), draws.uniform(n)


def _edges(make, name):
    """Predictions on thresholds, labels alternating; and predictions outside [0, 1]."""
    truth = (np.arange(len(EDGES)) % 2).astype("float32")
    yield name + "_edges", make(), [(truth, EDGES), (1 - truth, EDGES)]
    outside = np.array([-0.5, 1.5, 0.4, 3.0, -2.0], "float32")
    yield name + "_outside", make(), [(np.array([1, 0, 1, 1, 0], "float32"), outside)]


def _one_class(make, name):
    """Nothing but true labels, and nothing but false ones."""
    draws = Draws("metric one class " + name)
    scores = draws.uniform(6)
    yield name + "_all_true", make(), [(np.ones(6, "float32"), scores)]
    yield name + "_all_false", make(), [(np.zeros(6, "float32"), scores)]


def _counts():
    for name, make in (
        ("true_positives", metrics.TruePositives),
        ("true_negatives", metrics.TrueNegatives),
        ("false_positives", metrics.FalsePositives),
        ("false_negatives", metrics.FalseNegatives),
    ):
        yield from variants(name, make, _binary)
        draws = Draws("metric counts " + name)
        batches = [(*_vector(draws, n), draws.uniform(n)) for n in SIZES]
        yield name + "_vector", make(thresholds=0.3), batches
        batches = [_binary(draws, n) for n in SIZES]
        yield name + "_list", make(thresholds=[0.8, 0.1, 0.45]), batches
        yield name + "_one_in_a_list", make(thresholds=[0.4]), batches
        weighted = [(*_binary(draws, n), draws.uniform(n, 3)) for n in SIZES]
        yield name + "_even_list", make(thresholds=[0.0, 0.25, 0.5, 0.75, 1.0]), weighted
    yield from _edges(metrics.TruePositives, "true_positives")
    yield from _edges(lambda: metrics.FalsePositives(thresholds=[0.0, 0.5, 1.0]), "even_positives")
    integers = [(draws.integers(3, n, 2), draws.uniform(n, 2)) for n in SIZES]
    yield "true_positives_integer_labels", metrics.TruePositives(name="hits"), integers


def _shares():
    for name, make in (("precision", metrics.Precision), ("recall", metrics.Recall)):
        yield from variants(name, make, _binary)
        yield from _edges(make, name)
        yield from _one_class(make, name)
        draws = Draws("metric shares " + name)
        rows = [_binary(draws, n) for n in SIZES]
        yield name + "_threshold", make(thresholds=0.7), rows
        yield name + "_list", make(thresholds=[0.2, 0.9, 0.6]), rows
        yield name + "_even_list", make(thresholds=[0, 0.25, 0.5, 0.75, 1]), rows
        wide = [(draws.bits(n, 5), draws.uniform(n, 5)) for n in SIZES]
        weighted = [(*batch, draws.uniform(len(batch[0]))) for batch in wide]
        yield name + "_top_k", make(top_k=2), wide
        yield name + "_top_k_weights", make(top_k=3), weighted
        yield name + "_top_k_threshold", make(top_k=3, thresholds=[0.5, 0.7]), wide
        yield name + "_top_k_even", make(top_k=2, thresholds=[0.0, 0.5, 1.0]), wide
        yield name + "_class_id", make(class_id=1), wide
        yield name + "_last_class_id", make(class_id=-1), wide
        yield name + "_class_id_weights", make(class_id=4, thresholds=0.3), weighted
        yield name + "_class_of_top_k", make(class_id=2, top_k=3), weighted
        logits = [(draws.bits(n, 4), draws.normal(n, 4, scale=3)) for n in SIZES]
        yield name + "_top_k_logits", make(top_k=1), logits
        ties = np.full((2, 4), 0.25, "float32")
        yield name + "_top_k_ties", make(top_k=2), [(np.eye(4, dtype="float32")[[1, 3]], ties)]
        images = [(draws.bits(n, 2, 3), draws.uniform(n, 2, 3)) for n in SIZES]
        yield name + "_sequence", make(class_id=0), images
        yield name + "_sequence_top_k", make(top_k=1), images
        column = [(draws.bits(n), draws.uniform(n, 1)) for n in SIZES]
        yield name + "_true_vector", make(), column


def _at():
    for name, cls, argument in (
        ("sensitivity_at_specificity", metrics.SensitivityAtSpecificity, "specificity"),
        ("specificity_at_sensitivity", metrics.SpecificityAtSensitivity, "sensitivity"),
        ("precision_at_recall", metrics.PrecisionAtRecall, "recall"),
        ("recall_at_precision", metrics.RecallAtPrecision, "precision"),
    ):

        def make(value=0.6, **arguments):
            return cls(**{argument: value}, **arguments)

        yield from variants(name, make, _vector, column=False)
        yield from _one_class(make, name)
        draws = Draws("metric at " + name)
        batches = [_binary(draws, n) for n in SIZES]
        yield name + "_zero", make(0.0), batches
        yield name + "_one", make(1.0), batches
        yield name + "_few_thresholds", make(0.4, num_thresholds=5), batches
        yield name + "_two_thresholds", make(0.3, num_thresholds=2), batches
        yield name + "_one_threshold", make(0.3, num_thresholds=1), batches
        weighted = [(*batch, draws.uniform(len(batch[0]))) for batch in batches]
        yield name + "_class_id", make(0.5, class_id=2, num_thresholds=11), weighted
        edges = [((np.arange(len(EDGES)) % 2).astype("float32"), EDGES)]
        yield name + "_edges", make(0.5, num_thresholds=21), edges


CURVES = [
    (curve, method)
    for curve in ("ROC", "PR", "PRGAIN")
    for method in ("interpolation", "minoring", "majoring")
]


def _auc():
    for curve, method in CURVES:
        name = f"auc_{curve.lower()}_{method}"

        def make(**arguments):
            return metrics.AUC(curve=curve, summation_method=method, **arguments)

        draws = Draws("metric " + name)
        batches = [_vector(draws, n) for n in (9, 7)]
        yield name, make(), batches
        weighted = [(*batch, draws.uniform(len(batch[0]), high=2)) for batch in batches]
        yield name + "_weights", make(num_thresholds=10), weighted
        yield name + "_thresholds", make(thresholds=[0.65, 0.2, 0.4]), weighted
        yield name + "_even_thresholds", make(thresholds=[0.25, 0.5, 0.75]), batches
        labels = [(draws.bits(n, 3), draws.uniform(n, 3)) for n in (8, 5)]
        multi = {"multi_label": True}
        yield name + "_multi_label", make(**multi), labels
        yield (
            name + "_label_weights",
            make(num_thresholds=7, label_weights=[0.5, 0.0, 2.0], num_labels=3, **multi),
            [(*batch, draws.uniform(len(batch[0]))) for batch in labels],
        )
        yield (
            name + "_flat_label_weights",
            make(thresholds=[0.3, 0.6], label_weights=[0.5, 0.25, 2.0]),
            labels,
        )


def _auc_rest():
    draws = Draws("metric auc rest")
    yield from variants("auc", metrics.AUC, _vector, column=False)
    yield from _edges(metrics.AUC, "auc")
    yield from _edges(lambda: metrics.AUC(thresholds=[0.1, 0.5, 0.7]), "auc_compared")
    yield from _one_class(metrics.AUC, "auc")
    yield from _one_class(lambda: metrics.AUC(curve="PR"), "auc_pr")
    logits = [(draws.bits(n), draws.normal(n, scale=4)) for n in SIZES]
    yield "auc_logits", metrics.AUC(from_logits=True), logits
    yield "auc_two_thresholds", metrics.AUC(num_thresholds=2), [_vector(draws, 6)]
    yield "auc_three_thresholds", metrics.AUC(num_thresholds=3), [_vector(draws, 6)]
    even = {"multi_label": True, "label_weights": [1.0, 3.0]}
    labels = [(draws.bits(n, 2), draws.uniform(n, 2), draws.uniform(n, 1)) for n in SIZES]
    yield "auc_multi_label_thresholds", metrics.AUC(thresholds=[0.2, 0.3], **even), labels
    yield (
        "auc_flat_even_label_weights",
        metrics.AUC(num_thresholds=6, label_weights=[1.0, 3.0], name="area"),
        labels,
    )
    perfect = np.array([0, 0, 1, 1], "float32")
    yield "auc_perfect", metrics.AUC(), [(perfect, perfect)]
    yield "auc_reversed", metrics.AUC(), [(perfect, 1 - perfect)]
    yield "auc_ties", metrics.AUC(), [(perfect, np.full(4, 0.5, "float32"))]
    images = [(draws.bits(n, 2, 2), draws.uniform(n, 2, 2)) for n in SIZES]
    yield "auc_images", metrics.AUC(num_thresholds=20), images


GROUPS = (_counts, _shares, _at, _auc, _auc_rest)
