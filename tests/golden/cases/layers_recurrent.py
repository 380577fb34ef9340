"""layers_recurrent.json: recurrent layers, their cells and wrappers."""

import keras
import numpy as np
from keras import constraints, initializers, layers, regularizers

from .encoding import Draws
from .layer_case import layer_case

KINDS = {"simple_rnn": layers.SimpleRNN, "gru": layers.GRU, "lstm": layers.LSTM}
STATES = {"simple_rnn": 1, "gru": 1, "lstm": 2}
CELLS = {"simple_rnn": layers.SimpleRNNCell, "gru": layers.GRUCell, "lstm": layers.LSTMCell}

# Masks: a step in the middle, the first steps, the last ones, all of a row, none of it.
MASK = np.array([[1, 0, 1], [0, 0, 1], [1, 1, 0], [0, 0, 0], [1, 1, 1]], dtype=bool)


def _layer(kind):
    """What all three layers take."""
    make = KINDS[kind]
    draws = Draws(kind)
    x, masked = draws.normal(2, 3, 3), draws.normal(5, 3, 2)
    yield "plain", make(2), [x], {}
    yield "sequences", make(2, return_sequences=True), [x], {}
    yield "state", make(2, return_state=True), [x], {}
    yield "sequences_state", make(3, return_sequences=True, return_state=True), [x], {}
    yield "backwards", make(2, go_backwards=True), [x], {}
    yield (
        "backwards_sequences_state",
        make(2, go_backwards=True, return_sequences=True, return_state=True),
        [x],
        {},
    )
    yield "unroll", make(2, unroll=True, return_sequences=True), [x], {}
    yield "no_bias", make(2, use_bias=False), [x], {}
    yield "batch_of_one", make(3), [draws.normal(1, 4, 2)], {}
    yield "sequence_of_one", make(2, return_sequences=True), [draws.normal(3, 1, 2)], {}
    yield "one_unit_one_feature", make(1, return_sequences=True), [draws.normal(2, 3, 1)], {}
    yield "odd_sizes", make(5), [draws.normal(3, 2, 7)], {}
    yield "large_inputs", make(2), [draws.normal(2, 3, 3, scale=30)], {}
    yield "relu", make(2, activation="relu", return_sequences=True), [x], {}
    yield "linear", make(2, activation="linear"), [x], {}
    yield "frozen", make(2, trainable=False), [x], {}
    yield "dropout_inference", make(2, dropout=0.4, recurrent_dropout=0.3, seed=3), [x], {}
    yield (
        "regularized",
        make(
            2,
            kernel_regularizer=regularizers.L2(0.02),
            recurrent_regularizer=regularizers.L1(0.03),
            bias_regularizer="l2",
            activity_regularizer=regularizers.L1L2(l1=0.01, l2=0.05),
        ),
        [x],
        {},
    )
    yield (
        "initializers_constraints",
        make(
            2,
            kernel_initializer=initializers.HeNormal(seed=1),
            recurrent_initializer="glorot_uniform",
            bias_initializer="ones",
            kernel_constraint=constraints.MaxNorm(1.5),
            recurrent_constraint="non_neg",
            bias_constraint=constraints.UnitNorm(axis=0),
        ),
        [x],
        {},
    )
    start = [draws.normal(2, 2) for _ in range(STATES[kind])]
    yield "initial_state", make(2, return_sequences=True), [x], {"initial_state": start}
    first = [draws.normal(5, 2) for _ in range(STATES[kind])]
    yield "masked", make(2), [masked], {"mask": MASK}
    yield "masked_sequences", make(2, return_sequences=True), [masked], {"mask": MASK}
    yield (
        "masked_sequences_initial_state",
        make(2, return_sequences=True, return_state=True),
        [masked],
        {"mask": MASK, "initial_state": first},
    )
    yield (
        "masked_zero_output",
        make(2, return_sequences=True, zero_output_for_mask=True),
        [masked],
        {"mask": MASK},
    )
    yield "masked_last_zero_output", make(2, zero_output_for_mask=True), [masked], {"mask": MASK}
    yield (
        "masked_backwards",
        make(2, return_sequences=True, go_backwards=True),
        [masked],
        {"mask": MASK},
    )
    yield "masked_all", make(2), [masked], {"mask": np.zeros((5, 3), dtype=bool)}
    yield (
        "masked_unroll_initial_state",
        make(2, unroll=True, return_sequences=True),
        [masked],
        {"mask": MASK, "initial_state": first},
    )
    yield "masked_unroll", make(2, unroll=True), [masked], {"mask": MASK}


