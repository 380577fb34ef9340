"""layers_preprocessing.json: layers that encode numbers and change images, where no draw matters."""

import keras
import numpy as np
from keras import layers

from .encoding import Draws
from .layer_case import layer_case


def _adapted(batches, **options):
    # adapt() itself wants TensorFlow.
    layer = layers.Discretization(**options)
    for batch in batches:
        layer.update_state(batch)
    layer.finalize_state()
    return layer


def _bins():
    draws = Draws("discretization")
    x = np.array([[-1.5, 0.0, 3.4, 0.5], [0.25, 3.0, 1.3, -0.1]], "float32")
    bounds = [0.0, 0.25, 1.0, 3.0]
    samples = draws.normal(400, scale=3)
    for mode in ["int", "one_hot", "multi_hot", "count"]:
        options = dict(bin_boundaries=bounds, output_mode=mode)
        for name, inputs in [
            ("", x),
            ("_column", x[0, :, None]),
            ("_rank3", x.reshape(2, 2, 2)),
            ("_vector", x[1]),
            ("_integers", draws.integers(5, 3, 2) - np.int32(1)),
        ]:
            yield f"discretization_{mode}{name}", layers.Discretization(**options), [inputs], {}
    for name, layer in [
        ("one_boundary", layers.Discretization(bin_boundaries=[0.2])),
        ("integer_boundaries", layers.Discretization(bin_boundaries=[0, 1, 3])),
        ("equal_boundaries", layers.Discretization(bin_boundaries=[0.0, 1.3, 1.3, 2.0])),
        ("many", layers.Discretization(bin_boundaries=list(np.linspace(-2, 3, 37)))),
        ("adapted", _adapted([samples], num_bins=5)),
        ("adapted_epsilon", _adapted([samples], num_bins=7, epsilon=0.3)),
        ("adapted_batches", _adapted([samples[:150], samples[150:170], samples[170:]], num_bins=4)),
        ("adapted_one_hot", _adapted([samples], num_bins=3, output_mode="one_hot")),
        ("adapted_few", _adapted([x[0]], num_bins=10)),
        ("adapted_one_bin", _adapted([samples], num_bins=1)),
    ]:
        yield "discretization_" + name, layer, [x], {}


def _categories():
    draws = Draws("category encoding")
    x = draws.integers(6, 4, 5)
    weights = draws.uniform(4, 5, low=0.5, high=2)
    for mode in ["one_hot", "multi_hot", "count"]:
        for name, inputs in [
            ("", x),
            ("_column", x[:, :1]),
            ("_rank3", x[:, :4].reshape(2, 4, 2)),
            ("_vector", x[0]),
            ("_floats", x.astype("float32")),
        ]:
            layer = layers.CategoryEncoding(num_tokens=6, output_mode=mode)
            yield f"category_encoding_{mode}{name}", layer, [inputs], {}
    count = dict(num_tokens=6, output_mode="count")
    yield "category_encoding_default", layers.CategoryEncoding(7), [x], {}
    yield (
        "category_encoding_count_weights",
        layers.CategoryEncoding(**count),
        [x],
        dict(call_kwargs=dict(count_weights=weights)),
    )
    yield (
        "category_encoding_vector_weights",
        layers.CategoryEncoding(**count),
        [x[0]],
        dict(call_kwargs=dict(count_weights=weights[0])),
    )


def _resizing():
    draws = Draws("resizing")
    x = draws.normal(2, 5, 7, 3)
    wide = draws.normal(1, 4, 6, 20)
    images = draws.integers(256, 2, 6, 5, 3).astype("uint8")
    resize = layers.Resizing
    methods = ["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"]
    for method in methods:
        for name, size in [("up", (9, 8)), ("down", (3, 4)), ("mixed", (8, 3))]:
            yield f"resizing_{method}_{name}", resize(*size, interpolation=method), [x], {}
        layer = resize(3, 9, interpolation=method, antialias=True)
        yield f"resizing_{method}_antialias", layer, [x], {}
        yield f"resizing_{method}_bytes", resize(4, 8, interpolation=method), [images], {}
    for name, layer, inputs in [
        ("same_size", resize(5, 7), x),
        ("one_pixel", resize(1, 1), x),
        ("from_one_pixel", resize(3, 2), x[:, :1, :1]),
        ("many_channels", resize(7, 3, "bicubic"), wide),
        ("unbatched", resize(3, 9), x[0]),
        ("channels_first", resize(8, 2, data_format="channels_first"), x),
        ("channels_first_unbatched", resize(8, 2, data_format="channels_first"), x[0]),
        ("crop_wide", resize(4, 2, crop_to_aspect_ratio=True), x),
        ("crop_high", resize(2, 6, crop_to_aspect_ratio=True), x),
        ("crop_bytes", resize(3, 3, crop_to_aspect_ratio=True), images),
        ("pad_wide", resize(3, 6, pad_to_aspect_ratio=True, fill_value=0.5), x),
        ("pad_high", resize(6, 3, pad_to_aspect_ratio=True), x),
        ("pad_same", resize(10, 14, pad_to_aspect_ratio=True), x),
        ("pad_bytes", resize(5, 9, "nearest", pad_to_aspect_ratio=True, fill_value=7.0), images),
        (
            "pad_channels_first",
            resize(4, 9, pad_to_aspect_ratio=True, data_format="channels_first"),
            x,
        ),
        (
            "crop_nearest_antialias",
            resize(2, 6, "nearest", crop_to_aspect_ratio=True, antialias=True),
            x,
        ),
    ]:
        yield "resizing_" + name, layer, [inputs], {}
    crop = layers.CenterCrop
    for name, layer, inputs in [
        ("", crop(3, 4), x),
        ("_same", crop(5, 7), x),
        ("_smaller", crop(8, 9), x),
        ("_one_side_smaller", crop(7, 2), x),
        ("_unbatched", crop(2, 5), x[0]),
        ("_channels_first", crop(3, 2, data_format="channels_first"), x),
        ("_bytes", crop(3, 2), images),
        ("_bytes_smaller", crop(9, 9), images),
    ]:
        yield "center_crop" + name, layer, [inputs], {}


