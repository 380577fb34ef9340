"""layers.json: each layer called once, with its gradients and regularization terms."""

import keras
import numpy as np
from keras import layers, regularizers

from .encoding import Draws
from .layer_case import layer_case

# Those that most models have: activations.json has all.
ACTIVATIONS = (
    "linear sigmoid tanh relu leaky_relu elu selu silu swish softmax log_softmax softplus gelu "
    "exponential"
).split()


def _dense():
    draws = Draws("dense")
    for name in ACTIVATIONS:
        yield f"dense_{name}", layers.Dense(3, activation=name), [draws.normal(4, 5)]
    x2, x3, x4 = draws.normal(4, 5), draws.normal(2, 3, 4), draws.normal(2, 2, 2, 3)
    yield "dense_no_bias", layers.Dense(4, use_bias=False), [x2]
    yield "dense_one_unit", layers.Dense(1), [x2]
    yield "dense_one_feature", layers.Dense(3, activation="relu"), [draws.normal(5, 1)]
    yield "dense_batch_of_one", layers.Dense(6, activation="tanh"), [draws.normal(1, 4)]
    yield "dense_wide", layers.Dense(17, activation="relu"), [draws.normal(3, 33)]
    yield "dense_rank3", layers.Dense(5), [x3]
    yield "dense_rank3_softmax", layers.Dense(3, activation="softmax"), [x3]
    yield "dense_rank3_no_bias", layers.Dense(2, use_bias=False, activation="gelu"), [x3]
    yield "dense_rank4", layers.Dense(2, activation="sigmoid"), [x4]
    yield "dense_frozen", layers.Dense(3, trainable=False), [x2]
    l1, l2 = regularizers.L1(0.03), regularizers.L2(0.02)
    both = regularizers.L1L2(l1=0.01, l2=0.05)
    yield "dense_kernel_l1", layers.Dense(3, kernel_regularizer=l1), [x2]
    yield "dense_kernel_l2", layers.Dense(3, kernel_regularizer=l2), [x2]
    yield "dense_kernel_l1l2", layers.Dense(3, kernel_regularizer=both), [x2]
    yield "dense_bias_l2", layers.Dense(3, bias_regularizer=l2), [x2]
    yield "dense_activity_l1", layers.Dense(3, activity_regularizer=l1), [x2]
    yield "dense_activity_l2_relu", layers.Dense(3, "relu", activity_regularizer=l2), [x2]
    yield "dense_activity_rank3", layers.Dense(3, activity_regularizer=both), [x3]
    yield (
        "dense_all_regularizers",
        layers.Dense(
            3, "tanh", kernel_regularizer=l2, bias_regularizer=l1, activity_regularizer=both
        ),
        [x2],
    )
    yield "dense_string_regularizer", layers.Dense(2, kernel_regularizer="l2"), [x2]


def _shapes():
    draws = Draws("shapes")
    x2, x3, x4 = draws.normal(3, 4), draws.normal(2, 3, 4), draws.normal(2, 3, 2, 2)
    yield "flatten_rank1", layers.Flatten(), [draws.normal(4)]
    yield "flatten_rank2", layers.Flatten(), [x2]
    yield "flatten_rank3", layers.Flatten(), [x3]
    yield "flatten_rank4", layers.Flatten(), [x4]
    yield "flatten_channels_first", layers.Flatten(data_format="channels_first"), [x4]
    yield "reshape_fixed", layers.Reshape((2, 6)), [x3]
    yield "reshape_unknown_first", layers.Reshape((-1, 2)), [x3]
    yield "reshape_unknown_last", layers.Reshape((3, -1)), [x3]
    yield "reshape_flat", layers.Reshape((-1,)), [x4]
    yield "reshape_up", layers.Reshape((2, 2, 1)), [x2]
    yield "concatenate_last", layers.Concatenate(), [x2, draws.normal(3, 2)]
    yield "concatenate_three", layers.Concatenate(), [x2, draws.normal(3, 1), draws.normal(3, 3)]
    yield "concatenate_axis1", layers.Concatenate(axis=1), [x3, draws.normal(2, 1, 4)]
    yield "concatenate_axis_minus2", layers.Concatenate(axis=-2), [x3, draws.normal(2, 2, 4)]
    yield "add_two", layers.Add(), [x2, draws.normal(3, 4)]
    yield "add_three", layers.Add(), [x3, draws.normal(2, 3, 4), draws.normal(2, 3, 4)]
    yield "add_broadcast_last", layers.Add(), [x3, draws.normal(2, 3, 1)]
    yield "add_broadcast_middle", layers.Add(), [draws.normal(2, 1, 4), x3]


