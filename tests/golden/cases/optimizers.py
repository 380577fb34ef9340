"""optimizers.json: the path of some variables under each optimizer, with each of its own options and
each common one."""

import contextlib

import jax
import keras
import numpy as np
from keras import constraints, optimizers
from keras.optimizers import schedules

from .encoding import Draws, config, require_finite, tensor

STEPS = 5
SHAPES = ((3, 2), (4,), (2, 1, 2))
ALL_RANKS = ((), (3,), (2, 3), (2, 1, 2), (1, 2, 1, 2))


def _gradients(draws, scale=1.0, shapes=SHAPES):
    """A step of plain gradients, a large one, a tiny one and an exact zero among them."""
    steps = [[draws.normal(*shape, scale=scale) for shape in shapes] for _ in range(STEPS)]
    steps[2] = [np.float32(1000) * g for g in steps[2]]
    steps[3] = [np.float32(1e-6) * g for g in steps[3]]
    steps[4][1] = np.zeros_like(steps[4][1])
    return steps


@contextlib.contextmanager
def _plain_conditions():
    """Outside of a compiled step a condition is known: Keras compiles each branch anew all the same,
    and what LossScaleOptimizer assigns in one would be lost."""
    compiled = jax.lax.cond
    jax.lax.cond = lambda pred, true_fun, false_fun: true_fun() if pred else false_fun()
    try:
        yield
    finally:
        jax.lax.cond = compiled


