"""layers_core.json: merging, reshaping, embedding and the other layers without statistics."""

import keras
import numpy as np
from keras import constraints, initializers, layers, regularizers

from .encoding import Draws
from .layer_case import layer_case

CHANNELS_FIRST = dict(data_format="channels_first")


def _merging():
    draws = Draws("merging")
    a, b, c = (draws.normal(2, 3, 4) for _ in range(3))
    rows = [draws.normal(1, 5), draws.normal(1, 5)]
    wide = [draws.normal(3, 17), draws.normal(3, 17)]
    stretched = [a, draws.normal(2, 1, 4)]
    mixed = [a, draws.normal(2, 4)]
    for cls in (layers.Multiply, layers.Average, layers.Maximum, layers.Minimum, layers.Subtract):
        name = cls.__name__.lower()
        yield name, cls(), [a, b]
        yield name + "_batch_of_one", cls(), rows
        yield name + "_wide", cls(), wide
        yield name + "_stretched", cls(), stretched
        yield name + "_other_rank", cls(), mixed
        if cls is not layers.Subtract:
            yield name + "_three", cls(), [a, b, c]
    yield "add_other_rank", layers.Add(), mixed
    yield "add_activity", layers.Add(activity_regularizer=regularizers.L2(0.1)), [a, b]
    yield "maximum_ties", layers.Maximum(), [np.zeros((2, 3), "float32"), np.zeros((2, 3), "float32")]
    yield "concatenate_wide", layers.Concatenate(axis=2), [a, draws.normal(2, 3, 17)]
    yield "concatenate_one_channel", layers.Concatenate(), [a, draws.normal(2, 3, 1)]

    x2, y2 = draws.normal(3, 5), draws.normal(3, 5)
    yield "dot_vectors", layers.Dot(1), [x2, y2]
    yield "dot_last", layers.Dot(axes=-1), [x2, y2]
    yield "dot_cosine", layers.Dot(axes=1, normalize=True), [x2, y2]
    yield "dot_matrices", layers.Dot(axes=(2, 1)), [draws.normal(2, 3, 4), draws.normal(2, 4, 5)]
    yield "dot_axis1", layers.Dot(axes=1), [draws.normal(2, 3, 4), draws.normal(2, 3, 5)]
    yield "dot_both_last", layers.Dot(axes=(2, -1)), [draws.normal(2, 3, 4), draws.normal(2, 5, 4)]
    yield (
        "dot_matrices_cosine",
        layers.Dot(axes=(2, 2), normalize=True),
        [draws.normal(2, 3, 4), draws.normal(2, 2, 4)],
    )
    yield "dot_vector_matrix", layers.Dot(axes=(1, 1)), [x2, draws.normal(3, 5, 2)]
    yield "dot_matrix_vector", layers.Dot(axes=(2, 1)), [draws.normal(3, 2, 5), x2]
    yield "dot_rank4", layers.Dot(axes=(1, 2)), [draws.normal(2, 3, 2, 2), draws.normal(2, 2, 3)]
    yield "dot_batch_of_one", layers.Dot(axes=1), [draws.normal(1, 17), draws.normal(1, 17)]


