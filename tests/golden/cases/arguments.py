"""arguments.json: what the other files leave at its default, found by coverage.py."""

import keras
import numpy as np
from keras import constraints, initializers, layers, losses, metrics, optimizers, regularizers

from . import activations as activation_cases
from . import losses as loss_cases
from . import optimizers as optimizer_cases
from .encoding import Draws, tensor
from .layer_case import layer_case
from .metric_case import SIZES, make_case

# By weight: an initializer that draws nothing, a penalty and a constraint, each another one.
OF_WEIGHTS = {
    "kernel": (
        lambda: initializers.Constant(0.25),
        lambda: regularizers.L2(0.02),
        lambda: constraints.MaxNorm(0.9, axis=0),
    ),
    "recurrent": (
        initializers.Ones,
        lambda: regularizers.L1(0.03),
        lambda: constraints.UnitNorm(axis=0),
    ),
    "depthwise": (
        initializers.Ones,
        lambda: regularizers.L1L2(l1=0.01, l2=0.05),
        lambda: constraints.MinMaxNorm(0.6, 0.8, rate=0.7, axis=0),
    ),
    "pointwise": (
        lambda: initializers.Constant(-0.5),
        lambda: regularizers.L1(0.04),
        lambda: constraints.UnitNorm(axis=0),
    ),
    "bias": (
        lambda: initializers.Constant(0.125),
        lambda: regularizers.L1(0.05),
        constraints.NonNeg,
    ),
}
STATEFUL = {"return_sequences": True, "stateful": True}


def _of_weights(*names, activity=True):
    """The arguments of each weight, and the penalty of the output."""
    options = {}
    for name in names:
        make = OF_WEIGHTS[name]
        options[f"{name}_initializer"] = make[0]()
        options[f"{name}_regularizer"] = make[1]()
        options[f"{name}_constraint"] = make[2]()
    if activity:
        options["activity_regularizer"] = regularizers.L2(0.01)
    return options


def _weights_case(name, layer, inputs, forgotten=None):
    """A layer all of whose weights start without a draw: the values it is built with, and what its
    constraints make of those that it is called with. `forgotten`: what Keras reads but does not
    write of the objects among the layer's arguments."""
    layer.build(*[(None, *array.shape[1:]) for array in inputs])
    initial = [tensor(w.value) for w in layer.weights]
    case = layer_case(name, layer, inputs)
    for argument, options in (forgotten or {}).items():
        case["layer"]["config"][argument]["config"].update(options)
    case["initial"] = initial
    case["constrained"] = [
        None if w.constraint is None else tensor(w.constraint(w.value)) for w in layer.weights
    ]
    return case


def _weights():
    draws = Draws("arguments weights")
    x0, x1 = draws.normal(3, 4), draws.normal(2, 5, 3)
    x2, x3 = draws.normal(2, 4, 3, 2), draws.normal(1, 3, 2, 3, 2)
    both = _of_weights
    yield "dense", layers.Dense(3, **both("kernel", "bias")), [x0]
    for rank, x in ((1, x1), (2, x2), (3, x3)):
        conv, back = getattr(layers, f"Conv{rank}D"), getattr(layers, f"Conv{rank}DTranspose")
        yield f"conv{rank}d", conv(2, 2, **both("kernel", "bias")), [x]
        yield f"conv{rank}d_transpose", back(2, 2, strides=2, **both("kernel", "bias")), [x]
    for rank, x in ((1, x1), (2, x2)):
        depthwise = getattr(layers, f"DepthwiseConv{rank}D")
        separable = getattr(layers, f"SeparableConv{rank}D")
        options = both("depthwise", "bias")
        yield f"depthwise_conv{rank}d", depthwise(2, depth_multiplier=2, **options), [x]
        options = both("depthwise", "pointwise", "bias")
        yield f"separable_conv{rank}d", separable(3, 2, **options), [x]
    heads = layers.MultiHeadAttention(2, 3, **both("kernel", "bias"))
    yield "multi_head_attention", heads, [x1, draws.normal(2, 4, 2)]
    for kind in (layers.SimpleRNNCell, layers.GRUCell, layers.LSTMCell):
        cell = kind(2, **both("kernel", "recurrent", "bias", activity=False))
        yield kind.__name__.lower(), layers.RNN(cell), [x1]
    images = {1: x2, 2: draws.normal(1, 2, 3, 3, 2), 3: draws.normal(1, 2, 2, 3, 2, 1)}
    for rank, x in images.items():
        conv_lstm = getattr(layers, f"ConvLSTM{rank}D")
        yield f"conv_lstm{rank}d", conv_lstm(1, 2, **both("kernel", "recurrent", "bias")), [x]


