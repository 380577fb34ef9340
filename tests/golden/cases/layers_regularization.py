"""layers_regularization.json: noise where the draw cannot matter, penalties, PReLU."""

import keras
import numpy as np
from keras import constraints, layers, regularizers

from .encoding import Draws
from .layer_case import layer_case


def _noise():
    draws = Draws("noise")
    x2, x3, x4 = draws.normal(3, 5), draws.normal(2, 3, 4), draws.normal(2, 2, 3, 2)
    x5 = draws.normal(1, 2, 1, 2, 2)
    first = dict(data_format="channels_first")
    for name, make, x in [
        ("gaussian_noise", lambda amount: layers.GaussianNoise(amount), x2),
        ("gaussian_noise_seed", lambda amount: layers.GaussianNoise(amount, seed=3), x3),
        ("gaussian_dropout", lambda amount: layers.GaussianDropout(amount), x2),
        ("gaussian_dropout_seed", lambda amount: layers.GaussianDropout(amount, seed=3), x3),
        ("alpha_dropout", lambda amount: layers.AlphaDropout(amount), x2),
        (
            "alpha_dropout_noise_shape",
            lambda amount: layers.AlphaDropout(amount, noise_shape=(None, 1, 4), seed=2),
            x3,
        ),
        ("spatial_dropout1d", lambda amount: layers.SpatialDropout1D(amount), x3),
        ("spatial_dropout1d_seed", lambda amount: layers.SpatialDropout1D(amount, seed=7), x3),
        ("spatial_dropout2d", lambda amount: layers.SpatialDropout2D(amount), x4),
        ("spatial_dropout2d_first", lambda amount: layers.SpatialDropout2D(amount, **first), x4),
        ("spatial_dropout3d", lambda amount: layers.SpatialDropout3D(amount), x5),
        ("spatial_dropout3d_first", lambda amount: layers.SpatialDropout3D(amount, **first), x5),
    ]:
        yield name, make(0.3), x, {}
        yield name + "_zero_training", make(0.0), x, dict(training=True)


def _penalties():
    draws = Draws("penalties")
    x2, x4 = draws.normal(4, 3), draws.normal(2, 2, 3, 2)
    activity = layers.ActivityRegularization
    yield "activity_l1", activity(l1=0.1), x2, {}
    yield "activity_l2", activity(l2=0.2), x2, {}
    yield "activity_both", activity(l1=0.03, l2=0.02), x4, {}
    yield "activity_none", activity(), x2, {}
    yield "activity_batch_of_one", activity(l1=0.5, l2=0.5), draws.normal(1, 17), {}
    yield "activity_training", activity(l2=0.1), x2, dict(training=True)


def _prelu():
    draws = Draws("prelu")
    x2, x3, x4 = draws.normal(3, 5), draws.normal(2, 3, 4), draws.normal(2, 3, 2, 2)
    zeros = np.array([[0.0, -0.0, 1e-30, -1e-30, 100.0, -100.0]], "float32")
    yield "prelu", layers.PReLU(), x2, {}
    yield "prelu_rank3", layers.PReLU(), x3, {}
    yield "prelu_shared", layers.PReLU(shared_axes=[1]), x3, {}
    yield "prelu_shared_number", layers.PReLU(shared_axes=2), x3, {}
    yield "prelu_image", layers.PReLU(shared_axes=[1, 2]), x4, {}
    yield "prelu_shared_all", layers.PReLU(shared_axes=[1, 2, 3]), x4, {}
    yield "prelu_one_feature", layers.PReLU(), draws.normal(3, 1), {}
    yield "prelu_17_features", layers.PReLU(), draws.normal(1, 17), {}
    yield "prelu_zeros", layers.PReLU(), zeros, {}
    yield "prelu_frozen", layers.PReLU(trainable=False), x2, {}
    yield (
        "prelu_options",
        layers.PReLU(
            alpha_initializer="ones",
            alpha_regularizer=regularizers.L2(0.05),
            alpha_constraint=constraints.NonNeg(),
            activity_regularizer=regularizers.L1(0.02),
        ),
        x2,
        {},
    )


def make():
    cases = []
    for group in (_noise, _penalties, _prelu):
        keras.utils.clear_session()
        for name, layer, x, options in group():
            cases.append(layer_case(name, layer, [x], **options))
    return cases
