"""fit.json: small models trained for a few epochs, in the given order, from given weights."""

import keras
import numpy as np
from keras import callbacks, layers, losses, metrics, optimizers, regularizers

from .encoding import Draws, config, number, require_finite, tensor


class Task:
    """Data that a small model can learn, and the last layer and loss that suit them."""

    def __init__(self, name, samples=40, features=4):
        draws = Draws("fit " + name)
        self.x = draws.normal(samples, features)
        noise = draws.normal(samples, scale=0.1)
        weights = draws.normal(features, 3)
        self.scores = self.x @ weights
        self.classes = np.argmax(self.scores, -1).astype("int32")
        self.target = np.round(self.scores[:, 0] + noise, 4).astype("float32")
        self.binary = (self.target > 0).astype("float32")
        self.one_hot = np.eye(3, dtype="float32")[self.classes]
        self.weights = draws.uniform(samples, high=2)
        self.draws = draws


def _mlp(outputs, activation=None, hidden=(6,), features=4, hidden_activation="tanh", **dense):
    return keras.Sequential(
        [keras.Input((features,))]
        + [layers.Dense(n, hidden_activation, **dense) for n in hidden]
        + [layers.Dense(outputs, activation)]
    )


def make_callback(described):
    """The callback of a {"class_name", "config"}; a schedule is described by its kind."""
    arguments = dict(described["config"])
    if schedule := arguments.get("schedule"):
        if schedule["kind"] != "exponential_per_epoch":
            raise ValueError(f"unknown kind of schedule {schedule['kind']}")
        arguments["schedule"] = lambda epoch, rate: rate * schedule["factor"]
    return getattr(callbacks, described["class_name"])(**arguments)


def make_case(name, model, x, y, fit, callback_list=(), validation_data=None, finite=True):
    """Trains a compiled model from drawn weights; `finite`: whether all numbers must be."""
    draws = Draws("weights " + name)
    drawn = [layer for layer in model.layers if not isinstance(layer, layers.Normalization)]
    for variable in [w for layer in drawn for w in layer.weights]:
        scale = 0.1 if len(variable.shape) < 2 else 1 / np.sqrt(variable.shape[0])
        variable.assign(draws.normal(*variable.shape, scale=scale))
    serialized = config(model)
    init = [np.array(w.value) for w in model.weights]
    history = model.fit(
        x,
        y,
        shuffle=False,
        verbose=0,
        callbacks=[make_callback(described) for described in callback_list],
        validation_data=validation_data,
        **fit,
    ).history
    final = [np.array(w.value) for w in model.weights]
    evaluate = model.evaluate(x, y, verbose=0, return_dict=True)
    same = model.evaluate(x, y, batch_size=fit["batch_size"], verbose=0, return_dict=True)
    for key in evaluate:
        if abs(evaluate[key] - same[key]) > 1e-5 * max(1.0, abs(same[key])):
            raise ValueError(f"{name}: evaluate's {key} depends on the size of the batches")
    predict = model.predict(x, verbose=0)
    if finite:
        require_finite(name, predict, *final, *history.values())

    keywords = dict(fit)
    if "sample_weight" in keywords:
        keywords["sample_weight"] = tensor(keywords["sample_weight"])
    if "class_weight" in keywords:
        keywords["class_weight"] = {str(k): v for k, v in keywords["class_weight"].items()}
    return {
        "name": name,
        "model": serialized,
        "weights": [w.path for w in model.weights],
        "init": [tensor(w) for w in init],
        "x": tensor(x),
        "y": tensor(y),
        "fit": keywords,
        "validation_data": validation_data and [tensor(v) for v in validation_data],
        "callbacks": list(callback_list) or None,
        "history": {key: [number(v) for v in values] for key, values in history.items()},
        "final": [tensor(w) for w in final],
        "evaluate": {key: number(v) for key, v in evaluate.items()},
        "predict": tensor(predict),
    }


def _early_stopping(**arguments):
    return {"class_name": "EarlyStopping", "config": arguments}