def _own_options():
    draws = Draws("own options")
    x, masked = draws.normal(2, 3, 3), draws.normal(5, 3, 2)
    before = dict(reset_after=False)
    yield "gru_reset_before", layers.GRU(2, **before), [x], {}
    yield "gru_reset_before_no_bias", layers.GRU(3, use_bias=False, **before), [x], {}
    yield (
        "gru_reset_before_sequences",
        layers.GRU(2, return_sequences=True, return_state=True, **before),
        [x],
        {},
    )
    yield "gru_reset_before_masked", layers.GRU(2, **before), [masked], {"mask": MASK}
    yield (
        "gru_reset_before_relu_gates",
        layers.GRU(2, recurrent_activation="relu", **before),
        [x],
        {},
    )
    yield "gru_gate_activation", layers.GRU(2, recurrent_activation="tanh"), [x], {}
    yield "gru_softplus", layers.GRU(2, "softplus", return_sequences=True), [x], {}
    yield "lstm_no_forget_bias", layers.LSTM(2, unit_forget_bias=False), [x], {}
    yield "lstm_gate_activation", layers.LSTM(2, recurrent_activation="tanh"), [x], {}
    yield "lstm_elu", layers.LSTM(2, "elu", return_sequences=True), [x], {}
    yield (
        "lstm_other_activations",
        layers.LSTM(2, "softplus", recurrent_activation="relu", return_state=True),
        [x],
        {},
    )
    yield "lstm_wide", layers.LSTM(17), [draws.normal(2, 2, 1)], {}
    yield "gru_wide", layers.GRU(17), [draws.normal(2, 2, 1)], {}


def _cells():
    draws = Draws("cells")
    x, masked = draws.normal(2, 3, 3), draws.normal(5, 3, 2)
    for kind, cell in CELLS.items():
        yield f"rnn_{kind}_cell", layers.RNN(cell(2)), [x], {}
        yield (
            f"rnn_{kind}_cell_sequences",
            layers.RNN(cell(2, use_bias=False), return_sequences=True, return_state=True),
            [x],
            {},
        )
    yield "rnn_masked", layers.RNN(layers.LSTMCell(2), zero_output_for_mask=True), [masked], {
        "mask": MASK
    }
    yield "rnn_backwards", layers.RNN(layers.GRUCell(3), go_backwards=True), [x], {}
    yield "rnn_unroll", layers.RNN(layers.SimpleRNNCell(2), unroll=True), [x], {}
    stack = [layers.LSTMCell(2), layers.GRUCell(3)]
    yield "stacked", layers.RNN(stack), [x], {}
    stack = [layers.GRUCell(2), layers.SimpleRNNCell(3), layers.LSTMCell(2)]
    yield "stacked_sequences", layers.RNN(stack, return_sequences=True), [x], {}
    stack = layers.StackedRNNCells([layers.LSTMCell(3), layers.LSTMCell(2)])
    yield "stacked_masked", layers.RNN(stack, return_sequences=True), [masked], {"mask": MASK}


