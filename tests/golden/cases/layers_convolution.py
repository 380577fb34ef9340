"""layers_convolution.json: convolutions with each option, hostile sizes and both data formats."""

import keras
from keras import layers, regularizers

from .encoding import Draws
from .layer_case import layer_case

SIZES = {1: (7,), 2: (5, 6), 3: (4, 3, 5)}
CLASSES = {1: layers.Conv1D, 2: layers.Conv2D, 3: layers.Conv3D}


def _input(draws, rank, channels=2, batch=2, sizes=None, first=False):
    spatial = sizes or SIZES[rank]
    shape = (batch, channels, *spatial) if first else (batch, *spatial, channels)
    return draws.normal(*shape)


def _plain(rank):
    """What all ranks share."""
    draws = Draws(f"conv{rank}d")
    conv = CLASSES[rank]
    x = _input(draws, rank)
    name = f"conv{rank}d"
    yield f"{name}_default", conv(3, 2), [x]
    yield f"{name}_one_by_one", conv(3, 1), [x]
    yield f"{name}_as_large_as_input", conv(2, SIZES[rank]), [x]
    yield f"{name}_same", conv(2, 3, padding="same"), [x]
    yield f"{name}_same_even_kernel", conv(2, 2, padding="same"), [x]
    yield f"{name}_same_larger_than_input", conv(2, max(SIZES[rank]) + 2, padding="same"), [x]
    yield f"{name}_strides", conv(2, 2, strides=2), [x]
    yield f"{name}_strides_do_not_divide", conv(2, 3, strides=3, padding="same"), [x]
    yield f"{name}_strides_above_kernel", conv(2, 1, strides=2, padding="same"), [x]
    yield f"{name}_dilation", conv(2, 2, dilation_rate=2), [x]
    yield f"{name}_dilation_same", conv(2, 2, dilation_rate=2, padding="same"), [x]
    yield f"{name}_no_bias", conv(2, 2, use_bias=False), [x]
    yield f"{name}_relu", conv(3, 2, activation="relu"), [x]
    yield f"{name}_tanh", conv(3, 2, activation="tanh"), [x]
    yield f"{name}_batch_of_one", conv(2, 2), [_input(draws, rank, batch=1)]
    yield f"{name}_one_channel", conv(2, 2), [_input(draws, rank, channels=1)]
    yield f"{name}_one_filter", conv(1, 2, padding="same"), [x]
    small = {1: (3,), 2: (3, 2), 3: (2, 2, 2)}[rank]
    wide = _input(draws, rank, channels=17, batch=1, sizes=small)
    yield f"{name}_17_channels", conv(3, 2), [wide]
    yield f"{name}_17_filters", conv(17, 2), [_input(draws, rank, sizes=small)]
    four = _input(draws, rank, channels=4, sizes=small)
    yield f"{name}_groups", conv(6, 2, groups=2), [four]
    yield f"{name}_groups_each_channel", conv(4, 2, groups=4, padding="same"), [four]
    yield f"{name}_groups_two_filters_each", conv(8, 2, groups=4, strides=2), [four]
    yield f"{name}_groups_dilation", conv(2, 2, groups=2, dilation_rate=2, padding="same"), [four]
    yield (
        f"{name}_regularizers",
        conv(
            2,
            2,
            kernel_regularizer=regularizers.L2(0.02),
            bias_regularizer=regularizers.L1(0.03),
            activity_regularizer=regularizers.L2(0.01),
        ),
        [x],
    )
    yield f"{name}_frozen", conv(2, 2, trainable=False), [x]


def _first(rank):
    draws = Draws(f"conv{rank}d first")
    conv = CLASSES[rank]
    x = _input(draws, rank, channels=4, first=True, sizes={1: (5,), 2: (3, 4), 3: (2, 3, 2)}[rank])
    name = f"conv{rank}d_channels_first"
    kind = {"data_format": "channels_first"}
    yield f"{name}", conv(3, 2, **kind), [x]
    yield f"{name}_same_strides", conv(3, 2, strides=2, padding="same", **kind), [x]
    yield f"{name}_dilation", conv(3, 2, dilation_rate=2, padding="same", **kind), [x]
    yield f"{name}_softmax", conv(3, 2, activation="softmax", **kind), [x]