def _by_task():
    """The four kinds of target, from probabilities and from logits, with metrics by name."""
    short = dict(epochs=4, batch_size=8)
    task = Task("kinds")
    model = _mlp(1)
    model.compile(optimizers.SGD(0.05), "mean_squared_error", metrics=["mae", "mse"])
    yield "regression_sgd", model, task.x, task.target, short
    model = _mlp(1, hidden=(5, 4), hidden_activation="relu")
    model.compile(optimizers.Adam(0.01), losses.MeanAbsoluteError())
    yield "regression_mae_adam", model, task.x, task.target[:, None], short
    model = _mlp(2)
    model.compile(optimizers.RMSprop(0.01), losses.Huber(), metrics=["mean_absolute_error"])
    yield "regression_huber_two_outputs", model, task.x, task.scores[:, :2], short

    model = _mlp(1, "sigmoid")
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    yield "binary_strings", model, task.x, task.binary, short
    model = _mlp(1)
    model.compile(
        optimizers.Adam(0.02),
        losses.BinaryCrossentropy(from_logits=True),
        metrics=[metrics.BinaryAccuracy(threshold=0.0), "accuracy"],
    )
    yield "binary_logits", model, task.x, task.binary[:, None], short
    model = _mlp(3, "sigmoid")
    model.compile(optimizers.SGD(0.5), losses.BinaryCrossentropy(), metrics=["binary_accuracy"])
    yield "multilabel", model, task.x, (task.scores > 0).astype("float32"), short

    model = _mlp(3, "softmax")
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
    yield "multiclass_sparse_strings", model, task.x, task.classes, short
    model = _mlp(3, hidden=(6, 5), hidden_activation="relu")
    model.compile(
        optimizers.Adam(0.01),
        losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    yield "multiclass_sparse_logits", model, task.x, task.classes[:, None], short
    model = _mlp(3, "softmax")
    model.compile(
        optimizers.SGD(0.1, momentum=0.9, nesterov=True),
        losses.CategoricalCrossentropy(label_smoothing=0.1),
        metrics=["accuracy", "categorical_crossentropy"],
    )
    yield "multiclass_one_hot", model, task.x, task.one_hot, short
    model = _mlp(3)
    model.compile(
        optimizers.AdamW(0.02),
        losses.CategoricalCrossentropy(from_logits=True),
        metrics=[metrics.CategoricalAccuracy(name="acc"), metrics.TopKCategoricalAccuracy(k=2)],
    )
    yield "multiclass_one_hot_logits", model, task.x, task.one_hot, short


def _by_fit_option():
    """Validation, weights, a last batch that is smaller, reductions."""
    task = Task("options", samples=30)
    extra = Task("held out", samples=13)

    def classifier(**keywords):
        model = _mlp(3, "softmax")
        loss = losses.SparseCategoricalCrossentropy()
        model.compile(optimizers.Adam(0.02), loss, metrics=["accuracy"], **keywords)
        return model

    def binary(**keywords):
        model = _mlp(1, "sigmoid")
        model.compile(optimizers.SGD(0.3), "binary_crossentropy", **keywords)
        return model

    x, classes, flags = task.x, task.classes, task.binary
    yield "partial_batch", classifier(), x, classes, dict(epochs=3, batch_size=7)
    yield "whole_batch", classifier(), x, classes, dict(epochs=3, batch_size=64)
    yield "batch_of_one", classifier(), x[:9], classes[:9], dict(epochs=2, batch_size=1)
    split = dict(epochs=3, batch_size=8, validation_split=0.25)
    yield "validation_split", classifier(), x, classes, split
    held_out = (extra.x, extra.classes)
    options = dict(epochs=3, batch_size=8)
    yield "validation_data", classifier(), x, classes, options, (), held_out
    weighted = (extra.x, extra.classes, extra.weights)
    yield "validation_data_weighted", classifier(), x, classes, options, (), weighted
    by_class = dict(options, class_weight={0: 1.0, 1: 3.0, 2: 0.5})
    yield "class_weight", classifier(weighted_metrics=["accuracy"]), x, classes, by_class
    by_class = dict(options, class_weight={1: 4.0})
    yield "class_weight_binary_missing", binary(metrics=["accuracy"]), x, flags, by_class
    by_sample = dict(options, sample_weight=task.weights)
    yield "sample_weight", classifier(), x, classes, by_sample
    both = binary(metrics=["mse"], weighted_metrics=["mse", "mae"])
    yield "sample_weight_metrics", both, x, flags, by_sample
    by_sample = dict(by_sample, validation_split=0.2)
    yield "sample_weight_validation_split", classifier(), x, classes, by_sample

    model = _mlp(2)
    model.compile(optimizers.SGD(0.005), losses.MeanSquaredError(reduction="sum"))
    yield "reduction_sum", model, x, task.scores[:, :2], dict(epochs=3, batch_size=32)
    model = _mlp(1)
    loss = losses.MeanSquaredError(reduction="mean_with_sample_weight")
    model.compile(optimizers.SGD(0.05), loss)
    by_sample = dict(options, sample_weight=task.weights)
    yield "reduction_mean_with_sample_weight", model, x, task.target, by_sample


def _by_layer():
    """Each layer of the issue inside a trained model, Sequential and Functional."""
    task = Task("layers", samples=24)
    options = dict(epochs=3, batch_size=8)

    model = _mlp(
        1,
        kernel_regularizer=regularizers.L2(0.01),
        bias_regularizer=regularizers.L1(0.02),
        activity_regularizer=regularizers.L1L2(l1=0.01, l2=0.02),
    )
    model.compile(optimizers.SGD(0.05), "mse", metrics=["mse"])
    split = dict(options, validation_split=0.25)
    yield "regularizers", model, task.x, task.target, split

    model = keras.Sequential(
        [
            keras.Input((2, 2, 1)),
            layers.Rescaling(0.5, offset=0.1),
            layers.Flatten(),
            layers.Dense(6),
            layers.ReLU(),
            layers.Dropout(0.0),
            layers.Dense(3),
            layers.Softmax(),
        ]
    )
    model.compile(optimizers.Adam(0.02), "sparse_categorical_crossentropy", metrics=["accuracy"])
    yield "flatten_rescaling_dropout", model, task.x.reshape(24, 2, 2, 1), task.classes, options

    normalization = layers.Normalization()
    normalization.adapt(task.x * 3 + 1)
    model = keras.Sequential(
        [keras.Input((4,)), normalization, layers.Dense(5, "elu"), layers.Dense(1)]
    )
    model.compile(optimizers.RMSprop(0.01, momentum=0.5), "mse")
    yield "normalization", model, task.x * 3 + 1, task.target, options

    inputs = keras.Input((4,))
    hidden = layers.Dense(4, "gelu")(inputs)
    hidden = layers.Add()([inputs, hidden])
    side = layers.LeakyReLU()(layers.Dense(3)(inputs))
    joined = layers.Concatenate()([hidden, side])
    model = keras.Model(inputs, layers.Dense(3)(layers.ELU(alpha=0.5)(joined)))
    loss = losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizers.Adam(0.01), loss, metrics=["accuracy"])
    yield "functional_add_concatenate", model, task.x, task.classes, options

    inputs = keras.Input((4,))
    shared = layers.Dense(4, "tanh")
    outputs = layers.Dense(1, "sigmoid")(shared(shared(inputs)))
    model = keras.Model(inputs, outputs)
    model.compile(optimizers.Adam(0.02), "binary_crossentropy", metrics=["accuracy"])
    yield "functional_shared_layer", model, task.x, task.binary, options

    model = keras.Sequential(
        [
            keras.Input((4,)),
            layers.Reshape((2, -1)),
            layers.Dense(3, "selu"),
            layers.Activation("softplus"),
            layers.Dense(2),
        ]
    )
    model.compile(optimizers.SGD(0.05, momentum=0.5), losses.MeanSquaredError())
    yield "sequence_output", model, task.x, task.draws.normal(24, 2, 2), options

    model = _mlp(2, hidden=(5, 5))
    model.layers[0].trainable = False
    model.compile(optimizers.Adam(0.02), "mse")
    yield "frozen_layer", model, task.x, task.scores[:, 1:], options


