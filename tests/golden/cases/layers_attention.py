"""layers_attention.json: the attention layers with each option, mask and way of being called."""

import keras
import numpy as np
from keras import layers, regularizers

from .encoding import Draws
from .layer_case import layer_case

L1, L2 = regularizers.L1(0.03), regularizers.L2(0.02)


def _flags(*rows):
    return np.array(rows, dtype=bool)


def _qvk():
    draws = Draws("attention inputs")
    return draws.normal(2, 3, 4), draws.normal(2, 5, 3), draws.normal(2, 5, 4)


# The second example of each sees nothing.
SEEN = _flags([1, 1, 0, 1, 0], [0, 0, 0, 0, 0])
ASKED = _flags([1, 0, 1], [0, 0, 0])
SCORES = {"return_attention_scores": True}
CAUSAL = {"use_causal_mask": True}


def _lists():
    """Attention and AdditiveAttention: one list of query, value and key."""
    q, v, k = _qvk()
    draws = Draws("lists")
    one, same = draws.normal(1, 1, 3), draws.normal(2, 7, 3)
    extremes = np.array([[[300.0, -300.0], [0.0, -0.0], [100.0, 1e-30]]], dtype="float32")
    both = [ASKED, SEEN]
    for kind, make in (("attention", layers.Attention), ("additive", layers.AdditiveAttention)):
        yield f"{kind}_default", make(), [q, v, k], {}
        yield f"{kind}_two_inputs", make(), [same, same[:, :4] + 1], {}
        yield f"{kind}_use_scale", make(use_scale=kind == "attention"), [q, v, k], {}
        yield f"{kind}_one_of_all", make(), [one, one * 2], {}
        yield f"{kind}_scores", make(), [q, v, k], {"call_kwargs": SCORES}
        yield f"{kind}_causal", make(), [same, same * 2], {"call_kwargs": CAUSAL}
        yield f"{kind}_causal_not_square", make(), [q, v, k], {"call_kwargs": CAUSAL}
        yield f"{kind}_value_mask", make(), [q, v, k], {"mask": [None, SEEN]}
        yield f"{kind}_query_mask", make(), [q, v, k], {"mask": [ASKED, None]}
        yield f"{kind}_masks", make(), [q, v, k], {"mask": [*both, None]}
        yield f"{kind}_masks_causal_scores", make(), [q, v, k], {
            "mask": both,
            "call_kwargs": {**CAUSAL, **SCORES},
        }
        yield f"{kind}_dropout_inference", make(dropout=0.4, seed=3), [q, v, k], {}
        yield f"{kind}_regularized", make(activity_regularizer=L2), [q, v, k], {}
    concat = dict(score_mode="concat")
    yield "attention_concat", layers.Attention(**concat), [q, v, k], {}
    yield "attention_concat_scale", layers.Attention(use_scale=True, **concat), [q, v, k], {}
    yield "attention_concat_masks", layers.Attention(**concat), [q, v, k], {"mask": both}
    yield "attention_rank4", layers.Attention(), [draws.normal(2, 2, 3, 4)] * 2, {}
    yield "attention_extremes", layers.Attention(), [extremes[:, ::-1], extremes], {}
    yield "additive_extremes", layers.AdditiveAttention(), [extremes, extremes * 1e-20], {}