def _initializers():
    draws = Draws("arguments initializers")
    x, sequence = draws.normal(3, 4), draws.normal(2, 3, 2)

    def dense(kernel, bias="zeros", units=3):
        return layers.Dense(units, kernel_initializer=kernel, bias_initializer=bias)

    yield "identity", dense(initializers.Identity(), units=4), [x]
    for name, units, gain in (("square", 4, -1.5), ("oblong", 3, 0.5), ("tall", 6, 2.0)):
        layer = dense(initializers.Identity(gain), "ones", units)
        yield f"identity_gain_{name}", layer, [x], {"kernel_initializer": {"gain": gain}}
    yield "zeros_ones", dense("zeros", "ones"), [x]
    yield "constant", dense(initializers.Constant(0.3), initializers.Constant(-2)), [x]
    recurrent = layers.SimpleRNN(
        3, kernel_initializer="ones", recurrent_initializer=initializers.Identity(0.9)
    )
    forgotten = {"recurrent_initializer": {"gain": 0.9}}
    yield "recurrent_identity", recurrent, [sequence], forgotten
    for unit in (True, False):
        lstm = layers.LSTM(
            2, kernel_initializer="ones", recurrent_initializer="zeros", unit_forget_bias=unit
        )
        yield f"unit_forget_bias_{unit}", lstm, [sequence]


def _regularizers():
    draws = Draws("arguments regularizers")
    x = draws.normal(2, 4)
    for mode in ("rows", "columns"):
        for units in (3, 5):
            penalty = regularizers.OrthogonalRegularizer(factor=0.04, mode=mode)
            layer = layers.Dense(units, kernel_regularizer=penalty)
            yield f"orthogonal_{mode}_{units}", layer, [x]
    default = layers.Dense(2, kernel_regularizer=regularizers.OrthogonalRegularizer())
    yield "orthogonal_default", default, [x]


def _cells():
    draws = Draws("arguments cells")
    x = draws.normal(2, 3, 3)
    rates = {"dropout": 0.3, "recurrent_dropout": 0.4}
    gates = {"activation": "relu", "recurrent_activation": "tanh"}
    make = {
        "simple_rnn_activation": layers.SimpleRNNCell(2, activation="relu"),
        "simple_rnn_dropout": layers.SimpleRNNCell(2, **rates, seed=1),
        "gru_activations": layers.GRUCell(2, **gates),
        "gru_reset_before": layers.GRUCell(2, reset_after=False),
        "gru_reset_before_activations": layers.GRUCell(2, reset_after=False, **gates),
        "gru_dropout": layers.GRUCell(2, **rates, seed=1),
        "lstm_activations": layers.LSTMCell(2, **gates),
        "lstm_no_forget_bias": layers.LSTMCell(2, unit_forget_bias=False),
        "lstm_dropout": layers.LSTMCell(2, **rates, seed=1),
    }
    for name, cell in make.items():
        yield f"cell_{name}", layers.RNN(cell, return_sequences=True), [x]


