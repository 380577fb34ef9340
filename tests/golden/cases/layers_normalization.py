"""layers_normalization.json: the normalizations, in training and inference, with and without masks."""

import keras
import numpy as np
from keras import constraints, initializers, layers, regularizers

from .encoding import Draws
from .layer_case import layer_case

GIVEN = dict(
    beta_initializer="ones",
    gamma_initializer=initializers.RandomNormal(stddev=0.3),
    beta_regularizer=regularizers.L1(0.02),
    gamma_regularizer=regularizers.L2(0.03),
    beta_constraint=constraints.NonNeg(),
    gamma_constraint=constraints.MaxNorm(1.5),
    activity_regularizer=regularizers.L2(0.01),
)


def _statistics(draws, channels, count):
    """Positive numbers for gamma, beta, moving_mean, moving_variance and what follows."""
    return [draws.uniform(channels, low=0.3, high=1.7) for _ in range(count)]


def _batch():
    draws = Draws("batch normalization")
    x2, x3, x4 = draws.normal(6, 3), draws.normal(3, 4, 2), draws.normal(2, 3, 2, 3)
    shifted = draws.normal(5, 3) + np.float32(20)
    batch = layers.BatchNormalization
    for name, make, x, weights in [
        ("batch_norm", lambda: batch(), x2, 4),
        ("batch_norm_rank3", lambda: batch(), x3, 4),
        ("batch_norm_rank4", lambda: batch(), x4, 4),
        ("batch_norm_axis1", lambda: batch(axis=1), x3, 4),
        ("batch_norm_axis1_rank4", lambda: batch(axis=1), x4, 4),
        ("batch_norm_axis_minus2", lambda: batch(axis=-2), x4, 4),
        ("batch_norm_momentum", lambda: batch(momentum=0.6), x2, 4),
        ("batch_norm_momentum_zero", lambda: batch(momentum=0.0), x2, 4),
        ("batch_norm_epsilon", lambda: batch(epsilon=0.2), x2, 4),
        ("batch_norm_no_center", lambda: batch(center=False), x3, 3),
        ("batch_norm_no_scale", lambda: batch(scale=False), x3, 3),
        ("batch_norm_plain", lambda: batch(center=False, scale=False), x2, 2),
        ("batch_norm_one_channel", lambda: batch(), draws.normal(5, 1), 4),
        ("batch_norm_17_channels", lambda: batch(), draws.normal(4, 17), 4),
        ("batch_norm_batch_of_one", lambda: batch(), draws.normal(1, 3), 4),
        ("batch_norm_one_row_of_steps", lambda: batch(), draws.normal(1, 5, 2), 4),
        ("batch_norm_far_from_zero", lambda: batch(), shifted, 4),
        ("batch_norm_constant", lambda: batch(), np.full((4, 2), 3, "float32"), 4),
        ("batch_norm_frozen", lambda: batch(trainable=False), x2, 4),
        ("batch_norm_integers", lambda: batch(), draws.integers(9, 5, 3), 4),
        ("batch_norm_options", lambda: batch(**GIVEN), x2, 4),
        (
            "batch_norm_initializers",
            lambda: batch(moving_mean_initializer="ones", moving_variance_initializer="zeros"),
            x2,
            4,
        ),
        ("batch_norm_renorm", lambda: batch(renorm=True), x2, 7),
        (
            "batch_norm_renorm_clipped",
            lambda: batch(
                renorm=True,
                renorm_clipping={"rmax": 1.2, "rmin": 0.9, "dmax": 0.1},
                renorm_momentum=0.8,
            ),
            x3,
            7,
        ),
        ("batch_norm_renorm_plain", lambda: batch(renorm=True, center=False, scale=False), x2, 5),
    ]:
        channels = x.shape[make().axis]
        values = _statistics(draws, channels, weights)
        yield name, make(), x, dict(weights=values)
        yield name + "_training", make(), x, dict(weights=values, training=True)

    mask3 = np.array([[1, 1, 0, 0], [1, 0, 1, 1], [0, 0, 0, 0]], bool)
    for name, make, x, mask in [
        ("batch_norm_mask", lambda: batch(), x3, mask3),
        ("batch_norm_mask_rank2", lambda: batch(), x2, np.array([1, 0, 1, 1, 0, 0], bool)),
        ("batch_norm_mask_all", lambda: batch(), x3, np.zeros((3, 4), bool)),
        ("batch_norm_mask_one", lambda: batch(), x3, np.eye(3, 4, 1) * [[1], [0], [0]] > 0),
        ("batch_norm_mask_none", lambda: batch(momentum=0.5), x3, np.ones((3, 4), bool)),
        ("batch_norm_mask_plain", lambda: batch(center=False, scale=False), x3, mask3),
    ]:
        count = 2 if name.endswith("plain") else 4
        values = _statistics(draws, x.shape[-1], count)
        yield name, make(), x, dict(weights=values, mask=mask)
        yield name + "_training", make(), x, dict(weights=values, mask=mask, training=True)


