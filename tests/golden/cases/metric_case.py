"""What the metric cases share: how one is made, and the usual variants of a metric."""

import numpy as np

from .encoding import Draws, config, require_finite, tensor, value

SIZES = (4, 5, 2)  # the last batch of an epoch is often smaller


def make_case(name, metric, batches, forgotten=None):
    """`forgotten`: arguments that Keras reads but does not write."""
    for batch in batches:
        metric.update_state(*batch)
    result = metric.result()
    require_finite(name, result)
    written = config(metric)
    written["config"].update(forgotten or {})
    return {
        "name": name,
        "metric": written,
        "batches": [[tensor(array) for array in batch] for batch in batches],
        "result": value(result),
    }


def variants(name, make, draw, weight=True, column=True):
    """The metric over three batches, over one, and with weights a sample and a column."""
    draws = Draws("metric " + name)
    yield name, make(), [draw(draws, n) for n in SIZES]
    yield name + "_one_sample", make(), [draw(draws, 1)]
    if weight:
        yield name + "_weights", make(), [(*draw(draws, n), draws.uniform(n)) for n in SIZES]
        if column:
            columns = [(*draw(draws, n), draws.uniform(n, 1, high=3)) for n in SIZES]
            yield name + "_weight_column", make(), columns
        zeros = [(*draw(draws, n), np.zeros(n, "float32")) for n in SIZES]
        yield name + "_zero_weights", make(), zeros