def _wrappers():
    draws = Draws("wrappers")
    x, masked = draws.normal(2, 3, 3), draws.normal(5, 3, 2)
    for mode in ("concat", "sum", "mul", "ave", None):
        yield f"bidirectional_{mode}", layers.Bidirectional(layers.LSTM(2), mode), [x], {}
        yield (
            f"bidirectional_{mode}_sequences",
            layers.Bidirectional(layers.GRU(2, return_sequences=True), mode),
            [x],
            {},
        )
    yield (
        "bidirectional_state",
        layers.Bidirectional(layers.LSTM(2, return_state=True, return_sequences=True)),
        [x],
        {},
    )
    yield (
        "bidirectional_none_state",
        layers.Bidirectional(layers.SimpleRNN(2, return_state=True), merge_mode=None),
        [x],
        {},
    )
    yield (
        "bidirectional_backward_layer",
        layers.Bidirectional(
            layers.LSTM(2, return_sequences=True),
            backward_layer=layers.GRU(3, go_backwards=True, return_sequences=True),
        ),
        [x],
        {},
    )
    yield (
        "bidirectional_forward_goes_backwards",
        layers.Bidirectional(
            layers.GRU(2, go_backwards=True, return_sequences=True),
            backward_layer=layers.GRU(2, return_sequences=True),
            merge_mode="sum",
        ),
        [x],
        {},
    )
    start = [draws.normal(2, 2) for _ in range(4)]
    yield "bidirectional_initial_state", layers.Bidirectional(layers.LSTM(2)), [x], {
        "initial_state": start
    }
    yield "bidirectional_masked", layers.Bidirectional(layers.GRU(2)), [masked], {"mask": MASK}
    yield (
        "bidirectional_masked_sequences",
        layers.Bidirectional(layers.LSTM(2, return_sequences=True)),
        [masked],
        {"mask": MASK},
    )
    yield "bidirectional_rnn", layers.Bidirectional(layers.RNN(layers.GRUCell(2))), [x], {}
    yield "bidirectional_one_step", layers.Bidirectional(layers.LSTM(2)), [draws.normal(1, 1, 2)], {}

    yield "time_distributed", layers.TimeDistributed(layers.Dense(2, "relu")), [x], {}
    yield (
        "time_distributed_rank4",
        layers.TimeDistributed(layers.Dense(2)),
        [draws.normal(2, 3, 2, 2)],
        {},
    )
    yield (
        "time_distributed_flatten",
        layers.TimeDistributed(layers.Flatten()),
        [draws.normal(2, 3, 2, 2)],
        {},
    )
    yield (
        "time_distributed_lstm",
        layers.TimeDistributed(layers.LSTM(2)),
        [draws.normal(2, 2, 3, 2)],
        {},
    )
    yield (
        "time_distributed_lstm_masked",
        layers.TimeDistributed(layers.LSTM(2)),
        [draws.normal(2, 2, 3, 2)],
        {"mask": draws.integers(2, 2, 2, 3, dtype="bool")},
    )
    yield (
        "time_distributed_activity",
        layers.TimeDistributed(layers.Dense(2, activity_regularizer="l2")),
        [x],
        {},
    )


def _conv_lstm():
    draws = Draws("conv lstm")
    x1, x2 = draws.normal(2, 3, 5, 2), draws.normal(1, 2, 4, 3, 2)
    one, two, three = layers.ConvLSTM1D, layers.ConvLSTM2D, layers.ConvLSTM3D
    yield "conv_lstm1d", one(2, 3), [x1], {}
    yield "conv_lstm1d_same_sequences", one(2, 2, padding="same", return_sequences=True), [x1], {}
    yield "conv_lstm1d_strides", one(1, 3, strides=2, return_state=True), [x1], {}
    yield "conv_lstm1d_dilation", one(2, 2, dilation_rate=2, go_backwards=True), [x1], {}
    yield "conv_lstm1d_no_bias", one(2, 1, use_bias=False, unit_forget_bias=False), [x1], {}
    yield "conv_lstm1d_relu", one(2, 2, activation="relu", recurrent_activation="tanh"), [x1], {}
    yield "conv_lstm1d_dropout_inference", one(2, 2, dropout=0.3, recurrent_dropout=0.2), [x1], {}
    start = [draws.normal(2, 3, 2) for _ in range(2)]
    yield "conv_lstm1d_initial_state", one(2, 3), [x1], {"initial_state": start}
    yield "conv_lstm2d", two(2, 2), [x2], {}
    yield (
        "conv_lstm2d_same_strides",
        two(1, (3, 2), strides=(2, 1), padding="same", return_sequences=True),
        [x2],
        {},
    )
    yield "conv_lstm1d_channels_first", one(3, 2, data_format="channels_first"), [x1], {}
    yield "conv_lstm3d", three(1, 2), [draws.normal(1, 2, 3, 2, 2, 1)], {}


def _cases():
    for kind in KINDS:
        for name, *rest in _layer(kind):
            yield f"{kind}_{name}", *rest
    yield from _own_options()
    yield from _cells()
    yield from _wrappers()
    yield from _conv_lstm()


def make():
    keras.utils.clear_session()
    cases = []
    for name, layer, inputs, kwargs in _cases():
        kwargs = dict(kwargs)
        mask = kwargs.pop("mask", None)
        cases.append(layer_case(name, layer, inputs, mask=mask, call_kwargs=kwargs))
    return cases