def _layer():
    draws = Draws("layer normalization")
    x2, x3, x4 = draws.normal(4, 5), draws.normal(2, 3, 4), draws.normal(2, 2, 3, 2)
    layer = layers.LayerNormalization
    yield "layer_norm", layer(), x2, {}
    yield "layer_norm_rank3", layer(), x3, {}
    yield "layer_norm_rank4", layer(), x4, {}
    yield "layer_norm_axis1", layer(axis=1), x3, {}
    yield "layer_norm_two_axes", layer(axis=[1, 2]), x3, {}
    yield "layer_norm_last_axes", layer(axis=[-1, -2]), x4, {}
    yield "layer_norm_apart", layer(axis=[1, 3]), x4, {}
    yield "layer_norm_mixed_axes", layer(axis=[1, -1]), x3, {}
    yield "layer_norm_all", layer(axis=[1, 2, 3]), x4, {}
    yield "layer_norm_epsilon", layer(epsilon=0.3), x2, {}
    yield "layer_norm_no_center", layer(center=False), x3, {}
    yield "layer_norm_no_scale", layer(scale=False), x3, {}
    yield "layer_norm_plain", layer(center=False, scale=False), x2, {}
    yield "layer_norm_one_feature", layer(), draws.normal(3, 1), {}
    yield "layer_norm_17_features", layer(), draws.normal(3, 17), {}
    yield "layer_norm_batch_of_one", layer(), draws.normal(1, 6), {}
    yield "layer_norm_training", layer(), x3, dict(training=True)
    yield "layer_norm_frozen", layer(trainable=False), x2, {}
    yield "layer_norm_constant_rows", layer(), np.full((2, 4), 7, "float32"), {}
    yield "layer_norm_far_from_zero", layer(), draws.normal(3, 6) + np.float32(20), {}
    yield "layer_norm_options", layer(**GIVEN), x2, {}


def _group():
    draws = Draws("group normalization")
    x2, x3, x4 = draws.normal(3, 6), draws.normal(2, 3, 4), draws.normal(2, 2, 3, 6)
    group = layers.GroupNormalization
    yield "group_norm", group(groups=2), x4, {}
    yield "group_norm_three", group(groups=3), x4, {}
    yield "group_norm_one", group(groups=1), x3, {}
    yield "group_norm_instance", group(groups=-1), x3, {}
    yield "group_norm_each", group(groups=4), x3, {}
    yield "group_norm_rank2", group(groups=3), x2, {}
    yield "group_norm_axis1", group(groups=2, axis=1), draws.normal(2, 4, 3), {}
    yield "group_norm_axis1_rank4", group(groups=3, axis=1), draws.normal(1, 6, 2, 2), {}
    yield "group_norm_axis2", group(groups=3, axis=2), draws.normal(2, 2, 6, 2), {}
    yield "group_norm_axis_minus2", group(groups=3, axis=-2), draws.normal(2, 2, 6, 2), {}
    yield "group_norm_epsilon", group(groups=2, epsilon=0.4), x3, {}
    yield "group_norm_no_center", group(groups=2, center=False), x3, {}
    yield "group_norm_no_scale", group(groups=2, scale=False), x3, {}
    yield "group_norm_plain", group(groups=2, center=False, scale=False), x3, {}
    yield "group_norm_default", group(), draws.normal(1, 2, 32), {}
    yield "group_norm_batch_of_one", group(groups=1), draws.normal(1, 3, 17), {}
    yield "group_norm_training", group(groups=2), x3, dict(training=True)
    yield "group_norm_options", group(groups=2, **GIVEN), x3, {}


def _others():
    draws = Draws("other normalization")
    x2, x3, x4 = draws.normal(4, 5), draws.normal(2, 3, 4), draws.normal(2, 2, 3, 2)
    rms, unit = layers.RMSNormalization, layers.UnitNormalization
    yield "rms_norm", rms(), x2, {}
    yield "rms_norm_rank3", rms(), x3, {}
    yield "rms_norm_axis1", rms(axis=1), draws.normal(2, 3, 3), {}
    yield "rms_norm_two_axes", rms(axis=[1, 2]), x3, {}
    yield "rms_norm_last_axes", rms(axis=[-1, -2]), x4, {}
    yield "rms_norm_epsilon", rms(epsilon=0.5), x2, {}
    yield "rms_norm_one_feature", rms(), draws.normal(3, 1), {}
    yield "rms_norm_17_features", rms(), draws.normal(2, 17), {}
    yield "rms_norm_training", rms(), x3, dict(training=True)
    yield "rms_norm_zeros", rms(epsilon=0.01), np.zeros((2, 3), "float32"), {}
    yield "unit_norm", unit(), x2, {}
    yield "unit_norm_axis1", unit(axis=1), x3, {}
    yield "unit_norm_two_axes", unit(axis=[1, 2]), x3, {}
    yield "unit_norm_rank4", unit(axis=-1), x4, {}
    yield "unit_norm_17_features", unit(), draws.normal(1, 17), {}
    yield "unit_norm_small", unit(), np.array([[3e-8, -4e-8], [1e4, 2e4]], "float32"), {}

    spectral = layers.SpectralNormalization
    for name, make, x in [
        ("spectral_norm", lambda: spectral(layers.Dense(3)), x2),
        ("spectral_norm_three", lambda: spectral(layers.Dense(2), power_iterations=3), x2),
        ("spectral_norm_rank3", lambda: spectral(layers.Dense(2, use_bias=False)), x3),
        ("spectral_norm_relu", lambda: spectral(layers.Dense(4, "relu")), x2),
        (
            "spectral_norm_einsum",
            lambda: spectral(layers.EinsumDense("abc,cde->abde", (None, 2, 3), bias_axes="e")),
            x3,
        ),
        ("spectral_norm_one_unit", lambda: spectral(layers.Dense(1)), x2),
    ]:
        yield name, make(), x, {}
        yield name + "_training", make(), x, dict(training=True)
    zero_kernel = [np.zeros((5, 2), "float32"), draws.normal(1, 2), np.zeros(2, "float32")]
    yield "spectral_norm_zero_kernel", spectral(layers.Dense(2)), x2, dict(weights=zero_kernel)


def make():
    cases = []
    for group in (_batch, _layer, _group, _others):
        keras.utils.clear_session()
        for name, layer, x, options in group():
            cases.append(layer_case(name, layer, [x], **options))
    return cases