def _own():
    draws = Draws("conv own")
    x1, x2, x3 = (_input(draws, rank) for rank in (1, 2, 3))
    yield "conv1d_causal", layers.Conv1D(3, 3, padding="causal"), [x1]
    yield "conv1d_causal_dilation", layers.Conv1D(2, 3, padding="causal", dilation_rate=2), [x1]
    yield "conv1d_causal_strides", layers.Conv1D(2, 2, padding="causal", strides=3), [x1]
    yield "conv1d_causal_longer_than_input", layers.Conv1D(2, 9, padding="causal"), [x1]
    yield "conv1d_tuple_of_one", layers.Conv1D(2, (3,), strides=(2,)), [x1]
    ecg = draws.normal(2, 47, 1)
    yield "conv1d_long_strides", layers.Conv1D(3, 20, strides=10, activation="relu"), [ecg]
    yield "conv1d_one_step", layers.Conv1D(2, 1), [_input(draws, 1, sizes=(1,))]
    yield "conv2d_oblong_kernel", layers.Conv2D(2, (1, 4)), [x2]
    yield "conv2d_oblong_strides", layers.Conv2D(2, 2, strides=(1, 3)), [x2]
    yield "conv2d_oblong_dilation", layers.Conv2D(2, 2, dilation_rate=(3, 1)), [x2]
    yield (
        "conv2d_all_oblong",
        layers.Conv2D(2, (3, 2), strides=(2, 3), padding="same", activation="sigmoid"),
        [x2],
    )
    yield "conv2d_softmax", layers.Conv2D(3, 2, activation="softmax"), [x2]
    yield "conv2d_row", layers.Conv2D(2, (1, 3)), [_input(draws, 2, sizes=(1, 7))]
    yield "conv2d_column", layers.Conv2D(2, (3, 1)), [_input(draws, 2, sizes=(7, 1))]
    yield "conv2d_one_pixel_same", layers.Conv2D(2, 3, padding="same"), [
        _input(draws, 2, sizes=(1, 1))
    ]
    yield "conv3d_oblong", layers.Conv3D(2, (1, 2, 3), strides=(2, 1, 1), padding="same"), [x3]
    yield "conv3d_oblong_dilation", layers.Conv3D(2, (2, 1, 2), dilation_rate=(1, 1, 3)), [x3]


def _transpose(rank):
    draws = Draws(f"conv{rank}d transpose")
    classes = {1: layers.Conv1DTranspose, 2: layers.Conv2DTranspose, 3: layers.Conv3DTranspose}
    conv = classes[rank]
    sizes = {1: (5,), 2: (3, 4), 3: (2, 3, 2)}[rank]
    x = _input(draws, rank, sizes=sizes)
    name = f"conv{rank}d_transpose"
    yield f"{name}_default", conv(3, 3), [x]
    yield f"{name}_one_by_one", conv(3, 1), [x]
    yield f"{name}_same", conv(2, 3, padding="same"), [x]
    yield f"{name}_strides", conv(2, 3, strides=2), [x]
    yield f"{name}_strides_above_kernel", conv(2, 2, strides=3), [x]
    yield f"{name}_strides_above_kernel_same", conv(2, 1, strides=2, padding="same"), [x]
    yield f"{name}_strides_same", conv(2, 3, strides=2, padding="same", activation="relu"), [x]
    yield f"{name}_even_kernel_same", conv(2, 4, strides=2, padding="same"), [x]
    yield f"{name}_strides_3_same", conv(1, 2, strides=3, padding="same"), [x]
    yield f"{name}_output_padding", conv(2, 3, strides=2, output_padding=1), [x]
    yield f"{name}_output_padding_0", conv(2, 3, strides=3, output_padding=0), [x]
    yield (
        f"{name}_output_padding_same",
        conv(2, 2, strides=3, output_padding=2, padding="same"),
        [x],
    )
    yield (
        f"{name}_output_padding_same_odd",
        conv(2, 3, strides=2, output_padding=1, padding="same"),
        [x],
    )
    yield f"{name}_dilation", conv(2, 2, dilation_rate=2), [x]
    yield f"{name}_dilation_same", conv(2, 3, dilation_rate=2, padding="same"), [x]
    yield f"{name}_no_bias_one_of_each", conv(1, 2, use_bias=False), [
        _input(draws, rank, batch=1, channels=1, sizes=sizes)
    ]
    first = _input(draws, rank, sizes=sizes, first=True)
    yield f"{name}_channels_first", conv(3, 2, strides=2, data_format="channels_first"), [first]
    if rank == 2:
        yield f"{name}_oblong", conv(2, (3, 2), strides=(1, 3), output_padding=(0, 2)), [x]
        yield (
            f"{name}_regularized",
            conv(2, 2, kernel_regularizer="l2", bias_regularizer="l1", activity_regularizer="l2"),
            [x],
        )
        wide = _input(draws, rank, channels=17, batch=1, sizes=(2, 2))
        yield f"{name}_17_channels", conv(3, 2, strides=2), [wide]