def _reshaping():
    draws = Draws("reshaping")
    x2, x3, x4 = draws.normal(3, 4), draws.normal(2, 5, 3), draws.normal(2, 3, 4, 2)
    x5 = draws.normal(1, 3, 4, 3, 2)
    one, wide = draws.normal(1, 4, 1), draws.normal(2, 3, 17)
    yield "identity", layers.Identity(), [x3]
    yield "permute_two", layers.Permute((2, 1)), [x3]
    yield "permute_three", layers.Permute((3, 1, 2)), [x4]
    yield "permute_kept", layers.Permute((1, 2)), [x3]
    yield "permute_one_axis", layers.Permute((1,)), [x2]
    yield "repeat_vector", layers.RepeatVector(3), [x2]
    yield "repeat_vector_once", layers.RepeatVector(1), [draws.normal(1, 17)]
    yield "reshape_scalar", layers.Reshape((1,)), [draws.normal(3, 1)]

    yield "cropping1d", layers.Cropping1D(), [x3]
    yield "cropping1d_number", layers.Cropping1D(2), [x3]
    yield "cropping1d_uneven", layers.Cropping1D((0, 3)), [x3]
    yield "cropping1d_front", layers.Cropping1D((3, 0)), [one]
    yield "cropping2d", layers.Cropping2D(), [x4]
    yield "cropping2d_number", layers.Cropping2D(1), [x4]
    yield "cropping2d_two", layers.Cropping2D((0, 1)), [x4]
    yield "cropping2d_sides", layers.Cropping2D(((1, 0), (1, 2))), [x4]
    yield "cropping2d_first", layers.Cropping2D(((1, 0), (2, 1)), **CHANNELS_FIRST), [
        draws.normal(2, 2, 3, 4)
    ]
    yield "cropping3d", layers.Cropping3D(), [x5]
    yield "cropping3d_number", layers.Cropping3D(1), [x5]
    yield "cropping3d_three", layers.Cropping3D((1, 0, 1)), [x5]
    yield "cropping3d_sides", layers.Cropping3D(((0, 2), (1, 1), (0, 0))), [x5]
    yield "cropping3d_first", layers.Cropping3D(((0, 2), (1, 0), (0, 1)), **CHANNELS_FIRST), [
        draws.normal(1, 2, 3, 2, 3)
    ]

    yield "zero_padding1d", layers.ZeroPadding1D(), [x3]
    yield "zero_padding1d_number", layers.ZeroPadding1D(3), [one]
    yield "zero_padding1d_uneven", layers.ZeroPadding1D((0, 2)), [wide]
    yield "zero_padding1d_first", layers.ZeroPadding1D((1, 2), **CHANNELS_FIRST), [x3]
    yield "zero_padding2d", layers.ZeroPadding2D(), [x4]
    yield "zero_padding2d_number", layers.ZeroPadding2D(2), [draws.normal(1, 1, 2, 1)]
    yield "zero_padding2d_two", layers.ZeroPadding2D((0, 1)), [x4]
    yield "zero_padding2d_sides", layers.ZeroPadding2D(((1, 0), (0, 2))), [x4]
    yield "zero_padding2d_first", layers.ZeroPadding2D(((1, 0), (0, 2)), **CHANNELS_FIRST), [x4]
    x5small = draws.normal(1, 2, 1, 2, 2)
    yield "zero_padding3d", layers.ZeroPadding3D(), [draws.normal(1, 1, 1, 2, 1)]
    yield "zero_padding3d_number", layers.ZeroPadding3D(1), [draws.normal(1, 1, 1, 1, 1)]
    yield "zero_padding3d_three", layers.ZeroPadding3D((0, 1, 0)), [x5small]
    yield "zero_padding3d_sides", layers.ZeroPadding3D(((0, 1), (1, 0), (0, 0))), [x5small]
    yield "zero_padding3d_first", layers.ZeroPadding3D((0, 1, 0), **CHANNELS_FIRST), [x5small]

    yield "up_sampling1d", layers.UpSampling1D(), [x3]
    yield "up_sampling1d_three", layers.UpSampling1D(3), [one]
    yield "up_sampling1d_once", layers.UpSampling1D(1), [wide]
    image, tiny = draws.normal(2, 3, 2, 2), draws.normal(1, 1, 3, 1)
    yield "up_sampling2d", layers.UpSampling2D(), [image]
    yield "up_sampling2d_number", layers.UpSampling2D(3), [tiny]
    yield "up_sampling2d_uneven", layers.UpSampling2D((1, 3)), [image]
    yield "up_sampling2d_first", layers.UpSampling2D((2, 3), **CHANNELS_FIRST), [image]
    for method in ("bilinear", "bicubic", "lanczos3", "lanczos5"):
        name = "up_sampling2d_" + method
        yield name, layers.UpSampling2D(interpolation=method), [image]
        yield name + "_uneven", layers.UpSampling2D((3, 1), interpolation=method), [image]
        yield name + "_tiny", layers.UpSampling2D((4, 3), interpolation=method), [tiny]
        yield (
            name + "_first",
            layers.UpSampling2D((2, 1), interpolation=method, **CHANNELS_FIRST),
            [image],
        )
    yield "up_sampling3d", layers.UpSampling3D(), [draws.normal(1, 2, 1, 2, 2)]
    yield "up_sampling3d_uneven", layers.UpSampling3D((1, 3, 2)), [draws.normal(1, 2, 1, 2, 2)]
    yield "up_sampling3d_number", layers.UpSampling3D(3), [draws.normal(1, 1, 1, 2, 1)]
    yield "up_sampling3d_first", layers.UpSampling3D((2, 1, 3), **CHANNELS_FIRST), [
        draws.normal(2, 2, 1, 2, 1)
    ]


