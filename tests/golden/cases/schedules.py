"""schedules.json: learning rates at ordinary steps, at both ends of every period and far beyond."""

import numpy as np
from keras.optimizers import schedules

from .encoding import config, number, require_finite

FAR = [10**4, 10**6, 123_456_789]


def _steps(*marks):
    """0, 1, the steps around each mark, and some far away."""
    steps = {0, 1, 2, 3, 5, 8, 13, *FAR}
    for mark in marks:
        steps.update((int(mark) - 1, int(mark), int(mark) + 1))
    return sorted(step for step in steps if step >= 0)


def _case(name, schedule, steps):
    rates = [float(np.asarray(schedule(step))) for step in steps]
    require_finite(name, rates)
    return {
        "name": name,
        "schedule": config(schedule),
        "values": [[step, number(rate)] for step, rate in zip(steps, rates)],
    }


def _cosine():
    make = schedules.CosineDecay
    yield "plain", make(0.1, 20), _steps(10, 20)
    yield "alpha", make(0.3, 17, alpha=0.25), _steps(17)
    yield "alpha_one", make(0.3, 17, alpha=1.0), _steps(17)
    yield "one_step", make(1.0, 1), _steps(1)
    yield "fraction_of_steps", make(0.5, 7.5), _steps(7)
    yield "long", make(1e-3, 10**6, alpha=0.01), _steps(5 * 10**5, 10**6)
    yield "warmup", make(0.0, 20, warmup_target=0.2, warmup_steps=10), _steps(5, 10, 30)
    yield "warmup_alpha", make(
        0.05, 12, alpha=0.1, warmup_target=0.4, warmup_steps=7
    ), _steps(7, 19)
    yield "warmup_down", make(0.5, 9, warmup_target=0.1, warmup_steps=4), _steps(4, 13)
    yield "warmup_steps_unused", make(0.5, 9, warmup_steps=4), _steps(4, 9)
    yield "warmup_of_no_steps", make(0.5, 9, warmup_target=0.1), _steps(9)
    yield "named", make(0.5, 9, name="mine"), [0, 4, 9]


def _restarts():
    make = schedules.CosineDecayRestarts
    yield "plain", make(0.1, 10), _steps(10, 30, 70, 150, 310)
    yield "same_length", make(0.4, 6, t_mul=1.0), _steps(6, 12, 18)
    yield "falling", make(0.4, 6, t_mul=1.0, m_mul=0.5, alpha=0.1), _steps(6, 12, 18)
    yield "m_mul", make(0.2, 5, m_mul=0.8), _steps(5, 15, 35, 75)
    yield "alpha", make(0.2, 5, alpha=0.3), _steps(5, 15, 35)
    yield "t_mul_half_more", make(1.0, 10, t_mul=1.5, m_mul=0.9), _steps(10, 25, 47, 81)
    yield "t_mul_three", make(1.0, 4, t_mul=3.0, m_mul=0.7, alpha=0.05), _steps(4, 16, 52, 160, 484)
    yield "t_mul_below_one", make(1.0, 10, t_mul=0.5), [0, 1, 5, 9, 10, 11, 14, 15, 16, 17, 18]


def _exponential():
    make = schedules.ExponentialDecay
    yield "plain", make(0.1, 10, 0.96), _steps(10, 20)
    yield "staircase", make(0.1, 10, 0.5, staircase=True), _steps(10, 20, 30)
    yield "one_step", make(0.1, 1, 0.9), _steps(10)
    yield "growing", make(1e-4, 7, 1.3), [0, 1, 6, 7, 8, 40]
    yield "to_nothing", make(0.5, 3, 0.0), _steps(3)
    yield "whole_numbers", make(1.0, 4, 1), _steps(4)


def _inverse_time():
    make = schedules.InverseTimeDecay
    yield "plain", make(0.1, 10, 0.5), _steps(10, 20)
    yield "staircase", make(0.1, 10, 0.5, staircase=True), _steps(10, 20, 30)
    yield "one_step", make(0.3, 1, 2.0), _steps(10)
    yield "no_decay", make(0.3, 5, 0.0), _steps(5)


def _piecewise():
    make = schedules.PiecewiseConstantDecay
    yield "plain", make([5, 10, 20], [0.4, 0.2, 0.1, 0.05]), _steps(5, 10, 20)
    yield "one_boundary", make([7], [0.1, 0.01]), _steps(7)
    yield "from_the_start", make([0, 1], [1.0, 0.5, 0.25]), _steps(1)
    yield "rising", make([2, 3], [0.01, 0.5, 1.0]), _steps(3)
    yield "far_boundary", make([10**6], [0.5, 0.1]), _steps(10**6)


def _polynomial():
    make = schedules.PolynomialDecay
    yield "plain", make(0.1, 20), _steps(10, 20)
    yield "end", make(0.1, 20, end_learning_rate=0.02), _steps(10, 20)
    yield "square", make(0.3, 15, end_learning_rate=0.01, power=2.0), _steps(15)
    yield "root", make(0.3, 15, end_learning_rate=0.0, power=0.5), _steps(15)
    yield "rising", make(0.01, 15, end_learning_rate=0.5, power=1.5), _steps(15)
    yield "cycle", make(0.2, 10, end_learning_rate=0.05, cycle=True), _steps(10, 20, 30)
    yield "cycle_power", make(
        0.2, 7, end_learning_rate=0.05, power=3.0, cycle=True
    ), _steps(7, 14, 21)


def make():
    return [
        _case(f"{prefix}_{suffix}", schedule, steps)
        for prefix, schedule_cases in (
            ("cosine", _cosine),
            ("restarts", _restarts),
            ("exponential", _exponential),
            ("inverse_time", _inverse_time),
            ("piecewise", _piecewise),
            ("polynomial", _polynomial),
        )
        for suffix, schedule, steps in schedule_cases()
    ]