def _conv_lstm():
    draws = Draws("arguments conv lstm")
    x2, x3 = draws.normal(1, 3, 4, 3, 2), draws.normal(1, 2, 3, 2, 3, 1)
    two, three = layers.ConvLSTM2D, layers.ConvLSTM3D
    gates = {"activation": "relu", "recurrent_activation": "tanh"}
    rates = {"dropout": 0.3, "recurrent_dropout": 0.2, "seed": 4}
    for make, x in ((two, x2), (three, x3)):
        name = "conv_lstm2d" if make is two else "conv_lstm3d"
        yield f"{name}_dilation", make(1, 2, dilation_rate=2, padding="same"), [x]
        yield f"{name}_activations", make(1, 2, go_backwards=True, **gates), [x]
        yield f"{name}_no_bias", make(1, 2, use_bias=False, return_state=True), [x]
        no_forget = make(1, 2, unit_forget_bias=False, **rates)
        yield f"{name}_no_forget_bias_dropout", no_forget, [x]
        all_steps = make(1, 2, strides=2, padding="same", return_sequences=True, return_state=True)
        yield f"{name}_strides_sequences", all_steps, [x]
        first = make(2, 2, data_format="channels_first", return_state=True)
        yield f"{name}_channels_first", first, [np.moveaxis(x, -1, 2).copy()]


def _flips():
    """Images of one column or one row: a flip is no change, whatever is drawn."""
    draws = Draws("arguments flips")
    for mode, shape in (("horizontal", (6, 3, 4, 1)), ("vertical", (6, 3, 1, 4))):
        layer = layers.RandomFlip(mode, data_format="channels_first", seed=2)
        yield f"random_flip_{mode}_channels_first", layer, [draws.normal(*shape)]


def _stateful():
    """The third of three calls that go on with one sequence each."""
    draws = Draws("arguments stateful")
    sequences, stack = (2, 3, 3), [layers.LSTMCell(2), layers.GRUCell(3)]
    for name, layer, shape in (
        ("simple_rnn", layers.SimpleRNN(2, **STATEFUL), sequences),
        ("gru", layers.GRU(2, **STATEFUL), sequences),
        ("lstm", layers.LSTM(2, **STATEFUL), sequences),
        ("lstm_backwards", layers.LSTM(2, go_backwards=True, **STATEFUL), sequences),
        ("rnn", layers.RNN(stack, stateful=True), sequences),
        ("conv_lstm1d", layers.ConvLSTM1D(1, 2, **STATEFUL), (2, 2, 4, 1)),
        ("conv_lstm2d", layers.ConvLSTM2D(1, 2, **STATEFUL), (1, 2, 3, 3, 1)),
        ("conv_lstm3d", layers.ConvLSTM3D(1, 2, **STATEFUL), (1, 2, 2, 3, 2, 1)),
    ):
        layer.build(shape)
        first, second, last = (draws.normal(*shape) for _ in range(3))
        yield name, layer, [last], [[first], [second]]


def _losses():
    draws = Draws("arguments losses")
    y, p = draws.bits(2, 4, 3), draws.uniform(2, 4, 3, low=0.02, high=0.98)
    logits = draws.normal(2, 4, 3)
    for axis, weight in ((1, draws.uniform(2, 3)), (-2, draws.uniform(2, 1))):
        make = losses.BinaryCrossentropy
        yield f"bce_axis{axis}", make(axis=axis), y, p, weight
        smooth = make(axis=axis, from_logits=True, label_smoothing=0.1)
        yield f"bce_logits_axis{axis}", smooth, y, logits, weight


def _classes_along(draws, classes, shape, axis):
    """Labels of `shape`, and probabilities whose classes stand at `axis`."""
    labels = draws.integers(classes, *shape)
    return labels, np.moveaxis(draws.probabilities(*shape, classes), -1, axis)


def _sparse_losses():
    """Keras on JAX takes no other sizes: those of the labels are those before the last axis."""
    draws = Draws("arguments sparse losses")
    make = losses.SparseCategoricalCrossentropy
    weight = draws.uniform(2, 3)
    labels, p = _classes_along(draws, 3, (2, 3), 1)
    logits = draws.normal(2, 3, 3)
    first, second = {"axis": 1}, {"axis": -2}
    yield "sparse_axis1", make(axis=1), labels, p, weight, first
    yield "sparse_logits_axis1", make(axis=1, from_logits=True), labels, logits, weight, first
    yield "sparse_axis_minus2_ignored", make(axis=-2, ignore_class=1), labels, p, weight, second


