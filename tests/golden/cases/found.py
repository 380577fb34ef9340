"""found.json: what random configurations found, each difference once and as small as it gets.

Some are whole models: what passes between layers, as masks do, shows in no single one. Keras
saves the mask that a layer takes as an argument of its call, computed by operations of the graph.
"""

import keras
import numpy as np
from keras import layers

from . import fit
from .encoding import Draws
from .layer_case import layer_case

IDS = np.array([[1, 2, 0, 3], [0, 1, 2, 0]], dtype="int32")
SEEN = np.array([[1, 0, 1, 1], [1, 1, 0, 1]], dtype=bool)


def _embedded():
    """Numbers of words, and vectors for them whose mask travels."""
    words = keras.Input((4,), dtype="int32")
    return words, layers.Embedding(5, 3, mask_zero=True)(words)


def _mask_operations():
    """Masks that layers pass on."""
    draws = Draws("found masks")
    rows, short = draws.normal(2, 4, 3), draws.normal(2, 2, 3)
    words, x = _embedded()
    y = layers.TimeDistributed(layers.Dense(3))(x)
    yield "mask_saved", keras.Model(words, layers.GRU(2)(y)), [IDS]
    words, x = _embedded()
    again = layers.Embedding(5, 3, mask_zero=True)(words)
    yield "mask_of_two", keras.Model(words, layers.GRU(2)(layers.Add()([x, again]))), [IDS]
    words, x = _embedded()
    other = keras.Input((4, 3))
    y = layers.GRU(2)(layers.Concatenate()([x, other]))
    yield "mask_beside_none", keras.Model([words, other], y), [IDS, rows]
    words, x = _embedded()
    other = keras.Input((2, 3))
    y = layers.GRU(2)(layers.Concatenate(axis=1)([x, other]))
    yield "mask_before_none", keras.Model([words, other], y), [IDS, short]
    vectors = keras.Input((4, 3))
    y = layers.GRU(2)(layers.Masking()(vectors))
    yield "mask_of_vectors", keras.Model(vectors, y), [rows * SEEN[..., None]]
    words, x = _embedded()
    y, _, _ = layers.LSTM(3, return_sequences=True, return_state=True)(x)
    yield "mask_past_states", keras.Model(words, layers.GRU(2)(y)), [IDS]
    words, x = _embedded()
    pair = layers.Bidirectional(layers.LSTM(3, return_sequences=True), merge_mode=None)(x)
    y = layers.Bidirectional(layers.GRU(2))(layers.Add()(pair))
    yield "mask_both_ways", keras.Model(words, y), [IDS]
    words, x = _embedded()
    inner = keras.Sequential([layers.Dense(3), layers.Activation("tanh")])
    yield "mask_through_a_model", keras.Model(words, layers.GRU(2)(inner(x))), [IDS]


def _items():
    """Parts of a tensor by Python's keys."""
    rows = Draws("found items").normal(2, 4, 3)
    for name, key in (
        ("last", (slice(None), -1)),
        ("slices", (slice(None), slice(1, -1), slice(None, None, 2))),
        ("ellipsis", (Ellipsis, 1)),
        ("new_axes", (slice(None), None, 2, slice(1, None), None)),
    ):
        vectors = keras.Input((4, 3))
        yield f"item_{name}", keras.Model(vectors, layers.Dense(2)(vectors[key])), [rows]