def _pointwise():
    draws = Draws("pointwise")
    x2, x3 = draws.normal(4, 5, scale=2), draws.normal(2, 3, 4, scale=2)
    zeros = np.array([[0.0, -0.0, 1e-30, -1e-30, 100.0, -100.0]], dtype="float32")
    for name in ACTIVATIONS:
        yield f"activation_{name}", layers.Activation(name), [x3]
    yield "dropout_inference", layers.Dropout(0.5), [x2]
    yield "dropout_rate_one_inference", layers.Dropout(0.9, noise_shape=(None, 1), seed=3), [x2]
    yield "relu", layers.ReLU(), [x2]
    yield "relu_zeros", layers.ReLU(), [zeros]
    yield "relu_max_value", layers.ReLU(max_value=1.5), [x2]
    yield "relu_six", layers.ReLU(max_value=6.0), [draws.normal(4, 5, scale=8)]
    yield "relu_negative_slope", layers.ReLU(negative_slope=0.25), [x2]
    yield "relu_threshold", layers.ReLU(threshold=0.7), [x2]
    yield "relu_slope_threshold", layers.ReLU(negative_slope=0.1, threshold=0.5), [x2]
    yield (
        "relu_all",
        layers.ReLU(max_value=2.0, negative_slope=0.3, threshold=0.4),
        [draws.normal(5, 6, scale=2)],
    )
    yield "leaky_relu", layers.LeakyReLU(), [x3]
    yield "leaky_relu_slope", layers.LeakyReLU(negative_slope=0.05), [x2]
    yield "leaky_relu_zeros", layers.LeakyReLU(), [zeros]
    yield "elu", layers.ELU(), [x3]
    yield "elu_alpha", layers.ELU(alpha=0.3), [x2]
    yield "elu_zeros", layers.ELU(), [zeros]
    yield "softmax", layers.Softmax(), [x2]
    yield "softmax_axis1", layers.Softmax(axis=1), [x3]
    yield "softmax_two_axes", layers.Softmax(axis=(1, 2)), [x3]
    yield "softmax_hostile", layers.Softmax(), [zeros]


def _scaling():
    draws = Draws("scaling")
    x2, x3, x4 = draws.normal(4, 3), draws.normal(2, 4, 3), draws.normal(2, 2, 2, 3)
    images = draws.integers(256, 2, 3, 3, 1, dtype="uint8")
    yield "rescaling", layers.Rescaling(0.5), [x2]
    yield "rescaling_offset", layers.Rescaling(2.0, offset=-1.5), [x3]
    yield "rescaling_uint8", layers.Rescaling(1.0 / 255), [images]
    yield "rescaling_list", layers.Rescaling([0.5, 2.0, -1.0], offset=[1.0, 0.0, -3.0]), [x4]
    yield "rescaling_list_scalar_offset", layers.Rescaling([0.1, 10.0, 1.0], offset=0.25), [x2]

    mean, variance = [0.5, -1.0, 2.0], [4.0, 0.25, 1.5]
    given = dict(mean=mean, variance=variance)
    yield "normalization_given", layers.Normalization(**given), [x2]
    yield "normalization_given_rank3", layers.Normalization(**given), [x3]
    yield "normalization_invert", layers.Normalization(**given, invert=True), [x2]
    yield "normalization_scalar", layers.Normalization(axis=None, mean=3.0, variance=2.0), [x3]
    yield (
        "normalization_scalar_invert",
        layers.Normalization(axis=None, mean=3.0, variance=2.0, invert=True),
        [x2],
    )
    yield (
        "normalization_axis1",
        layers.Normalization(axis=1, mean=[0.0, 1.0, 2.0, 3.0], variance=[1.0, 2.0, 3.0, 4.0]),
        [x3],
    )
    yield (
        "normalization_two_axes",
        layers.Normalization(
            axis=(1, 2), mean=draws.normal(2, 2), variance=draws.uniform(2, 2, low=0.5, high=2)
        ),
        [draws.normal(3, 2, 2)],
    )
    yield "normalization_zero_variance", layers.Normalization(mean=[1.0], variance=[0.0]), [
        np.array([[1.0], [1.00000012]], dtype="float32")
    ]
    yield "normalization_integers", layers.Normalization(**given), [draws.integers(9, 4, 3)]


def _adapted():
    """Normalization that found mean and variance itself: three weights that do not train."""
    draws = Draws("adapted")
    for name, axis, invert, shape in [
        ("normalization_adapted", -1, False, (6, 3)),
        ("normalization_adapted_invert", -1, True, (6, 3)),
        ("normalization_adapted_rank3", -1, False, (4, 2, 3)),
        ("normalization_adapted_scalar", None, False, (5, 2)),
    ]:
        layer = layers.Normalization(axis=axis, invert=invert)
        data = draws.normal(*shape, scale=3) + np.float32(2)
        layer.adapt(data)
        yield name, layer, [draws.normal(3, *shape[1:])]


def make():
    cases = []
    for group in (_dense, _shapes, _pointwise, _scaling, _adapted):
        keras.utils.clear_session()
        for name, layer, inputs in group():
            as_list = name.startswith(("add_", "concatenate_"))
            cases.append(layer_case(name, layer, inputs, as_list=as_list))
    draws = Draws("training")
    x = draws.normal(3, 4)
    cases.append(layer_case("dropout_rate_zero_training", layers.Dropout(0.0), [x], training=True))
    cases.append(layer_case("dense_training", layers.Dense(2, "elu"), [x], training=True))
    cases.append(layer_case("relu_training", layers.ReLU(), [x], training=True))
    return cases
