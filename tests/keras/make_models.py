#!/usr/bin/env python3
"""Builds, trains and saves small models in real Keras, each with the numbers it must give.

    make_models.py FOLDER             on JAX
    make_models.py FOLDER --strings   those of text_models.py, on TensorFlow

writes FOLDER/<name>.keras and beside each FOLDER/<name>.json, the sidecar:

    {"inputs":      [tensor, ..],   one for each of model.inputs, in that order
     "predictions": [tensor, ..],   model.predict(inputs), one for each of model.outputs
     "train_x":     [tensor, ..],   one batch: a tensor for each input
     "train_y":     [tensor, ..],   its targets: a tensor for each output
     "losses":      [l1, .., l5]}   see below

A tensor is {"shape": [..], "dtype": "float32|int32|int64|uint8|string|..", "data": [flat, row-major]};
floats are shortest round-trip decimals of float32.

`predictions` are those of the model just loaded from the file, before any further training.
`losses` are those of five calls of train_on_batch(train_x, train_y) after that, on this whole batch
every time, starting from the state in the file: weights, optimizer slots, iterations, moving
averages. Each is the total loss that Keras calls "loss" (losses of all outputs times loss_weights,
plus regularization), in training mode, before that step's update, without averaging over the steps.
For a model that was saved without compile the last three lists are empty.

Files that Antler writes for check_models.py have the same sidecar. Tolerances, relative to
max(1, |expected|): predictions 1e-6, losses 1e-5. No model here draws random numbers after saving.
"""

import os
import pathlib
import sys

STRINGS = sys.argv[2:] == ["--strings"]
os.environ["KERAS_BACKEND"] = "tensorflow" if STRINGS else "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers, losses, optimizers, regularizers  # noqa: E402

import network_makers  # noqa: E402
import sidecar  # noqa: E402
from draws import DRAWS, SAMPLES, classes, column, normal  # noqa: E402


def course_network():
    """The network of the introductory course, with a loss object from logits."""
    model = keras.Sequential(
        [
            keras.Input((6, 6)),
            layers.Rescaling(1.0 / 255),
            layers.Flatten(),
            layers.Dense(25, activation="relu"),
            layers.Dense(15, activation="relu"),
            layers.Dense(10),
        ]
    )
    loss = losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizers.Adam(1e-3), loss, metrics=["accuracy"])
    pixels = DRAWS.integers(0, 256, (SAMPLES, 6, 6)).astype("float32")
    return model, [pixels], [classes(10)]


def two_inputs_two_outputs():
    """A layer shared by both inputs; losses as a list."""
    left, right = keras.Input((4,), name="left"), keras.Input((4,), name="right")
    shared = layers.Dense(5, activation="tanh", name="shared")
    joined = layers.Concatenate()([shared(left), shared(right)])
    kind = layers.Dense(3, activation="softmax", name="kind")(joined)
    score = layers.Dense(1, name="score")(layers.Add()([shared(left), shared(right)]))
    model = keras.Model([left, right], [kind, score], name="pair")
    model.compile(
        optimizers.Adam(0.01),
        loss=["sparse_categorical_crossentropy", "mean_squared_error"],
        loss_weights=[1.0, 0.5],
        metrics=[["accuracy"], ["mean_absolute_error"]],
    )
    return model, [normal(SAMPLES, 4), normal(SAMPLES, 4)], [classes(3), column()]


def outputs_by_name():
    """The loss, its weights and the metrics given by the names of the outputs."""
    inputs = keras.Input((5,))
    body = layers.Dense(6, activation="gelu")(inputs)
    flag = layers.Dense(1, activation="sigmoid", name="flag")(body)
    score = layers.Dense(2, name="score")(body)
    model = keras.Model(inputs, [flag, score])
    model.compile(
        optimizers.RMSprop(0.005),
        loss={"flag": losses.BinaryCrossentropy(), "score": losses.MeanSquaredError()},
        loss_weights={"flag": 2.0, "score": 0.25},
        metrics={"flag": ["accuracy"], "score": ["mae"]},
    )
    return model, [normal(SAMPLES, 5)], [column("flags"), normal(SAMPLES, 2)]


def normalization_and_rescaling():
    """Features standardized and a target in its unit, inside the model."""
    x = normal(SAMPLES, 4) * np.float32(3) + np.float32(1)
    normalization = layers.Normalization()
    normalization.adapt(x)
    model = keras.Sequential(
        [
            keras.Input((4,)),
            normalization,
            layers.Dense(8, activation="relu"),
            layers.Dense(1),
            layers.Rescaling(2.5, offset=-0.75),
        ]
    )
    optimizer = optimizers.SGD(0.01, momentum=0.9, nesterov=True)
    model.compile(optimizer, "mean_squared_error", metrics=["mae"])
    return model, [x], [column()]


def nested_model():
    """A Sequential and a functional model as layers of a third."""
    encoder = keras.Sequential(
        [keras.Input((4,)), layers.Dense(6, activation="selu"), layers.Dense(3)], name="encoder"
    )
    inner = keras.Input((3,))
    head = keras.Model(inner, layers.Add()([inner, layers.Dense(3)(inner)]), name="head")
    inputs = keras.Input((4,))
    outputs = layers.Dense(2, activation="sigmoid")(head(encoder(inputs)))
    model = keras.Model(inputs, outputs, name="outer")
    optimizer = optimizers.Adam(0.01, amsgrad=True)
    model.compile(optimizer, "binary_crossentropy", metrics=["binary_accuracy"])
    return model, [normal(SAMPLES, 4)], [(normal(SAMPLES, 2) > 0).astype("float32")]