def make_case(name, optimizer, init, gradients, constraints=None, exclude=None):
    """`constraints`: one (or None) a variable; `exclude`: {"var_list": indices, "var_names": [..]}."""
    keras.utils.clear_session()
    variables = [keras.Variable(v, name=f"variable_{i}") for i, v in enumerate(init)]
    optional = {}
    if constraints is not None:
        for variable, constraint in zip(variables, constraints):
            variable.constraint = constraint
        optional["constraints"] = [None if c is None else config(c) for c in constraints]
    if exclude is not None:
        optimizer.exclude_from_weight_decay(
            var_list=[variables[i] for i in exclude.get("var_list", [])],
            var_names=exclude.get("var_names"),
        )
        optional["exclude_from_weight_decay"] = exclude
    optimizer.build(variables)
    serialized = config(optimizer)
    trajectory = []
    for step in gradients:
        with _plain_conditions():
            optimizer.apply(step, variables)
        trajectory.append([np.array(v.value) for v in variables])
    final = [np.array(v.value) for v in optimizer.variables]
    optimizer.finalize_variable_values(variables)
    finalized = [np.array(v.value) for v in variables]
    require_finite(name, *[v for step in trajectory for v in step], *finalized)
    return {
        "name": name,
        "optimizer": serialized,
        **optional,
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


# The same, on variables of every rank; the rates are such that five steps show.
MORE = {
    "adadelta": (
        optimizers.Adadelta,
        {
            "default": {},
            "rate": dict(learning_rate=1.0),
            "rho": dict(learning_rate=1.0, rho=0.6),
            "epsilon": dict(learning_rate=1.0, epsilon=1e-3),
        },
    ),
    "adagrad": (
        optimizers.Adagrad,
        {
            "default": {},
            "initial_accumulator": dict(learning_rate=0.1, initial_accumulator_value=0.7),
            "no_accumulator": dict(learning_rate=0.1, initial_accumulator_value=0.0),
            "epsilon": dict(learning_rate=0.1, epsilon=1e-2),
        },
    ),
    "adamax": (
        optimizers.Adamax,
        {
            "default": {},
            "betas": dict(learning_rate=0.05, beta_1=0.7, beta_2=0.9),
            "epsilon": dict(learning_rate=0.05, epsilon=1e-2),
        },
    ),
    "nadam": (
        optimizers.Nadam,
        {
            "default": {},
            "betas": dict(learning_rate=0.05, beta_1=0.7, beta_2=0.9),
            "epsilon": dict(learning_rate=0.05, epsilon=1e-2),
        },
    ),
    "ftrl": (
        optimizers.Ftrl,
        {
            "default": {},
            "power": dict(learning_rate=0.1, learning_rate_power=-0.8),
            "no_power": dict(learning_rate=0.1, learning_rate_power=0.0),
            "initial_accumulator": dict(learning_rate=0.1, initial_accumulator_value=0.5),
            "l1": dict(learning_rate=0.1, l1_regularization_strength=0.3),
            "l2": dict(learning_rate=0.1, l2_regularization_strength=0.2),
            "l2_shrinkage": dict(learning_rate=0.1, l2_shrinkage_regularization_strength=0.1),
            "beta": dict(learning_rate=0.1, beta=0.4),
            "all": dict(
                learning_rate=0.2,
                learning_rate_power=-0.6,
                l1_regularization_strength=0.2,
                l2_regularization_strength=0.1,
                l2_shrinkage_regularization_strength=0.05,
                beta=0.3,
            ),
        },
    ),
    "lion": (
        optimizers.Lion,
        {"default": {}, "betas": dict(learning_rate=0.05, beta_1=0.6, beta_2=0.8)},
    ),
    "lamb": (
        optimizers.Lamb,
        {
            "default": {},
            "betas": dict(learning_rate=0.05, beta_1=0.7, beta_2=0.9),
            "epsilon": dict(learning_rate=0.05, epsilon=1e-2),
        },
    ),
    "adafactor": (
        optimizers.Adafactor,
        {
            "default": {},
            "rate": dict(learning_rate=0.3),
            "great_rate": dict(learning_rate=2.0),
            "no_relative_step": dict(learning_rate=2.0, relative_step=False),
            "beta_2_decay": dict(learning_rate=0.3, beta_2_decay=-0.5),
            "epsilon_1": dict(learning_rate=0.3, epsilon_1=0.1),
            "epsilon_2": dict(learning_rate=0.3, epsilon_2=3.0),
            "clip_threshold": dict(learning_rate=0.3, clip_threshold=0.4),
        },
    ),
    "muon": (
        optimizers.Muon,
        {
            "default": {},
            "rate": dict(learning_rate=0.1),
            "adam_betas": dict(learning_rate=0.1, adam_beta_1=0.7, adam_beta_2=0.9),
            "adam_weight_decay": dict(learning_rate=0.1, adam_weight_decay=0.2),
            "no_adam_weight_decay": dict(learning_rate=0.1, adam_weight_decay=None),
            "epsilon": dict(learning_rate=0.1, epsilon=1e-2),
            "exclude_layers": dict(learning_rate=0.1, exclude_layers=["nothing", "able_2"]),
            "with_embeddings": dict(learning_rate=0.1, exclude_embeddings=False),
            "polynomial": dict(learning_rate=0.1, muon_a=3.0, muon_b=-4.0, muon_c=1.8),
            "adam_lr_ratio": dict(learning_rate=0.1, adam_lr_ratio=0.3),
            "momentum": dict(learning_rate=0.1, momentum=0.6),
            "ns_steps": dict(learning_rate=0.1, ns_steps=2),
            "no_ns_steps": dict(learning_rate=0.1, ns_steps=0),
            "no_nesterov": dict(learning_rate=0.1, nesterov=False),
            "rms_rate": dict(learning_rate=0.1, rms_rate=0.5),
            "no_rms_rate": dict(learning_rate=0.1, rms_rate=None),
        },
    ),
    "schedule_free_adam_w": (
        optimizers.ScheduleFreeAdamW,
        {
            "default": {},
            "betas": dict(learning_rate=0.05, beta_1=0.6, beta_2=0.9),
            "epsilon": dict(learning_rate=0.05, epsilon=1e-2),
            "warmup": dict(learning_rate=0.05, warmup_steps=3),
        },
    ),
}


def _more():
    for prefix, (make_one, variants) in MORE.items():
        draws = Draws("optimizer " + prefix)
        init = [draws.normal(*shape) for shape in ALL_RANKS]
        init[3] = np.zeros_like(init[3])
        gradients = _gradients(draws, shapes=ALL_RANKS)
        if prefix == "adagrad":
            # An exact zero divided by the root of an exact zero is NaN without an epsilon.
            gradients = gradients[:4]
        for suffix, options in variants.items():
            yield make_case(f"{prefix}_{suffix}", make_one(**options), init, gradients)
        for suffix, options in COMMON.items():
            optimizer = make_one(learning_rate=0.02, **options)
            yield make_case(f"{prefix}_{suffix}", optimizer, init, gradients)
        missing = [
            [None if i == 2 or (i + step) % 4 == 0 else g for i, g in enumerate(gradient)]
            for step, gradient in enumerate(gradients)
        ]
        yield make_case(f"{prefix}_without_gradient", make_one(learning_rate=0.02), init, missing)
        falling = make_one(
            learning_rate=schedules.ExponentialDecay(0.1, 2, 0.5), gradient_accumulation_steps=2
        )
        yield make_case(f"{prefix}_schedule_accumulation", falling, init, gradients)


def _scheduled(init, gradients):
    for name, optimizer in (
        ("sgd_cosine", optimizers.SGD(schedules.CosineDecay(0.3, 4))),
        (
            "adam_warmup_decay",
            optimizers.Adam(
                schedules.CosineDecay(0.0, 3, warmup_target=0.2, warmup_steps=2), weight_decay=0.1
            ),
        ),
        (
            "rmsprop_piecewise_ema",
            optimizers.RMSprop(
                schedules.PiecewiseConstantDecay([0, 2], [0.1, 0.05, 0.01]), use_ema=True
            ),
        ),
        (
            "adam_polynomial_accumulation",
            optimizers.Adam(
                schedules.PolynomialDecay(0.2, 5, power=2.0), gradient_accumulation_steps=2
            ),
        ),
        (
            "sgd_inverse_time_accumulation_decay",
            optimizers.SGD(
                schedules.InverseTimeDecay(0.2, 2, 0.7),
                gradient_accumulation_steps=2,
                weight_decay=0.1,
            ),
        ),
        ("adamw_restarts", optimizers.AdamW(schedules.CosineDecayRestarts(0.1, 2, alpha=0.1))),
    ):
        yield make_case(name, optimizer, init, gradients)


def _constrained(init, gradients):
    large = [np.float32(3) * v for v in init]
    for name, make_all in {
        "max_norm": lambda: [
            constraints.MaxNorm(1.5),
            constraints.MaxNorm(0.7, axis=0),
            constraints.MaxNorm(1.0, axis=[0, 2]),
        ],
        "min_max_norm": lambda: [
            constraints.MinMaxNorm(0.5, 1.5),
            constraints.MinMaxNorm(2.0, 3.0, rate=0.5),
            constraints.MinMaxNorm(0.2, 0.9, rate=0.7, axis=[1, 2]),
        ],
        "unit_norm": lambda: [constraints.UnitNorm(axis=1), None, constraints.UnitNorm()],
        "non_neg": lambda: [constraints.NonNeg(), constraints.NonNeg(), None],
    }.items():
        yield make_case(f"sgd_{name}", optimizers.SGD(0.1), large, gradients, make_all())
        missing = [[g if i != 1 else None for i, g in enumerate(step)] for step in gradients]
        optimizer = optimizers.Adam(0.1, use_ema=True)
        yield make_case(f"adam_ema_{name}_missing", optimizer, large, missing, make_all())


def _excluded(init, gradients):
    for name, make_one in {
        "sgd": lambda: optimizers.SGD(0.1, weight_decay=0.3),
        "adamw": lambda: optimizers.AdamW(0.02, weight_decay=0.2),
        "lion": lambda: optimizers.Lion(0.02, weight_decay=0.3),
        "muon": lambda: optimizers.Muon(0.1, weight_decay=0.2, adam_weight_decay=0.1),
    }.items():
        for suffix, exclude in {
            "list": {"var_list": [0]},
            "names": {"var_names": ["_1$", "nothing"]},
            "both": {"var_list": [2], "var_names": ["^variable_0"]},
        }.items():
            title = f"{name}_exclude_{suffix}"
            yield make_case(title, make_one(), init, gradients, exclude=exclude)


def _loss_scaled(init, gradients):
    """Growth every two steps; infinite and NaN gradients in two of the others."""
    broken = [[g.copy() for g in step] for step in gradients]
    broken[1][2][0, 0, 1] = np.inf
    broken[3][0][2, 1] = np.nan
    for name, inner in (
        ("sgd", optimizers.SGD(0.01)),
        ("sgd_momentum", optimizers.SGD(0.01, momentum=0.9, clipnorm=0.5)),
        ("adam_ema", optimizers.Adam(0.02, use_ema=True, ema_momentum=0.7)),
        ("adam_accumulation", optimizers.Adam(0.02, gradient_accumulation_steps=2)),
        (
            "adamax_decay",
            optimizers.Adamax(schedules.ExponentialDecay(0.1, 2, 0.5), weight_decay=0.1),
        ),
        ("inner_factor", optimizers.SGD(0.01, loss_scale_factor=16.0)),
    ):
        optimizer = optimizers.LossScaleOptimizer(inner, initial_scale=4.0, dynamic_growth_steps=2)
        yield make_case(f"loss_scale_{name}", optimizer, init, broken)
    default = optimizers.LossScaleOptimizer(optimizers.SGD())
    yield make_case("loss_scale_default", default, init, broken)
    each = optimizers.LossScaleOptimizer(optimizers.SGD(0.1), dynamic_growth_steps=1, name="mine")
    yield make_case("loss_scale_grows_each_step", each, init, gradients)


def _several(init, gradients):
    def make(default, entries, **options):
        return optimizers.MultiOptimizer(optimizers.OptimizerMap(default, entries), **options)

    for name, optimizer in (
        ("default_only", make(optimizers.SGD(0.1, momentum=0.5), {})),
        (
            "two",
            make(optimizers.Adam(0.05), {"variable_1": optimizers.SGD(0.1, momentum=0.9)}),
        ),
        (
            "patterns",
            make(
                optimizers.Nadam(0.05),
                {"variable_[02]": optimizers.RMSprop(0.01), "none_.*": optimizers.Lion()},
            ),
        ),
        (
            "loss_scale",
            make(
                optimizers.SGD(0.1, clipvalue=0.3),
                {".*_0": optimizers.Adam(0.05)},
                loss_scale_factor=8.0,
                name="mine",
            ),
        ),
        (
            "accumulation",
            make(
                optimizers.SGD(0.1, gradient_accumulation_steps=2),
                {"variable_1": optimizers.Adam(0.05, gradient_accumulation_steps=3)},
            ),
        ),
        (
            "ema_schedule",
            make(
                optimizers.SGD(schedules.CosineDecay(0.3, 4), use_ema=True, ema_momentum=0.6),
                {"variable_2": optimizers.Ftrl(0.1, use_ema=True)},
            ),
        ),
        (
            "unused_default",
            make(optimizers.SGD(0.1, momentum=0.5), {"variable_.": optimizers.Lamb(0.1)}),
        ),
    ):
        yield make_case(f"multi_{name}", optimizer, init, gradients)


def make():
    cases = [*_more()]
    draws = Draws("optimizer wrappers")
    init = [draws.normal(*shape) for shape in SHAPES]
    gradients = _gradients(draws)
    for group in (_scheduled, _constrained, _excluded, _loss_scaled, _several):
        cases.extend(group(init, gradients))
    for prefix, (make_one, variants) in OWN.items():
        draws = Draws("optimizer " + prefix)
        init = [draws.normal(*shape) for shape in SHAPES]
        gradients = _gradients(draws)
        for suffix, options in variants.items():
            cases.append(make_case(f"{prefix}_{suffix}", make_one(**options), init, gradients))
        for suffix, options in COMMON.items():
            optimizer = make_one(learning_rate=0.02, **options)
            cases.append(make_case(f"{prefix}_{suffix}", optimizer, init, gradients))

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
        cases.append(make_case(name, optimizer, init, gradients))

    missing = [[g if i != 1 else None for i, g in enumerate(step)] for step in gradients]
    cases.append(make_case("adam_without_gradient", optimizers.Adam(0.02), init, missing))
    decayed = optimizers.SGD(0.1, momentum=0.5, weight_decay=0.1)
    cases.append(make_case("sgd_decay_without_gradient", decayed, init, missing))
    within = [[np.float32(0.01) * g for g in step] for step in _gradients(draws, scale=0.5)[:2]]
    cases.append(make_case("sgd_clipnorm_within", optimizers.SGD(0.5, clipnorm=5.0), init, within))
    cases.append(
        make_case(
            "sgd_global_clipnorm_within", optimizers.SGD(0.5, global_clipnorm=50.0), init, within
        )
    )
    scalar = [draws.normal()]
    steps = [[draws.normal()] for _ in range(STEPS)]
    cases.append(make_case("adam_scalar", optimizers.Adam(0.1), scalar, steps))
    cases.append(make_case("sgd_scalar_clipnorm", optimizers.SGD(0.1, clipnorm=0.2), scalar, steps))
    return cases
