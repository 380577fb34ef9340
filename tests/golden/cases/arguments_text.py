"""arguments_text.json: what layers_text leaves at its default, found by coverage.py."""

import keras
import numpy as np
from keras import layers

from .layers_text import make_case


def _integer_lookups():
    lookup = layers.IntegerLookup
    kept = [10, 30, -20]
    numbers = np.array([[10, -20, 30], [7, -8, 0], [-1, 12345, 10]], "int64")
    indices = np.array([[0, 1, 2], [3, 4, 1]], "int64")
    yield "oov_token", lookup(vocabulary=kept, oov_token=-7), [numbers]
    yield "oov_token_invert", lookup(vocabulary=kept, oov_token=-7, invert=True), [indices]
    yield "oov_token_adapt", lookup(oov_token=30, output_mode="count"), [numbers], numbers * 3
    for mode in ("one_hot", "multi_hot", "count"):
        padded = lookup(vocabulary=kept, max_tokens=7, pad_to_max_tokens=True, output_mode=mode)
        yield f"padded_{mode}", padded, [numbers]
    padded = lookup(max_tokens=20, pad_to_max_tokens=True, output_mode="tf_idf", mask_token=0)
    yield "padded_tf_idf_adapt", padded, [numbers], numbers


def make():
    keras.utils.clear_session()
    return [make_case(f"integer_lookup_{name}", *rest) for name, *rest in _integer_lookups()]