def _tokens():
    draws = Draws("tokens")
    x2 = draws.integers(7, 3, 5)
    yield "embedding", layers.Embedding(7, 3), [x2]
    yield "embedding_mask_zero", layers.Embedding(7, 2, mask_zero=True), [x2]
    yield "embedding_rank1", layers.Embedding(7, 4), [draws.integers(7, 6)]
    yield "embedding_rank3", layers.Embedding(7, 2), [draws.integers(7, 2, 3, 2)]
    yield "embedding_int64", layers.Embedding(7, 3), [draws.integers(7, 2, 4, dtype="int64")]
    yield "embedding_floats", layers.Embedding(5, 2), [
        np.array([[0.0, 1.9, 4.0], [2.0, 3.5, 1.0]], "float32")
    ]
    yield "embedding_one_token", layers.Embedding(1, 17), [np.zeros((1, 1), "int32")]
    yield "embedding_repeated", layers.Embedding(4, 3), [np.full((2, 6), 3, "int32")]
    yield "embedding_ends", layers.Embedding(9, 1), [np.array([[0, 8, 8, 0]], "int32")]
    yield "embedding_frozen", layers.Embedding(7, 3, trainable=False), [x2]
    yield (
        "embedding_options",
        layers.Embedding(
            7,
            3,
            embeddings_initializer=initializers.RandomNormal(stddev=0.2),
            embeddings_regularizer=regularizers.L1(0.01),
            embeddings_constraint=constraints.NonNeg(),
            activity_regularizer=regularizers.L2(0.02),
        ),
        [x2],
    )
    x3 = draws.normal(3, 4, 2)
    x3[0, 1:] = 0
    x3[1] = 0
    yield "masking", layers.Masking(), [x3]
    ones = np.where(x3 == 0, np.float32(-1.5), x3)
    yield "masking_value", layers.Masking(mask_value=-1.5), [ones]
    partly = draws.normal(2, 3, 2)
    partly[0, 0, 1] = 0
    yield "masking_partly_zero", layers.Masking(), [partly]
    yield "masking_rank2", layers.Masking(), [np.array([[0, 0, 0], [0, 1, 0]], "float32")]
    yield "masking_rank4", layers.Masking(), [np.where(draws.normal(2, 2, 3, 1) > 0, 1, 0).astype("float32")]


def _einsum_dense():
    draws = Draws("einsum_dense")
    x2, x3, x4 = draws.normal(3, 4), draws.normal(2, 3, 4), draws.normal(2, 2, 3, 4)
    dense = layers.EinsumDense
    yield "einsum_dense", dense("ab,bc->ac", 5), [x2]
    yield "einsum_dense_bias", dense("ab,bc->ac", 5, bias_axes="c"), [x2]
    yield "einsum_dense_relu", dense("ab,bc->ac", (5,), activation="relu", bias_axes="c"), [x2]
    yield "einsum_dense_steps", dense("abc,cd->abd", (None, 6), bias_axes="d"), [x3]
    yield "einsum_dense_step_bias", dense("abc,cd->abd", (3, 6), bias_axes="bd"), [x3]
    yield "einsum_dense_first_bias", dense("abc,cd->abd", (3, 2), bias_axes="b"), [x3]
    yield "einsum_dense_heads", dense("abc,cde->abde", (None, 2, 3), bias_axes="de"), [x3]
    yield "einsum_dense_from_heads", dense("abcd,cde->abe", (None, 5), bias_axes="e"), [x4]
    yield "einsum_dense_middle", dense("abc,bd->adc", (5, 4), bias_axes="d"), [x3]
    yield "einsum_dense_transposed", dense("abc,cd->adb", (5, 3)), [x3]
    yield "einsum_dense_shared", dense("abc,bcd->abd", (3, 2), bias_axes="d"), [x3]
    yield "einsum_dense_no_axis", dense("abc,c->ab", (3,)), [x3]
    yield "einsum_dense_left", dense("...x,xy->...y", 5, bias_axes="y"), [x3]
    yield "einsum_dense_left_rank4", dense("...x,xy->...y", 2, bias_axes="y"), [x4]
    yield "einsum_dense_left_rank2", dense("...x,xy->...y", 5), [x2]
    yield "einsum_dense_left_two", dense("...bx,xy->...by", (3, 2), bias_axes="by"), [x4]
    yield "einsum_dense_right", dense("ab...,bc->ac...", 5, bias_axes="c"), [x3]
    yield "einsum_dense_right_rank4", dense("ab...,bc->ac...", 3), [x4]
    yield "einsum_dense_batch_of_one", dense("ab,bc->ac", 17, bias_axes="c"), [draws.normal(1, 1)]
    yield (
        "einsum_dense_options",
        dense(
            "abc,cd->abd",
            (None, 3),
            activation="tanh",
            bias_axes="d",
            kernel_initializer="he_normal",
            bias_initializer="ones",
            kernel_regularizer=regularizers.L2(0.02),
            bias_regularizer=regularizers.L1(0.03),
            activity_regularizer=regularizers.L1L2(0.01, 0.02),
            kernel_constraint=constraints.NonNeg(),
            bias_constraint=constraints.NonNeg(),
        ),
        [x3],
    )


def _inside():
    draws = Draws("inside")
    x2, x3 = draws.normal(3, 4), draws.normal(2, 3, 4)
    yield "pipeline", layers.Pipeline([layers.Rescaling(0.5), layers.Dense(3, "relu")]), [x2]
    yield "pipeline_weights", layers.Pipeline(
        [layers.Dense(3, "tanh"), layers.Dense(2, kernel_regularizer="l2")]
    ), [x3]


def make():
    cases = []
    for group in (_merging, _reshaping, _tokens, _einsum_dense, _inside):
        keras.utils.clear_session()
        for name, layer, inputs in group():
            if name.startswith("pipeline"):
                layer(inputs[0])  # Keras builds the inner layers only when they are called
            as_list = group is _merging
            cases.append(layer_case(name, layer, inputs, as_list=as_list))
    return cases