def rmsprop_with_momentum():
    """All three slots of RMSprop; loss and metrics as strings."""
    model = keras.Sequential(
        [keras.Input((4,)), layers.Dense(6, activation="elu"), layers.Dense(1, "sigmoid")]
    )
    optimizer = optimizers.RMSprop(0.005, momentum=0.6, centered=True, clipnorm=0.5)
    model.compile(optimizer, "binary_crossentropy", metrics=["accuracy"])
    return model, [normal(SAMPLES, 4)], [column("flags")]


def adamw_with_average():
    """A moving average of the weights among the optimizer's variables."""
    model = keras.Sequential(
        [keras.Input((5,)), layers.Dense(6, activation="silu"), layers.Dense(3)]
    )
    optimizer = optimizers.AdamW(
        0.01, weight_decay=0.02, use_ema=True, ema_momentum=0.9, ema_overwrite_frequency=4
    )
    loss = losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)
    model.compile(optimizer, loss, metrics=["categorical_accuracy"])
    return model, [normal(SAMPLES, 5)], [np.eye(3, dtype="float32")[classes(3)]]


def sgd_with_accumulation():
    """Regularizers, Huber, and gradients gathered over two steps."""
    model = keras.Sequential(
        [
            keras.Input((4,)),
            layers.Dense(
                6,
                activation="softplus",
                kernel_regularizer=regularizers.L1L2(l1=0.001, l2=0.01),
                bias_regularizer=regularizers.L2(0.02),
                activity_regularizer=regularizers.L2(0.003),
            ),
            layers.Dense(1),
        ]
    )
    optimizer = optimizers.SGD(0.05, momentum=0.5, gradient_accumulation_steps=2)
    model.compile(optimizer, losses.Huber())
    return model, [normal(SAMPLES, 4)], [column()]


def every_plain_layer():
    """The layers without weights, and one Dense that is frozen and one without bias."""
    model = keras.Sequential(
        [
            keras.Input((2, 3)),
            layers.Reshape((3, -1)),
            layers.Dense(4, trainable=False),
            layers.LeakyReLU(negative_slope=0.1),
            layers.Flatten(),
            layers.Dropout(0.0),
            layers.Dense(5, use_bias=False),
            layers.ReLU(max_value=3.0),
            layers.Dense(5),
            layers.ELU(alpha=0.7),
            layers.Dense(4),
            layers.Activation("exponential"),
            layers.Dense(3),
            layers.Softmax(),
        ]
    )
    loss = losses.SparseCategoricalCrossentropy(reduction="sum")
    model.compile(optimizers.Adam(0.003, weight_decay=0.01), loss)
    return model, [normal(SAMPLES, 2, 3)], [classes(3)]


def transformer():
    """Every kind of attention: masks that travel from an Embedding, and arguments of the call."""
    tokens, questions = keras.Input((6,), dtype="int32"), keras.Input((2, 8))
    x = layers.Embedding(7, 8, mask_zero=True)(tokens)
    attended = layers.MultiHeadAttention(2, 3, use_gate=True)(x, x, use_causal_mask=True)
    x = layers.LayerNormalization()(layers.Add()([x, attended]))
    x = layers.GroupQueryAttention(3, 4, 2, sliding_window=3)(x, x)
    x = layers.Attention(use_scale=True, score_mode="concat")([x, x])
    x = layers.AdditiveAttention()([questions, x])
    model = keras.Model([tokens, questions], layers.Dense(3)(layers.Flatten()(x)))
    loss = losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizers.Adam(0.003), loss)
    drawn = DRAWS.integers(0, 7, (SAMPLES, 6)).astype("int32")
    return model, [drawn, normal(SAMPLES, 2, 8)], [classes(3)]


def not_compiled():
    inputs = keras.Input((3,))
    hidden = layers.Dense(4, activation="log_softmax")(inputs)
    return keras.Model(inputs, layers.Dense(2)(hidden)), [normal(5, 3)], []


MAKERS = (
    course_network,
    two_inputs_two_outputs,
    outputs_by_name,
    normalization_and_rescaling,
    nested_model,
    rmsprop_with_momentum,
    adamw_with_average,
    sgd_with_accumulation,
    every_plain_layer,
    transformer,
    not_compiled,
    *network_makers.MAKERS,
)


def make(maker, folder):
    keras.utils.clear_session()
    keras.utils.set_random_seed(7)
    model, x, y = maker()
    if y:
        # Batches of 7 leave a smaller one at the end, and an odd number of steps.
        model.fit(
            sidecar.unpacked(x), sidecar.unpacked(y), epochs=3, batch_size=7, shuffle=False,
            verbose=0,
        )  # fmt: skip
    path = folder / f"{maker.__name__}.keras"
    model.save(path)
    loaded = keras.saving.load_model(path)
    content = {"inputs": x, "predictions": sidecar.predictions(loaded, x), "losses": []}
    content["train_x"], content["train_y"] = (x, y) if y else ([], [])
    if y:
        content["losses"] = sidecar.next_losses(loaded, x, y)
    sidecar.write(path.with_suffix(".json"), content)


def main():
    if len(sys.argv) != (3 if STRINGS else 2):
        print("usage: make_models.py FOLDER [--strings]", file=sys.stderr)
        return 2
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    makers = MAKERS
    if STRINGS:
        import text_models

        makers = text_models.MAKERS
    for maker in makers:
        make(maker, folder)
    print(f"Keras {keras.__version__} wrote {len(makers)} models")
    return 0


if __name__ == "__main__":
    sys.exit(main())
