"""Small models that begin with strings, for make_models.py --strings."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

TEXTS = ["a fine day", "What a GOOD thing!", "so bad, so sad", "", "awful; awful \u00c4rger", "a day"]
LABELS = np.array([[1], [1], [0], [1], [0], [1]], "float32")


def column():
    return np.array(TEXTS, dtype=object).reshape(-1, 1)


def compiled(model, optimizer="adam"):
    model.compile(optimizer, "binary_crossentropy")
    return model


def text_embedding():
    """What it learned is an asset. With SGD: Keras on TensorFlow, and there alone, leaves Adam's
    moments of an embedding's other rows as they are."""
    words = layers.TextVectorization(output_sequence_length=5, name="words")
    words.adapt(TEXTS)
    model = keras.Sequential(
        [
            keras.Input((1,), dtype="string"),
            words,
            layers.Embedding(words.vocabulary_size(), 3),
            layers.GlobalAveragePooling1D(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    return compiled(model, "sgd"), [column()], [LABELS]


def text_tf_idf():
    """Weights of words stand in the weights file."""
    words = layers.TextVectorization(output_mode="tf_idf", ngrams=2)
    words.adapt(TEXTS)
    model = keras.Sequential(
        [keras.Input((1,), dtype="string"), words, layers.Dense(1, activation="sigmoid")]
    )
    return compiled(model), [column()], [LABELS]


def lookups():
    """Two of one class, one with its vocabulary in the config; hashes beside them."""
    text = keras.Input((1,), dtype="string", name="text")
    number = keras.Input((2,), dtype="int64", name="number")
    learned = layers.StringLookup(name="learned", output_mode="count", num_oov_indices=2)
    # Without "": as the last line of its file Keras itself loses it.
    learned.adapt(np.array([text for text in TEXTS if text], dtype=object))
    given = layers.StringLookup(vocabulary=["a day", ""], name="given", output_mode="one_hot")
    ids = layers.IntegerLookup(output_mode="multi_hot", mask_token=3)
    ids.adapt(np.array([[7, -1], [3, 7]]))
    hashed = layers.Hashing(4, salt=(1, 2), output_mode="multi_hot")
    parts = [learned(text), given(text), ids(number), hashed(number)]
    parts = [layers.Rescaling(0.5)(part) for part in parts]
    output = layers.Dense(1, activation="sigmoid")(layers.Concatenate()(parts))
    model = keras.Model([text, number], output)
    numbers = np.array([[7, 3], [-1, 9], [3, 3], [0, 7], [8, 7], [7, 7]], "int64")
    return compiled(model), [column(), numbers], [LABELS]


def plain_tokens():
    """None where it is no default."""
    words = layers.TextVectorization(
        standardize=None, split=None, ngrams=(2, 1), vocabulary=["A!", "A! b", "b"]
    )
    model = keras.Sequential([keras.Input((3,), dtype="string"), words, layers.Rescaling(2.0)])
    tokens = np.array([["A!", "b", "c"], ["b", "A!", "b"]], dtype=object)
    return model, [tokens], []


MAKERS = (text_embedding, text_tf_idf, lookups, plain_tokens)


def as_tensors(arrays):
    """What Keras takes: it refuses NumPy's strings in some places."""
    return [tf.constant(a) if a.dtype == object else a for a in arrays]