def _random():
    draws = Draws("random images")
    x = draws.uniform(2, 5, 6, 3, low=0, high=255)
    square = draws.uniform(1, 4, 4, 2, low=0, high=255)
    images = draws.integers(256, 2, 4, 5, 3).astype("uint8")
    unit = draws.uniform(2, 3, 4, 1)
    first = dict(data_format="channels_first")
    move, turn, zoom = layers.RandomTranslation, layers.RandomRotation, layers.RandomZoom
    for name, layer in [
        ("crop", layers.RandomCrop(2, 3, seed=1)),
        ("flip", layers.RandomFlip()),
        ("flip_horizontal", layers.RandomFlip("horizontal", seed=3)),
        ("translation", move(0.3, (-0.1, 0.2))),
        ("rotation", turn(0.3)),
        ("zoom", zoom(0.3, width_factor=(-0.5, 0.1))),
        ("contrast", layers.RandomContrast(0.4)),
        ("brightness", layers.RandomBrightness((-0.2, 0.3), value_range=(0, 1))),
    ]:
        yield f"random_{name}_inference", layer, [x], {}
    cases = [
        # Cut at the middle, since no draw is made for images that are not larger both ways.
        ("crop_same", layers.RandomCrop(5, 6, seed=1), x),
        ("crop_smaller", layers.RandomCrop(7, 9, seed=1), x),
        ("crop_one_side", layers.RandomCrop(5, 3, seed=1), x),
        ("crop_high", layers.RandomCrop(8, 3, seed=1), x),
        ("crop_unbatched", layers.RandomCrop(5, 3, seed=1), x[0]),
        ("crop_channels_first", layers.RandomCrop(6, 2, seed=1, **first), x),
        ("crop_bytes", layers.RandomCrop(4, 3, seed=1), images),
        ("translation_unbatched", move((0.3, 0.3), (-0.2, -0.2)), x[0]),
        ("translation_channels_first", move((0.3, 0.3), (-0.2, -0.2), **first), x),
        ("translation_bytes", move((0.3, 0.3), (-0.2, -0.2)), images),
        ("translation_none", move(0, 0), x),
        ("translation_pixels", move((0.2, 0.2), (0.5, 0.5)), x),
        ("rotation_unbatched", turn((0.1, 0.1)), x[0]),
        ("rotation_channels_first", turn((0.1, 0.1), **first), x),
        ("rotation_bytes", turn((0.1, 0.1)), images),
        ("rotation_quarter", turn((0.25, 0.25)), square),
        ("rotation_none", turn(0), x),
        ("rotation_negative", turn((-0.07, -0.07)), x),
        ("zoom_in", zoom((-0.4, -0.4)), x),
        ("zoom_width", zoom((0.3, 0.3), (-0.2, -0.2)), x),
        ("zoom_unbatched", zoom((0.3, 0.3)), x[0]),
        ("zoom_channels_first", zoom((0.3, 0.3), (-0.2, -0.2), **first), x),
        ("contrast_none", layers.RandomContrast(0), x),
        ("contrast_clipped", layers.RandomContrast((0, 0), value_range=(50, 150)), x),
        ("contrast_unbatched", layers.RandomContrast(0), x[0]),
        ("brightness_more", layers.RandomBrightness((0.3, 0.3)), x),
        ("brightness_less", layers.RandomBrightness((-0.4, -0.4)), x),
        ("brightness_range", layers.RandomBrightness((0.3, 0.3), value_range=(0, 1)), unit),
        ("brightness_unbatched", layers.RandomBrightness((0.2, 0.2)), x[0]),
    ]
    for fill in ["reflect", "wrap", "constant", "nearest"]:
        for method in ["bilinear", "nearest"]:
            options = dict(fill_mode=fill, interpolation=method, fill_value=9.5)
            cases += [
                (f"translation_{fill}_{method}", move((0.33, 0.33), (-0.71, -0.71), **options), x),
                (f"rotation_{fill}_{method}", turn((0.13, 0.13), **options), x),
                (f"zoom_{fill}_{method}", zoom((0.93, 0.93), (0.37, 0.37), **options), x),
            ]
    for name, layer, inputs in cases:
        yield "random_" + name, layer, [inputs], dict(training=True)


def make():
    keras.utils.set_random_seed(1)
    return [
        layer_case(name, layer, inputs, **arguments)
        for group in (_bins, _categories, _resizing, _random)
        for name, layer, inputs, arguments in group()
    ]
