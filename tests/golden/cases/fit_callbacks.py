"""fit_callbacks.json: runs that a callback ends or whose rate it changes, in the form of fit.json.

Rates are so large that a loss soon rises and an accuracy stands still: each option decides about
some epoch of its case.
"""

import keras
import numpy as np
from keras import layers, losses, optimizers

from .fit import Task, make_case

EPOCHS = 10


def _early_stopping(**arguments):
    return {"class_name": "EarlyStopping", "config": arguments}


def _reduce(**arguments):
    return {"class_name": "ReduceLROnPlateau", "config": arguments}


def _schedule(factor):
    schedule = {"kind": "exponential_per_epoch", "factor": factor}
    return {"class_name": "LearningRateScheduler", "config": {"schedule": schedule}}


def _terminate(**arguments):
    return {"class_name": "TerminateOnNaN", "config": arguments}


def _regression(rate=0.06, **sgd):
    model = keras.Sequential(
        [keras.Input((3,)), layers.Dense(3, "tanh"), layers.Dense(1)]
    )
    model.compile(optimizers.SGD(rate, momentum=0.9, **sgd), "mse", metrics=["mae"])
    return model


def _classifier(rate=0.5, optimizer=optimizers.SGD, **compiled):
    model = keras.Sequential([keras.Input((3,)), layers.Dense(4, "relu"), layers.Dense(3)])
    loss = losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer(rate), loss, metrics=["accuracy"], **compiled)
    return model


def _early_stopping_cases(task, split, weighted):
    for name, arguments in (
        ("loss_no_patience", dict(monitor="loss")),
        ("val_mae_auto_patience", dict(monitor="val_mae", patience=2)),
        ("min_delta", dict(monitor="loss", min_delta=0.05, patience=2)),
        ("min_delta_negative", dict(monitor="loss", min_delta=-0.05, patience=2)),
        ("baseline_reached", dict(monitor="val_loss", baseline=2.0, patience=3)),
        ("baseline_missed", dict(monitor="val_loss", baseline=0.001, patience=4)),
        ("start_from_epoch", dict(monitor="val_loss", start_from_epoch=6)),
        ("restore", dict(monitor="val_loss", patience=3, restore_best_weights=True)),
        (
            "restore_start_from_epoch",
            dict(monitor="loss", patience=30, restore_best_weights=True, start_from_epoch=4),
        ),
        (
            "restore_baseline",
            dict(monitor="val_loss", patience=2, baseline=0.1, restore_best_weights=True),
        ),
    ):
        name = "early_stopping_" + name
        yield name, _regression(), task.x, task.target, split, [_early_stopping(**arguments)]

    every_second = dict(split, validation_freq=2)
    stop = [_early_stopping(monitor="val_loss", patience=1)]
    name = "early_stopping_validation_freq"
    yield name, _regression(), task.x, task.target, every_second, stop
    later = dict(split, initial_epoch=4)
    stop = [_early_stopping(monitor="val_loss", patience=1, restore_best_weights=True)]
    yield "early_stopping_initial_epoch", _regression(), task.x, task.target, later, stop

    for name, arguments in (
        ("accuracy_auto", dict(monitor="accuracy", patience=2)),
        ("accuracy_max", dict(monitor="accuracy", mode="max", patience=2, min_delta=0.03)),
        ("accuracy_min", dict(monitor="accuracy", mode="min", patience=1)),
        ("accuracy_baseline_max", dict(monitor="accuracy", baseline=0.95, patience=3)),
    ):
        name = "early_stopping_" + name
        yield name, _classifier(), task.x, task.classes, weighted, [_early_stopping(**arguments)]


