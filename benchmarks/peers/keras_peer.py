"""Keras 3 on TensorFlow, JAX or PyTorch: model.fit on data in memory, what its users write."""

import os
import time

import numpy as np

import layers as described
from peer import Peer
from workloads import FLAGS, LEARNING_RATE


def make(workload, threads, backend):
    os.environ["KERAS_BACKEND"] = backend
    os.environ["JAX_PLATFORMS"] = "cpu"
    if backend == "torch":
        import torch

        torch.set_num_threads(threads)
    return KerasPeer(workload, threads)


def transformer_block(x, block):
    from keras import layers

    width = x.shape[-1]
    attention = layers.MultiHeadAttention(block.heads, width // block.heads)(x, x)
    seen = layers.LayerNormalization(epsilon=block.epsilon)(layers.Add()([x, attention]))
    thought = layers.Dense(width)(layers.Dense(block.hidden, activation="relu")(seen))
    return layers.LayerNormalization(epsilon=block.epsilon)(layers.Add()([seen, thought]))


def apply(layer, x):
    """A described layer of Keras on x."""
    from keras import layers

    match layer:
        case described.Dense():
            return layers.Dense(layer.units, activation=layer.activation)(x)
        case described.Conv():
            rank = len(layer.kernel_size)
            return (layers.Conv1D if rank == 1 else layers.Conv2D)(
                layer.filters,
                layer.kernel_size,
                strides=layer.strides,
                padding=layer.padding,
                activation=layer.activation,
                use_bias=layer.use_bias,
            )(x)
        case described.MaxPooling2D():
            return layers.MaxPooling2D(layer.pool_size)(x)
        case described.BatchNormalization():
            return layers.BatchNormalization(momentum=layer.momentum, epsilon=layer.epsilon)(x)
        case described.ReLU():
            return layers.ReLU()(x)
        case described.Flatten():
            return layers.Flatten()(x)
        case described.GlobalAveragePooling():
            pooling = (
                layers.GlobalAveragePooling1D
                if len(x.shape) == 3
                else layers.GlobalAveragePooling2D
            )
            return pooling()(x)
        case described.LSTM():
            return layers.LSTM(layer.units)(x)
        case described.TransformerBlock():
            return transformer_block(x, layer)
    raise TypeError(f"no Keras form of {layer}")


def epoch_clock():
    """A callback that has the seconds between the beginning and the end of each epoch."""
    import keras

    class EpochClock(keras.callbacks.Callback):
        def __init__(self):
            super().__init__()
            self.seconds = []

        def on_epoch_begin(self, epoch, logs=None):
            self.begin = time.perf_counter()

        def on_epoch_end(self, epoch, logs=None):
            self.seconds.append(time.perf_counter() - self.begin)

    return EpochClock()


class KerasPeer(Peer):
    def build(self, weights, x, y):
        import keras

        inputs = keras.Input(self.workload.input_shape)
        outputs = inputs
        for layer in self.workload.layers:
            outputs = apply(layer, outputs)
        self.model = keras.Model(inputs, outputs)
        self.model.set_weights(weights)
        flags = self.workload.loss == FLAGS
        losses = keras.losses
        loss = losses.BinaryCrossentropy if flags else losses.SparseCategoricalCrossentropy
        self.model.compile(keras.optimizers.Adam(LEARNING_RATE), loss(from_logits=True))
        # Each step sees the same batch, as with the peers that have one.
        times = self.workload.batches
        self.x, self.y = np.concatenate([x] * times), np.concatenate([y] * times)

    def fit(self, count, epochs, callbacks=()):
        """fit() over the first `count` batches."""
        rows = count * self.workload.batch
        return self.model.fit(
            self.x[:rows],
            self.y[:rows],
            batch_size=self.workload.batch,
            epochs=epochs,
            shuffle=False,
            verbose=0,
            callbacks=list(callbacks),
        )

    def first_losses(self, count):
        # An epoch of one batch: its loss is that of the step.
        return self.fit(1, count).history["loss"]

    def step_seconds(self, seconds):
        batches = self.workload.batches
        clock = epoch_clock()
        self.fit(1, 1)  # compiled long since: wakes the caches after another's turn
        while sum(clock.seconds) < seconds:
            self.fit(batches, 1, [clock])
        return sum(clock.seconds) / len(clock.seconds) / batches

    def predict(self, x):
        return np.asarray(self.model.predict_on_batch(x))

    def predict_many(self, x):
        return self.model.predict(x, batch_size=1024, verbose=0)

    def epoch(self, x, y):
        history = self.model.fit(
            x, y, batch_size=self.workload.batch, shuffle=True, validation_split=0.1, verbose=0
        )
        return history.history["val_loss"][0]