def _operations():
    """Operations between layers, with their arguments in the config."""
    ops, activations = keras.ops, keras.activations
    draws = Draws("found operations")
    rows, others = draws.normal(2, 4, 3), draws.normal(2, 4, 3)
    for name, operation in {
        "transpose": lambda x: ops.transpose(x, (0, 2, 1)),
        "swapaxes": lambda x: ops.swapaxes(x, 1, -1),
        "flip": lambda x: ops.flip(x, axis=1),
        "expand_dims": lambda x: ops.squeeze(ops.expand_dims(x, axis=(1, -1)), axis=1),
        "clip": lambda x: ops.clip(x, -0.5, 1),
        "stop_gradient": lambda x: x + ops.stop_gradient(x) * x,
        "spread": lambda x: ops.var(x, axis=1) + ops.std(x, axis=-2),
        "logsumexp": lambda x: ops.logsumexp(x, axis=(1, 2), keepdims=True),
        "log_softmax": lambda x: ops.log_softmax(x, axis=1),
        "where": lambda x: ops.where(ops.logical_and(x > 0, ops.logical_not(x >= 1)), x, 0.5),
        "compare": lambda x: ops.cast(ops.equal(x < 0, x <= -1), "float32") * x,
        "all": lambda x: ops.cast(ops.all(x > -1, axis=1), "float32") * x[:, 0],
        "gelu": lambda x: activations.gelu(x) + activations.gelu(x, approximate=True),
        "units": lambda x: ops.elu(x, 0.7) + ops.selu(x) + ops.silu(x) + ops.leaky_relu(x, 0.3),
        "bounded": lambda x: ops.relu6(3 * x) * ops.hard_sigmoid(x) + ops.softsign(x),
        "log_sigmoid": ops.log_sigmoid,
        "pad": lambda x: ops.pad(x, ((0, 0), (1, 2), (0, 1)), mode="reflect") * 2,
        "pad_constant": lambda x: ops.pad(x, ((0, 0), (1, 2), (0, 1))) * 2,
        "tile": lambda x: ops.tile(x, (1, 2, 1)) + ops.repeat(x, 2, axis=1),
        "arg": lambda x: ops.one_hot(ops.argmax(x, axis=-1), 3) * x
        + ops.cast(ops.argmin(x, axis=1, keepdims=True), "float32"),
        "prod": lambda x: ops.cumsum(x, axis=1) * ops.prod(x, axis=2, keepdims=True),
        "sort": lambda x: ops.sort(x, axis=-1)
        - ops.take_along_axis(x, ops.argsort(x, axis=-1), axis=-1) * ops.erf(x),
        "take": lambda x: ops.take(x, ops.argmax(x[0, 0]), axis=1),
        "move": lambda x: ops.moveaxis(x * ops.broadcast_to(x[0, 0], (4, 3)), 1, 2),
        "ravel": lambda x: ops.ravel(x),
        "dot": lambda x: ops.dot(x, x[0, 0]),
        "split": lambda x: ops.concatenate(ops.split(x, 2, axis=1)[::-1], axis=2)
        + ops.concatenate(ops.split(x, [2], axis=1), axis=-1),
    }.items():
        vectors = keras.Input((4, 3))
        yield f"operation_{name}", keras.Model(vectors, operation(vectors)), [rows]
    pair = [keras.Input((4, 3)) for _ in range(2)]
    stacked = ops.stack(pair, axis=-1)
    yield "operation_stack", keras.Model(pair, stacked), [rows, others]
    pair = [keras.Input((4, 3)) for _ in range(2)]
    product = ops.einsum("bij,bkj->bik", *pair)
    yield "operation_einsum", keras.Model(pair, product), [rows, others]


def _named_masks():
    """Masks that a call gives beside those that travel, and of a key that is the value."""
    draws = Draws("found attention")
    query, value = draws.normal(2, 3, 4), draws.normal(2, 4, 4)
    asked = np.array([[1, 1, 0], [1, 0, 1]], dtype=bool)
    both = {"call_kwargs": {"key_mask": SEEN, "value_mask": SEEN[:, ::-1].copy()}}
    heads, groups = layers.MultiHeadAttention, layers.GroupQueryAttention
    yield "heads_key_mask_without_key", heads(2, 3), [query, value], both
    yield "groups_key_mask_without_key", groups(2, 4, 2), [query, value], both
    # Attention has no use for it, but takes it.
    masks = {"mask": [asked, SEEN, ~SEEN], "as_list": True}
    yield "attention_key_mask_without_key", layers.Attention(), [query, value], masks
    for name, make in (("heads", heads), ("groups", groups)):
        layer = make(2, 2) if name == "heads" else make(2, 2, 1)
        words, x = _embedded()
        other, mask = keras.Input((4, 3)), keras.Input((4,), dtype="bool")
        y = layer(x, other, value_mask=mask)
        rows = draws.normal(2, 4, 3)
        yield f"{name}_value_mask_given", keras.Model([words, other, mask], y), [IDS, rows, SEEN]
        layer = make(2, 2) if name == "heads" else make(2, 2, 1)
        words, x = _embedded()
        mask = keras.Input((4,), dtype="bool")
        y = layer(x, x, value_mask=mask)
        yield f"{name}_value_mask_given_self", keras.Model([words, mask], y), [IDS, SEEN]
    # One input twice, with two masks, of which none travels on.
    x = keras.Input((4, 3))
    masks = [keras.Input((4,), dtype="bool") for _ in range(2)]
    outputs = [layers.Attention()([x, x], mask=masks), layers.GRU(2)(x)]
    rows = draws.normal(2, 4, 3)
    yield "masks_of_one_call", keras.Model([x, *masks], outputs), [rows, SEEN, ~SEEN]