def _by_optimizer():
    task = Task("optimizers", samples=26)
    options = dict(epochs=3, batch_size=8)
    for name, optimizer in (
        ("adam_amsgrad_clipnorm", optimizers.Adam(0.02, amsgrad=True, clipnorm=0.1)),
        ("adamw_decay_global_clipnorm", optimizers.AdamW(0.02, 0.1, global_clipnorm=0.2)),
        ("rmsprop_centered_momentum", optimizers.RMSprop(0.01, momentum=0.6, centered=True)),
        ("sgd_decay_clipvalue", optimizers.SGD(0.2, weight_decay=0.02, clipvalue=0.05)),
        ("adam_ema", optimizers.Adam(0.02, use_ema=True, ema_momentum=0.9)),
        (
            "sgd_ema_overwrite",
            optimizers.SGD(0.1, use_ema=True, ema_momentum=0.5, ema_overwrite_frequency=3),
        ),
        ("sgd_accumulation", optimizers.SGD(0.2, gradient_accumulation_steps=2)),
        ("adam_loss_scale", optimizers.Adam(0.02, loss_scale_factor=16.0)),
    ):
        model = _mlp(3)
        loss = losses.SparseCategoricalCrossentropy(from_logits=True)
        model.compile(optimizer, loss, metrics=["accuracy"])
        yield name, model, task.x, task.classes, options


def _by_callback():
    """EarlyStopping: with too large a rate the loss soon rises, so that each of them stops."""
    task = Task("callbacks", samples=32)
    split = dict(epochs=12, batch_size=8, validation_split=0.25)

    def model(rate):
        made = _mlp(1, hidden_activation="tanh")
        made.compile(optimizers.SGD(rate, momentum=0.9), "mse", metrics=["mae"])
        return made

    for name, rate, arguments in (
        ("early_stopping", 0.12, dict(monitor="val_loss", patience=1)),
        (
            "early_stopping_restore",
            0.12,
            dict(monitor="val_loss", patience=2, min_delta=0.001, restore_best_weights=True),
        ),
        ("early_stopping_metric", 0.12, dict(monitor="val_mae", patience=1, mode="min")),
        (
            "early_stopping_restore_not_stopped",
            0.12,
            dict(monitor="val_loss", patience=50, restore_best_weights=True),
        ),
        ("early_stopping_baseline", 0.12, dict(monitor="val_loss", patience=3, baseline=0.001)),
        (
            "early_stopping_start_from_epoch",
            0.12,
            dict(monitor="val_loss", patience=0, start_from_epoch=3),
        ),
    ):
        yield name, model(rate), task.x, task.target, split, [_early_stopping(**arguments)]


def make():
    cases = []
    for group in (_by_task, _by_fit_option, _by_layer, _by_optimizer, _by_callback):
        arguments = group()
        while True:
            keras.utils.clear_session()
            if (one := next(arguments, None)) is None:
                break
            cases.append(make_case(*one))
    return cases
