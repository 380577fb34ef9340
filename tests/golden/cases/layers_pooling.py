"""layers_pooling.json: pooling with each option, hostile sizes, ties, and both data formats."""

import keras
import numpy as np
from keras import layers

from .encoding import Draws
from .layer_case import layer_case

SIZES = {1: (7,), 2: (5, 6), 3: (4, 3, 5)}
CLASSES = {
    ("max", 1): layers.MaxPooling1D,
    ("max", 2): layers.MaxPooling2D,
    ("max", 3): layers.MaxPooling3D,
    ("average", 1): layers.AveragePooling1D,
    ("average", 2): layers.AveragePooling2D,
    ("average", 3): layers.AveragePooling3D,
}


def _windows(kind, rank):
    draws = Draws(f"{kind} pool {rank}")
    pool = CLASSES[kind, rank]
    name = f"{kind}_pooling{rank}d"
    sizes = SIZES[rank]
    x = draws.normal(2, *sizes, 2)
    yield f"{name}_2", pool(2), [x]
    yield f"{name}_3_same", pool(3, padding="same"), [x]
    yield f"{name}_overlapping", pool(3, strides=1), [x]
    yield f"{name}_overlapping_same", pool(3, strides=2, padding="same"), [x]
    yield f"{name}_gaps", pool(1, strides=2), [x]
    yield f"{name}_as_large_as_input", pool(sizes), [x]
    yield f"{name}_larger_than_input_same", pool(max(sizes) + 2, padding="same"), [x]
    yield f"{name}_batch_of_one", pool(2), [draws.normal(1, *sizes, 1)]
    yield f"{name}_17_channels", pool(2), [draws.normal(1, *([2] * rank), 17)]
    first = draws.normal(2, 3, *sizes)
    yield f"{name}_channels_first", pool(2, padding="same", data_format="channels_first"), [first]


def _own():
    draws = Draws("pool own")
    x1, x2, x3 = (draws.normal(2, *SIZES[rank], 2) for rank in (1, 2, 3))
    yield "max_pooling1d_default", layers.MaxPooling1D(), [x1]
    yield "max_pooling2d_default", layers.MaxPooling2D(), [x2]
    yield "max_pooling3d_default", layers.MaxPooling3D(), [x3]
    ties = np.round(draws.normal(2, 6, 6, 2))
    yield "max_pooling2d_ties", layers.MaxPooling2D(3, strides=2), [ties]
    yield "max_pooling2d_all_equal", layers.MaxPooling2D(2, strides=1), [np.ones((1, 3, 3, 1), "f4")]
    yield "max_pooling2d_negative_same", layers.MaxPooling2D(3, padding="same"), [-np.abs(x2) - 3]
    extremes = np.array([[-1e30, -100, -1e-30, 0.0, 1e-30, 1e30]], "float32")[..., None]
    yield "max_pooling1d_extremes", layers.MaxPooling1D(2, strides=1), [extremes]
    yield "average_pooling1d_extremes", layers.AveragePooling1D(2), [extremes]
    for kind in ("max", "average"):
        pool = CLASSES[kind, 2]
        yield f"{kind}_pooling2d_oblong", pool((3, 2), strides=(1, 3)), [x2]
        yield f"{kind}_pooling2d_oblong_same", pool((2, 4), strides=(3, 1), padding="same"), [x2]
        yield f"{kind}_pooling2d_regularized", pool(2, activity_regularizer="l2"), [x2]
        yield f"{kind}_pooling3d_oblong", CLASSES[kind, 3]((1, 3, 2), strides=(2, 1, 2)), [x3]


def _global():
    draws = Draws("global pool")
    for rank in (1, 2, 3):
        for kind in ("Max", "Average"):
            pool = getattr(layers, f"Global{kind}Pooling{rank}D")
            name = f"global_{kind.lower()}_pooling{rank}d"
            x = draws.normal(2, *SIZES[rank], 3)
            first = draws.normal(2, 3, *SIZES[rank])
            yield f"{name}", pool(), [x]
            yield f"{name}_keepdims", pool(keepdims=True), [x]
            yield f"{name}_channels_first", pool(data_format="channels_first"), [first]
            yield f"{name}_channels_first_keepdims", pool(
                data_format="channels_first", keepdims=True
            ), [first]
            yield f"{name}_one_of_each", pool(), [draws.normal(1, *([1] * rank), 1)]
    yield "global_max_pooling1d_ties", layers.GlobalMaxPooling1D(), [
        np.round(draws.normal(3, 6, 2))
    ]
    yield "global_average_pooling2d_17_channels", layers.GlobalAveragePooling2D(
        activity_regularizer="l2"
    ), [draws.normal(1, 3, 2, 17)]


def _masked():
    draws = Draws("masked pool")
    mask = np.array([[True, True, False, True, False], [False, True, False, False, False]])
    pool = layers.GlobalAveragePooling1D
    yield "global_average_pooling1d_mask", pool(), [draws.normal(2, 5, 3)], mask
    yield "global_average_pooling1d_mask_keepdims", pool(keepdims=True), [
        draws.normal(2, 5, 3)
    ], mask
    yield "global_average_pooling1d_mask_channels_first", pool(data_format="channels_first"), [
        draws.normal(2, 3, 5)
    ], mask
    yield "global_average_pooling1d_mask_channels_first_keepdims", pool(
        data_format="channels_first", keepdims=True
    ), [draws.normal(2, 3, 5)], mask


# Sizes for which Keras' own windows are right: it finds their ends by float32 division, which rounds
# 3 * 7 / 7 up.
def _adaptive():
    draws = Draws("adaptive pool")
    for rank in (1, 2, 3):
        for kind in ("Max", "Average"):
            pool = getattr(layers, f"Adaptive{kind}Pooling{rank}D")
            name = f"adaptive_{kind.lower()}_pooling{rank}d"
            x = draws.normal(2, *SIZES[rank], 2)
            yield f"{name}_1", pool(1), [x]
            yield f"{name}_2", pool(2), [x]
            yield f"{name}_3", pool(3), [x]
            yield f"{name}_channels_first", pool(2, data_format="channels_first"), [
                draws.normal(1, 2, *SIZES[rank])
            ]
    yield "adaptive_max_pooling2d_oblong", layers.AdaptiveMaxPooling2D((4, 1)), [
        draws.normal(2, 7, 5, 3)
    ]
    yield "adaptive_average_pooling2d_oblong", layers.AdaptiveAveragePooling2D((4, 3)), [
        draws.normal(2, 7, 5, 3)
    ]
    yield "adaptive_average_pooling1d_5_of_7", layers.AdaptiveAveragePooling1D(5), [
        draws.normal(2, 7, 1)
    ]
    yield "adaptive_max_pooling1d_5_of_7", layers.AdaptiveMaxPooling1D(5), [draws.normal(2, 7, 1)]
    yield "adaptive_max_pooling1d_ties", layers.AdaptiveMaxPooling1D(3), [
        np.round(draws.normal(2, 7, 2))
    ]


def make():
    sections = [_windows(kind, rank) for kind, rank in CLASSES]
    sections += [_own(), _global(), _adaptive()]
    cases = []
    for section in sections:
        for name, layer, inputs in section:
            cases.append(layer_case(name, layer, inputs))
            keras.backend.clear_session()
    for name, layer, inputs, mask in _masked():
        cases.append(layer_case(name, layer, inputs, mask=mask))
    return cases
