"""layers_reversible.json: ReversibleEmbedding in both directions, its tables tied and untied."""

import keras
import numpy as np
from keras import constraints, initializers, layers, regularizers

from .encoding import Draws
from .layer_case import layer_case

BACK = {"call_kwargs": {"reverse": True}}
L1, L2 = regularizers.L1(0.01), regularizers.L2(0.03)


def _tokens():
    draws = Draws("reversible tokens")
    x = draws.integers(7, 2, 5)
    make = layers.ReversibleEmbedding
    yield "reversible_default", make(7, 3), x, {}
    yield "reversible_said_forward", make(7, 3), x, {"call_kwargs": {"reverse": False}}
    yield "reversible_mask_zero", make(7, 2, mask_zero=True), x, {}
    yield "reversible_untied", make(7, 3, tie_weights=False), x, {}
    yield "reversible_cap_forward", make(7, 3, logit_soft_cap=0.1), x * 0 + 6, {}
    yield "reversible_rank1", make(7, 4), draws.integers(7, 6), {}
    yield "reversible_rank3", make(7, 2), draws.integers(7, 2, 3, 2), {}
    yield "reversible_int64", make(7, 3), draws.integers(7, 2, 4, dtype="int64"), {}
    yield "reversible_cut_off", make(5, 2), draws.uniform(2, 3, high=4.9), {}
    yield "reversible_one_token", make(1, 17), np.zeros((1, 1), "int32"), {}
    yield "reversible_frozen", make(7, 3, tie_weights=False, trainable=False), x, {}
    yield "reversible_penalties", make(
        7,
        3,
        tie_weights=False,
        embeddings_initializer=initializers.RandomNormal(stddev=0.2),
        embeddings_regularizer=L1,
        embeddings_constraint=constraints.NonNeg(),
        activity_regularizer=L2,
    ), x, {}


def _vectors():
    draws = Draws("reversible vectors")
    x2, x3, x4 = draws.normal(4, 3), draws.normal(2, 5, 3), draws.normal(2, 1, 4, 3)
    make = layers.ReversibleEmbedding
    untied = dict(tie_weights=False)
    yield "reversible_back", make(7, 3), x3
    yield "reversible_back_untied", make(7, 3, **untied), x3
    for rank, x in ((1, draws.normal(3)), (2, x2), (4, x4)):
        yield f"reversible_back_rank{rank}", make(7, 3), x
        yield f"reversible_back_untied_rank{rank}", make(7, 3, **untied), x
    yield "reversible_back_mask_zero", make(7, 3, mask_zero=True), x3
    yield "reversible_back_cap", make(7, 3, logit_soft_cap=1.5), x3
    yield "reversible_back_cap_untied", make(7, 3, logit_soft_cap=0.4, **untied), x3
    yield "reversible_back_cap_reached", make(5, 3, logit_soft_cap=2), x2 * 100
    yield "reversible_back_cap_wide", make(5, 3, logit_soft_cap=1e4), x2
    yield "reversible_back_float32", make(7, 3, reverse_dtype="float32"), x3
    yield "reversible_back_float32_cap_untied", make(
        7, 3, reverse_dtype="float32", logit_soft_cap=3.0, **untied
    ), x3
    yield "reversible_back_integers", make(7, 3), draws.integers(5, 2, 3)
    yield "reversible_back_one_token", make(1, 17), draws.normal(2, 3, 17)
    yield "reversible_back_one_number", make(19, 1), draws.normal(2, 3, 1)
    yield "reversible_back_wide", make(35, 17), draws.normal(3, 17)
    yield "reversible_back_frozen", make(7, 3, trainable=False), x2
    penalties = dict(embeddings_regularizer=L2, activity_regularizer=L1)
    yield "reversible_back_penalties", make(7, 3, **penalties), x3
    yield "reversible_back_penalties_untied", make(7, 3, **penalties, **untied), x3


def make():
    keras.utils.clear_session()
    cases = [layer_case(name, layer, [x], **options) for name, layer, x, options in _tokens()]
    cases += [layer_case(name, layer, [x], **BACK) for name, layer, x in _vectors()]
    return cases