def _reduce_cases(task, split, weighted, by_sample):
    for name, arguments in (
        ("factor", dict(monitor="loss", factor=0.5, patience=1)),
        ("cooldown", dict(monitor="loss", factor=0.8, patience=1, cooldown=2)),
        ("min_lr", dict(monitor="val_loss", factor=0.1, patience=1, min_lr=0.05)),
        ("min_delta", dict(monitor="val_loss", factor=0.7, patience=2, min_delta=0.3)),
        ("no_patience", dict(monitor="loss", factor=0.6, patience=0)),
        ("factor_zero", dict(monitor="loss", factor=0.0, patience=1)),
        ("default_patience", dict(monitor="loss", min_delta=10.0)),
    ):
        more = dict(split, epochs=13) if name == "default_patience" else split
        yield "reduce_" + name, _regression(), task.x, task.target, more, [_reduce(**arguments)]

    climbing = dict(monitor="accuracy", mode="max", factor=0.5, patience=1)
    yield "reduce_max", _classifier(), task.x, task.classes, weighted, [_reduce(**climbing)]
    found = dict(monitor="val_accuracy", factor=0.4, patience=2, cooldown=1)
    model = _classifier(0.3, optimizers.Adam)
    yield "reduce_auto_adam", model, task.x, task.classes, split, [_reduce(**found)]
    model = _classifier(weighted_metrics=["accuracy"])
    weighed = dict(monitor="weighted_accuracy", mode="max", factor=0.3, patience=1)
    yield "reduce_weighted", model, task.x, task.classes, by_sample, [_reduce(**weighed)]


def _schedule_cases(task, split, weighted, by_sample):
    yield "schedule_falling", _regression(), task.x, task.target, split, [_schedule(0.7)]
    model = _classifier(0.02, optimizers.Adam)
    yield "schedule_rising", model, task.x, task.classes, by_sample, [_schedule(1.4)]
    later = dict(weighted, initial_epoch=7)
    yield "schedule_initial_epoch", _classifier(), task.x, task.classes, later, [_schedule(0.5)]
    both = [_schedule(0.9), _reduce(monitor="loss", factor=0.5, patience=1)]
    yield "schedule_and_reduce", _regression(), task.x, task.target, split, both
    stop = _early_stopping(monitor="val_loss", patience=3, restore_best_weights=True)
    reduce = _reduce(monitor="val_loss", factor=0.2, patience=1)
    yield "reduce_then_stop", _regression(), task.x, task.target, split, [reduce, stop]
    yield "stop_then_reduce", _regression(), task.x, task.target, split, [stop, reduce]


def _terminate_cases(task, split):
    yield "terminate_finite", _regression(0.01), task.x, task.target, split, [_terminate()]
    large = np.array(task.target)
    large[10] = 1e20  # its square is infinite; the clipped gradient is not
    infinite = split, [_terminate()], None, False
    yield "terminate_infinite", _regression(0.01, clipvalue=0.1), task.x, large, *infinite
    missing = np.array(task.target)
    missing[10] = np.nan
    both = [_early_stopping(monitor="loss", restore_best_weights=True), _terminate()]
    last = dict(split, initial_epoch=3), both, None, False
    yield "terminate_nan_weights", _regression(0.01), task.x, missing, *last


def _swap_cases(task, split):
    """A stop comes in the last epoch or not at all: there Keras leaves the averages in the model."""
    for name, arguments in (("tests", {}), ("epochs", {"swap_on_epoch": True})):
        swap = {"class_name": "SwapEMAWeights", "config": arguments}
        model = _regression(0.04, use_ema=True, ema_momentum=0.8)
        yield "swap_ema_" + name, model, task.x, task.target, split, [swap]
        model = _regression(0.04, use_ema=True, ema_momentum=0.5, ema_overwrite_frequency=4)
        best = _early_stopping(monitor="val_loss", patience=30, restore_best_weights=True)
        yield f"swap_ema_{name}_best", model, task.x, task.target, split, [swap, best]


def make():
    task = Task("callback options", samples=22, features=3)
    split = dict(epochs=EPOCHS, batch_size=5, validation_split=0.25)
    weighted = dict(epochs=EPOCHS, batch_size=5, class_weight={0: 1.0, 1: 2.0, 2: 0.5})
    by_sample = dict(epochs=EPOCHS, batch_size=5, sample_weight=task.weights)
    cases = []
    for group in (
        _early_stopping_cases(task, split, weighted),
        _reduce_cases(task, split, weighted, by_sample),
        _schedule_cases(task, split, weighted, by_sample),
        _terminate_cases(task, split),
        _swap_cases(task, split),
    ):
        while True:
            keras.utils.clear_session()
            if (one := next(group, None)) is None:
                break
            cases.append(make_case(*one))
    return cases