def _initial_states():
    """With initial states Keras leaves the mask that travels; stacked cells have lists of them."""
    draws = Draws("found states")
    start = [draws.normal(2, 2) for _ in range(2)]

    def states(count):
        return [keras.Input((2,)) for _ in range(count)]

    words, x = _embedded()
    first = states(1)
    y = layers.GRU(2)(x, initial_state=first)
    yield "states_leave_the_mask", keras.Model([words, *first], y), [IDS, start[0]]
    words, x = _embedded()
    first = states(2)
    y = layers.LSTM(2, return_sequences=True)(x, initial_state=first)
    y = layers.GlobalAveragePooling1D()(y)  # the output has its mask all the same
    yield "states_pass_the_mask_on", keras.Model([words, *first], y), [IDS, *start]
    words, x = _embedded()
    first = states(2)
    y = layers.Bidirectional(layers.GRU(2))(x, initial_state=first)
    yield "states_both_ways", keras.Model([words, *first], y), [IDS, *start]
    rows = draws.normal(2, 4, 3)
    given = {"call_kwargs": {"initial_state": start}, "mask": SEEN}
    yield "states_and_mask_both_ways", layers.Bidirectional(layers.GRU(2)), [rows], given
    cells = layers.StackedRNNCells([layers.LSTMCell(2), layers.GRUCell(3)])
    nested = [start, [draws.normal(2, 3)]]
    given = {"call_kwargs": {"initial_state": nested}, "mask": SEEN}
    yield "stacked_states", layers.RNN(cells, return_sequences=True), [rows], given
    vectors, first = keras.Input((4, 3)), [states(2), [keras.Input((3,))]]
    cells = layers.StackedRNNCells([layers.LSTMCell(2), layers.GRUCell(3)])
    y = layers.RNN(cells)(vectors, initial_state=first)
    model = keras.Model([vectors, *first[0], *first[1]], y)
    yield "stacked_states_of_a_model", model, [rows, *start, *nested[1]]


def _kept_states():
    """States that go on: from call to call, and in TimeDistributed from step to step."""
    draws = Draws("found kept states")
    rows, before = draws.normal(2, 2, 2, 1), draws.normal(2, 2, 2, 1)
    seen = np.array([[[1, 0], [1, 1]], [[0, 1], [0, 0]]], dtype=bool)
    layer = layers.TimeDistributed(layers.SimpleRNN(1, stateful=True))
    layer.build(rows.shape)
    yield "time_distributed_stateful", layer, [rows], {"mask": seen, "earlier": [[before]]}


def _runs():
    """Runs of fit."""
    task = fit.Task("found", samples=20)
    model = keras.Sequential([keras.Input((4,)), layers.Dense(3, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    options = dict(epochs=2, batch_size=4, validation_split=0.25)
    options["class_weight"] = {0: 0.5, 1: 2.0, 2: 3.0}
    yield "class_weight_not_held_out", model, task.x, task.classes, options


GROUPS = (_mask_operations, _items, _operations, _named_masks, _initial_states, _kept_states)


def make():
    cases = []
    for group in GROUPS:
        keras.utils.clear_session()
        for name, layer, inputs, *rest in group():
            options = dict(*rest)
            if isinstance(layer, keras.Model) and len(inputs) > 1:
                # Models take several inputs as one list, of tensors only.
                inputs = [keras.ops.convert_to_tensor(array) for array in inputs]
                options["as_list"] = True
            cases.append(layer_case(name, layer, inputs, **options))
    keras.utils.clear_session()
    return cases + [fit.make_case(*arguments) for arguments in _runs()]