def _multi_head():
    q, v, k = _qvk()
    draws = Draws("multi head")
    x, one = draws.normal(2, 5, 6), draws.normal(1, 1, 2)
    make = layers.MultiHeadAttention
    mask = draws.bits(2, 3, 5).astype(bool)
    mask[1, 2] = False
    by_head = draws.bits(2, 2, 3, 5).astype(bool)
    keyed = {"value_mask": SEEN}
    yield "heads_default", make(2, 3), [q, v, k], {}
    yield "heads_self", make(3, 2), [x, x], {}
    yield "heads_one_of_all", make(1, 1), [one, one], {}
    yield "heads_seventeen", make(17, 1), [q, v], {}
    # On JAX the fused form takes values of the keys' size only.
    yield "heads_value_dim", make(2, 3, value_dim=5), [q, v, k], {"call_kwargs": SCORES}
    yield "heads_no_bias", make(2, 3, use_bias=False), [q, v, k], {}
    yield "heads_output_size", make(2, 3, output_shape=5), [q, v], {}
    yield "heads_output_sizes", make(2, 2, output_shape=(2, 3)), [q, v], {}
    yield "heads_gate", make(2, 3, use_gate=True), [q, v, k], {}
    yield "heads_gate_value_dim_no_bias", make(
        2, 3, value_dim=2, use_gate=True, use_bias=False
    ), [q, v], {"call_kwargs": SCORES}
    yield "heads_scores", make(2, 3), [q, v, k], {"call_kwargs": SCORES}
    yield "heads_causal", make(2, 3), [x, x], {"call_kwargs": CAUSAL}
    yield "heads_causal_not_square", make(2, 3), [q, v, k], {"call_kwargs": CAUSAL}
    yield "heads_causal_scores", make(2, 3), [x, x], {"call_kwargs": {**CAUSAL, **SCORES}}
    yield "heads_window", make(2, 3, sliding_window=2), [x, x], {}
    yield "heads_window_causal", make(2, 3, sliding_window=2), [x, x], {"call_kwargs": CAUSAL}
    yield "heads_window_of_one", make(1, 3, sliding_window=1), [q, v], {"call_kwargs": SCORES}
    yield "heads_value_mask", make(2, 3), [q, v], {"call_kwargs": keyed}
    yield "heads_value_mask_scores", make(2, 3), [q, v], {"call_kwargs": {**keyed, **SCORES}}
    yield "heads_query_mask", make(2, 3), [q, v], {"call_kwargs": {"query_mask": ASKED}}
    yield "heads_key_mask", make(2, 3), [q, v, k], {"call_kwargs": {"key_mask": SEEN}}
    yield "heads_attention_mask", make(2, 3), [q, v], {"call_kwargs": {"attention_mask": mask}}
    yield "heads_attention_mask_scores", make(2, 3), [q, v], {
        "call_kwargs": {"attention_mask": mask, **SCORES}
    }
    yield "heads_attention_mask_rank2", make(2, 3), [q, v], {
        "call_kwargs": {"attention_mask": mask[0]}
    }
    yield "heads_attention_mask_by_head", make(2, 3), [q, v], {
        "call_kwargs": {"attention_mask": by_head}
    }
    yield "heads_all_masks", make(2, 3, sliding_window=3), [q, v, k], {
        "call_kwargs": {
            "attention_mask": mask, "value_mask": SEEN, "key_mask": ~SEEN, **CAUSAL
        }
    }  # fmt: skip
    yield "heads_dropout_inference", make(2, 3, dropout=0.3, seed=1), [q, v], {
        "call_kwargs": {"attention_mask": mask, **CAUSAL}
    }
    yield "heads_regularized", make(
        2, 2, kernel_regularizer=L2, bias_regularizer=L1, activity_regularizer=L2, use_gate=True
    ), [q, v], {}
    yield "heads_large_scores", make(1, 3), [q * 40, v * 40], {}
    grid, other = draws.normal(2, 3, 2, 4), draws.normal(2, 3, 4, 3)
    yield "heads_grid_all_axes", make(2, 2), [grid, other], {"call_kwargs": SCORES}
    yield "heads_grid_axis2", make(2, 2, attention_axes=2), [grid, other], {
        "call_kwargs": {"attention_mask": draws.bits(2, 4).astype(bool)}
    }
    yield "heads_grid_axis1", make(2, 2, attention_axes=(1,), value_dim=3), [
        grid, draws.normal(2, 5, 2, 3)
    ], {"call_kwargs": {**CAUSAL, **SCORES}}  # fmt: skip
    yield "heads_grid_two_axes", make(2, 2, attention_axes=(1, 2), use_gate=True), [
        grid, draws.normal(2, 2, 3, 4)
    ], {"call_kwargs": {"attention_mask": draws.bits(2, 3, 2, 2, 3).astype(bool)}}  # fmt: skip


def _groups():
    q, _, k = _qvk()
    draws = Draws("groups")
    v, x, one = draws.normal(2, 5, 4), draws.normal(2, 4, 3), draws.normal(1, 1, 2)
    make = layers.GroupQueryAttention
    mask = draws.bits(2, 3, 5).astype(bool)
    mask[0, 1] = False
    yield "groups_default", make(3, 4, 2), [q, v, k], {}
    yield "groups_one", make(2, 3, 1), [x, x], {}
    yield "groups_as_many", make(2, 2, 2), [x, x], {}
    yield "groups_of_three", make(2, 6, 2), [x, x], {"call_kwargs": {**CAUSAL, **SCORES}}
    yield "groups_one_of_all", make(1, 1, 1), [one, one], {}
    yield "groups_no_bias", make(3, 4, 2, use_bias=False), [q, v], {}
    yield "groups_gate", make(3, 4, 2, use_gate=True), [q, v], {}
    yield "groups_scores", make(3, 4, 2), [q, v], {"call_kwargs": SCORES}
    yield "groups_causal", make(3, 4, 2), [x, x], {"call_kwargs": CAUSAL}
    yield "groups_window", make(3, 4, 2, sliding_window=2), [x, x], {"call_kwargs": CAUSAL}
    yield "groups_attention_mask", make(3, 4, 2), [q, v], {"call_kwargs": {"attention_mask": mask}}
    yield "groups_masks", make(3, 4, 2), [q, v, k], {
        "call_kwargs": {"query_mask": ASKED, "value_mask": SEEN, "key_mask": ~SEEN, **SCORES}
    }
    yield "groups_value_mask", make(3, 4, 2), [q, v], {"call_kwargs": {"value_mask": SEEN}}
    yield "groups_dropout_inference", make(3, 4, 2, dropout=0.3, seed=1), [q, v], {
        "call_kwargs": {"attention_mask": mask}
    }
    yield "groups_regularized", make(2, 2, 1, kernel_regularizer=L2, bias_regularizer=L1), [q, v], {}


def make():
    cases = []
    for group in (_lists, _multi_head, _groups):
        keras.utils.clear_session()
        for name, layer, inputs, options in group():
            cases.append(layer_case(name, layer, inputs, as_list=group is _lists, **options))
    return cases
