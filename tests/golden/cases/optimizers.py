"""optimizers.json: the path of three variables under each optimizer and each common option."""

import keras
import numpy as np
from keras import optimizers

from .encoding import Draws, config, require_finite, tensor

STEPS = 5
SHAPES = ((3, 2), (4,), (2, 1, 2))


def _gradients(draws, scale=1.0):
    """A step of plain gradients, a large one, a tiny one and an exact zero among them."""
    steps = [[draws.normal(*shape, scale=scale) for shape in SHAPES] for _ in range(STEPS)]
    steps[2] = [np.float32(1000) * g for g in steps[2]]
    steps[3] = [np.float32(1e-6) * g for g in steps[3]]
    steps[4][1] = np.zeros_like(steps[4][1])
    return steps


def _case(name, optimizer, init, gradients):
    keras.utils.clear_session()
    variables = [keras.Variable(v, name=f"variable_{i}") for i, v in enumerate(init)]
    optimizer.build(variables)
    serialized = config(optimizer)
    trajectory = []
    for step in gradients:
        optimizer.apply(step, variables)
        trajectory.append([np.array(v.value) for v in variables])
    final = [np.array(v.value) for v in optimizer.variables]
    optimizer.finalize_variable_values(variables)
    finalized = [np.array(v.value) for v in variables]
    require_finite(name, *[v for step in trajectory for v in step], *finalized)
    return {
        "name": name,
        "optimizer": serialized,
        "init": [tensor(v) for v in init],
        "grads": [[None if g is None else tensor(g) for g in step] for step in gradients],
        "trajectory": [[tensor(v) for v in step] for step in trajectory],
        "final_variables": [tensor(v) for v in final],
        "after_finalize": [tensor(v) for v in finalized],
    }


OWN = {
    "sgd": (
        optimizers.SGD,
        {
            "default": {},
            "rate": dict(learning_rate=0.3),
            "momentum": dict(learning_rate=0.05, momentum=0.9),
            "nesterov": dict(learning_rate=0.05, momentum=0.9, nesterov=True),
        },
    ),
    "rmsprop": (
        optimizers.RMSprop,
        {
            "default": {},
            "rho_epsilon": dict(learning_rate=0.01, rho=0.7, epsilon=1e-3),
            "momentum": dict(learning_rate=0.01, momentum=0.8),
            "centered": dict(learning_rate=0.01, centered=True, epsilon=1e-3),
            "centered_momentum": dict(
                learning_rate=0.01, centered=True, momentum=0.5, epsilon=1e-3
            ),
        },
    ),
    "adam": (
        optimizers.Adam,
        {
            "default": {},
            "betas": dict(learning_rate=0.05, beta_1=0.8, beta_2=0.95, epsilon=1e-4),
            "amsgrad": dict(learning_rate=0.02, amsgrad=True),
        },
    ),
    "adamw": (
        optimizers.AdamW,
        {
            "default": {},
            "decay": dict(learning_rate=0.02, weight_decay=0.1),
            "amsgrad": dict(learning_rate=0.02, amsgrad=True, weight_decay=0.05),
        },
    ),
}

COMMON = {
    "weight_decay": dict(weight_decay=0.05),
    "clipnorm": dict(clipnorm=0.7),
    "clipvalue": dict(clipvalue=0.4),
    "global_clipnorm": dict(global_clipnorm=1.1),
    "ema": dict(use_ema=True, ema_momentum=0.8),
    "ema_overwrite": dict(use_ema=True, ema_momentum=0.6, ema_overwrite_frequency=2),
    "accumulation": dict(gradient_accumulation_steps=2),
    "loss_scale": dict(loss_scale_factor=8.0),
}


def make():
    cases = []
    for prefix, (make_one, variants) in OWN.items():
        draws = Draws("optimizer " + prefix)
        init = [draws.normal(*shape) for shape in SHAPES]
        gradients = _gradients(draws)
        for suffix, options in variants.items():
            cases.append(_case(f"{prefix}_{suffix}", make_one(**options), init, gradients))
        for suffix, options in COMMON.items():
            optimizer = make_one(learning_rate=0.02, **options)
            cases.append(_case(f"{prefix}_{suffix}", optimizer, init, gradients))

    draws = Draws("optimizer rest")
    init = [draws.normal(*shape) for shape in SHAPES]
    gradients = _gradients(draws)
    for name, optimizer in (
        ("adam_accumulation_three", optimizers.Adam(0.02, gradient_accumulation_steps=3)),
        (
            "sgd_momentum_accumulation_clipnorm",
            optimizers.SGD(0.1, momentum=0.9, gradient_accumulation_steps=2, clipnorm=0.5),
        ),
        ("adamw_ema_decay", optimizers.AdamW(0.02, weight_decay=0.1, use_ema=True)),
        (
            "adam_amsgrad_ema_accumulation",
            optimizers.Adam(0.02, amsgrad=True, use_ema=True, gradient_accumulation_steps=2),
        ),
        (
            "rmsprop_all_slots",
            optimizers.RMSprop(
                0.01, centered=True, momentum=0.5, epsilon=1e-3, use_ema=True, weight_decay=0.01
            ),
        ),
        ("sgd_scale_global_clipnorm", optimizers.SGD(0.1, loss_scale_factor=4.0, global_clipnorm=1)),
        ("adam_named", optimizers.Adam(0.02, name="my_adam")),
    ):
        cases.append(_case(name, optimizer, init, gradients))

    missing = [[g if i != 1 else None for i, g in enumerate(step)] for step in gradients]
    cases.append(_case("adam_without_gradient", optimizers.Adam(0.02), init, missing))
    decayed = optimizers.SGD(0.1, momentum=0.5, weight_decay=0.1)
    cases.append(_case("sgd_decay_without_gradient", decayed, init, missing))
    within = [[np.float32(0.01) * g for g in step] for step in _gradients(draws, scale=0.5)[:2]]
    cases.append(_case("sgd_clipnorm_within", optimizers.SGD(0.5, clipnorm=5.0), init, within))
    cases.append(
        _case("sgd_global_clipnorm_within", optimizers.SGD(0.5, global_clipnorm=50.0), init, within)
    )
    scalar = [draws.normal()]
    steps = [[draws.normal()] for _ in range(STEPS)]
    cases.append(_case("adam_scalar", optimizers.Adam(0.1), scalar, steps))
    cases.append(_case("sgd_scalar_clipnorm", optimizers.SGD(0.1, clipnorm=0.2), scalar, steps))
    return cases