def _metrics():
    draws = Draws("arguments metrics")

    # Keras takes its mean over this axis too: the classes can only come first.
    first = [(draws.one_hot(3, n).T, draws.normal(3, n)) for n in SIZES]
    labelled = [(truth.argmax(0).astype("int32"), scores) for truth, scores in first]
    yield "iou_axis0", metrics.IoU(3, [0, 2], sparse_y_pred=False, axis=0), labelled
    yield "mean_iou_axis0", metrics.MeanIoU(3, sparse_y_pred=False, axis=0), labelled
    yield "one_hot_iou_axis0", metrics.OneHotIoU(3, [1, 2], axis=0), first
    yield "one_hot_mean_iou_axis0", metrics.OneHotMeanIoU(3, axis=0), first
    hot = [(draws.one_hot(4, n, 2), draws.probabilities(n, 2, 4)) for n in SIZES]
    swapped = [tuple(np.moveaxis(array, -1, 1) for array in batch) for batch in hot]
    yield "categorical_crossentropy_axis1", metrics.CategoricalCrossentropy(axis=1), swapped
    make = metrics.SparseCategoricalCrossentropy
    square = [_classes_along(draws, 3, (n, 3), 1) for n in SIZES]
    yield "sparse_categorical_crossentropy_axis1", make(axis=1), square
    rows = [_classes_along(draws, 4, (n, 2), -1) for n in SIZES]
    yield "sparse_categorical_crossentropy_ignored", make(ignore_class=2), rows
    weighted = [(*batch, draws.uniform(len(batch[0]), 2)) for batch in rows]
    yield "sparse_categorical_crossentropy_ignored_weights", make(ignore_class=2), weighted


def _optimizers():
    make = optimizers.AdamW
    yield "adamw_betas", make(0.05, weight_decay=0.1, beta_1=0.8, beta_2=0.95)
    yield "adamw_epsilon", make(0.05, epsilon=1e-2)


def _activations():
    draws = Draws("arguments activations")
    rows, cot = draws.normal(4, 3, 2, scale=2), draws.normal(4, 3, 2)
    for name, arguments in (
        ("celu", {"alpha": 0.4}),
        ("elu", {"alpha": 0.4}),
        ("gelu", {"approximate": True}),
        ("glu", {"axis": 0}),
        ("hard_shrink", {"threshold": 1.2}),
        ("leaky_relu", {"negative_slope": 0.35}),
        ("log_softmax", {"axis": 1}),
        ("relu", {"negative_slope": 0.3}),
        ("relu", {"max_value": 1.1}),
        ("relu", {"threshold": 0.6}),
        ("relu", {"negative_slope": 0.2, "max_value": 1.5, "threshold": 0.4}),
        ("soft_shrink", {"threshold": 1.2}),
        ("softmax", {"axis": 1}),
        ("sparsemax", {"axis": 1}),
        ("squareplus", {"b": 1.5}),
        ("threshold", {"threshold": 0.7, "default_value": -1.5}),
    ):
        kept = cot[: len(rows) // 2] if name == "glu" else cot
        yield name, rows, kept, arguments


def make():
    cases = []
    for group in (_weights, _initializers):
        for name, *rest in group():
            cases.append(_weights_case(f"{group.__name__[1:]}_{name}", *rest))
    for group in (_regularizers, _cells, _conv_lstm):
        for name, layer, inputs in group():
            cases.append(layer_case(name, layer, inputs))
    cases += [layer_case(*arguments, training=True) for arguments in _flips()]
    for name, layer, inputs, earlier in _stateful():
        cases.append(layer_case(f"stateful_{name}", layer, inputs, earlier=earlier))
    for group in (_losses, _sparse_losses):
        cases += [loss_cases.make_case(*arguments) for arguments in group()]
    cases += [make_case(f"metric_{name}", *rest) for name, *rest in _metrics()]
    keras.utils.clear_session()
    draws = Draws("arguments optimizers")
    init, steps = [draws.normal(3, 2)], [[draws.normal(3, 2)] for _ in range(4)]
    cases += [optimizer_cases.make_case(*each, init, steps) for each in _optimizers()]
    return cases + [activation_cases.make_case(*arguments) for arguments in _activations()]