def _depthwise(rank):
    draws = Draws(f"depthwise_conv{rank}d")
    conv = {1: layers.DepthwiseConv1D, 2: layers.DepthwiseConv2D}[rank]
    x = _input(draws, rank, channels=3)
    name = f"depthwise_conv{rank}d"
    yield f"{name}_default", conv(2), [x]
    yield f"{name}_multiplier", conv(2, depth_multiplier=3), [x]
    yield f"{name}_multiplier_same_strides", conv(
        3, strides=2, padding="same", depth_multiplier=2, activation="tanh"
    ), [x]
    yield f"{name}_same", conv(3, padding="same"), [x]
    yield f"{name}_strides", conv(2, strides=3), [x]
    yield f"{name}_dilation", conv(2, dilation_rate=2), [x]
    yield f"{name}_strides_and_dilation", conv(2, strides=2, dilation_rate=2), [x]
    yield f"{name}_no_bias", conv(2, use_bias=False), [x]
    yield f"{name}_one_channel", conv(2, depth_multiplier=2), [_input(draws, rank, channels=1)]
    small = {1: (4,), 2: (2, 3)}[rank]
    yield f"{name}_17_channels", conv(2), [_input(draws, rank, channels=17, batch=1, sizes=small)]
    yield (
        f"{name}_regularized",
        conv(2, depthwise_regularizer="l2", bias_regularizer="l1", activity_regularizer="l2"),
        [x],
    )
    first = _input(draws, rank, channels=3, first=True)
    yield f"{name}_channels_first", conv(
        2, depth_multiplier=2, padding="same", data_format="channels_first"
    ), [first]


def _separable(rank):
    draws = Draws(f"separable_conv{rank}d")
    conv = {1: layers.SeparableConv1D, 2: layers.SeparableConv2D}[rank]
    x = _input(draws, rank, channels=3)
    name = f"separable_conv{rank}d"
    yield f"{name}_default", conv(4, 2), [x]
    yield f"{name}_multiplier", conv(2, 2, depth_multiplier=3), [x]
    yield f"{name}_same_strides", conv(2, 3, strides=2, padding="same", activation="relu"), [x]
    yield f"{name}_dilation", conv(2, 2, dilation_rate=2), [x]
    yield f"{name}_strides", conv(2, 2, strides=3), [x]
    yield f"{name}_no_bias", conv(1, 2, use_bias=False), [x]
    yield f"{name}_one_channel", conv(3, 2), [_input(draws, rank, channels=1, batch=1)]
    yield f"{name}_17_filters", conv(17, 2), [x]
    yield (
        f"{name}_regularized",
        conv(
            2,
            2,
            depthwise_regularizer="l2",
            pointwise_regularizer="l1",
            bias_regularizer="l1",
            activity_regularizer="l2",
        ),
        [x],
    )
    first = _input(draws, rank, channels=3, first=True)
    yield f"{name}_channels_first", conv(
        2, 2, depth_multiplier=2, padding="same", data_format="channels_first"
    ), [first]


def make():
    sections = [
        *(_plain(rank) for rank in (1, 2, 3)),
        *(_first(rank) for rank in (1, 2, 3)),
        _own(),
        *(_transpose(rank) for rank in (1, 2, 3)),
        *(_depthwise(rank) for rank in (1, 2)),
        *(_separable(rank) for rank in (1, 2)),
    ]
    cases = []
    for section in sections:
        for name, layer, inputs in section:
            cases.append(layer_case(name, layer, inputs))
            keras.backend.clear_session()
    return cases
