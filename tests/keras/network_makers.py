"""Convolutional, recurrent and attention networks for make_models.py."""

import keras
from keras import layers, losses, optimizers

from draws import DRAWS, SAMPLES, classes, column, normal


def logits_loss():
    return losses.SparseCategoricalCrossentropy(from_logits=True)


def tokens(count, length):
    """Sequences that end in zeros, which an Embedding masks."""
    drawn = DRAWS.integers(1, count, (SAMPLES, length)).astype("int32")
    for row, filled in enumerate(DRAWS.integers(1, length + 1, SAMPLES)):
        drawn[row, filled:] = 0
    return drawn


def convolutional():
    model = keras.Sequential(
        [
            keras.Input((8, 12, 2)),
            layers.Conv2D(4, 3, padding="same", activation="relu"),
            layers.BatchNormalization(momentum=0.8),
            layers.MaxPooling2D(),
            layers.Conv2D(6, (2, 3), dilation_rate=(1, 2), groups=2, use_bias=False),
            layers.BatchNormalization(scale=False),
            layers.AveragePooling2D(2, strides=1, padding="same"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(3),
        ]
    )
    model.compile(optimizers.Adam(0.005), logits_loss(), metrics=["accuracy"])
    return model, [normal(SAMPLES, 8, 12, 2)], [classes(3)]


def separable():
    model = keras.Sequential(
        [
            keras.Input((7, 7, 3)),
            layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2, activation="elu"),
            layers.SeparableConv2D(5, 3, strides=2, depth_multiplier=2, activation="tanh"),
            layers.GlobalMaxPooling2D(),
            layers.Dense(1),
        ]
    )
    model.compile(optimizers.RMSprop(0.002), "mean_squared_error")
    return model, [normal(SAMPLES, 7, 7, 3)], [column()]


def transposed():
    model = keras.Sequential(
        [
            keras.Input((4, 3, 2)),
            layers.Conv2DTranspose(3, 3, strides=2, padding="same", activation="softplus"),
            layers.Conv2DTranspose(2, (2, 3), strides=(1, 2), output_padding=(0, 1)),
            layers.UpSampling2D(2, interpolation="bilinear"),
            layers.Conv2D(1, 3),
        ]
    )
    model.compile(optimizers.SGD(0.01, momentum=0.9), "mean_squared_error")
    x = normal(SAMPLES, 4, 3, 2)
    return model, [x], [normal(*model(x).shape)]


def over_time():
    """Causal convolution and pooling of sequences."""
    model = keras.Sequential(
        [
            keras.Input((12, 3)),
            layers.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="silu"),
            layers.MaxPooling1D(2),
            layers.SeparableConv1D(4, 2, padding="same"),
            layers.BatchNormalization(),
            layers.GlobalAveragePooling1D(),
            layers.Dense(2),
        ]
    )
    model.compile("adam", "mean_absolute_error")
    return model, [normal(SAMPLES, 12, 3)], [normal(SAMPLES, 2)]


def lstm():
    model = keras.Sequential(
        [
            keras.Input((None, 3)),
            layers.LSTM(5, return_sequences=True, go_backwards=True),
            layers.LSTM(4, unit_forget_bias=False, recurrent_activation="hard_sigmoid"),
            layers.Dense(2),
        ]
    )
    model.compile(optimizers.Adam(0.01), "mean_squared_error")
    return model, [normal(SAMPLES, 7, 3)], [normal(SAMPLES, 2)]


def gru():
    """Both places of the reset gate, and no bias."""
    model = keras.Sequential(
        [
            keras.Input((6, 3)),
            layers.GRU(4, return_sequences=True),
            layers.GRU(5, return_sequences=True, reset_after=False),
            layers.GRU(3, use_bias=False),
            layers.Dense(1),
        ]
    )
    model.compile(optimizers.Adam(0.01), "mean_squared_error")
    return model, [normal(SAMPLES, 6, 3)], [column()]


def bidirectional():
    model = keras.Sequential(
        [
            keras.Input((6,), dtype="int32"),
            layers.Embedding(9, 4, mask_zero=True),
            layers.Bidirectional(layers.LSTM(3, return_sequences=True)),
            layers.Bidirectional(layers.GRU(3, return_sequences=True), merge_mode="sum"),
            layers.Bidirectional(
                layers.SimpleRNN(2), backward_layer=layers.LSTM(2, go_backwards=True)
            ),
            layers.Dense(3),
        ]
    )
    model.compile(optimizers.Adam(0.01), logits_loss())
    return model, [tokens(9, 6)], [classes(3)]


def stacked_cells():
    """Cells of three kinds, and models of one time step."""
    step = keras.Sequential([layers.Dense(4, activation="relu"), layers.Dense(3)])
    cells = [layers.LSTMCell(4), layers.GRUCell(3), layers.SimpleRNNCell(2)]
    model = keras.Sequential(
        [
            keras.Input((5, 4)),
            layers.TimeDistributed(step),
            layers.RNN(layers.StackedRNNCells(cells), return_sequences=True),
            layers.RNN([layers.GRUCell(3, reset_after=False), layers.LSTMCell(2)]),
            layers.Dense(1),
        ]
    )
    model.compile(optimizers.Nadam(0.01), "mean_squared_error")
    return model, [normal(SAMPLES, 5, 4)], [column()]


def time_distributed():
    """The same layer over the images of a film, behind a mask."""
    model = keras.Sequential(
        [
            keras.Input((4, 5, 5, 1)),
            layers.TimeDistributed(layers.Conv2D(3, 3, activation="relu")),
            layers.TimeDistributed(layers.MaxPooling2D(2)),
            layers.TimeDistributed(layers.Flatten()),
            layers.Masking(),
            layers.LSTM(3, return_sequences=True),
            layers.TimeDistributed(layers.Dense(2)),
        ]
    )
    model.compile(optimizers.Adam(0.01), "mean_squared_error")
    return model, [normal(SAMPLES, 4, 5, 5, 1)], [normal(SAMPLES, 4, 2)]


def encoder_and_decoder():
    """States that go from one layer to another."""
    source, target = keras.Input((5, 3)), keras.Input((4, 2))
    _, h, c = layers.LSTM(4, return_state=True)(source)
    x = layers.LSTM(4, return_sequences=True)(target, initial_state=[h, c])
    y = layers.GRU(3, return_sequences=True)(x)
    model = keras.Model([source, target], layers.TimeDistributed(layers.Dense(2))(y))
    model.compile(optimizers.Adam(0.01), "mean_squared_error")
    return model, [normal(SAMPLES, 5, 3), normal(SAMPLES, 4, 2)], [normal(SAMPLES, 4, 2)]


def film():
    model = keras.Sequential(
        [
            keras.Input((3, 6, 5, 2)),
            layers.ConvLSTM2D(3, 3, padding="same", return_sequences=True),
            layers.ConvLSTM2D(2, 2),
            layers.LayerNormalization(axis=[1, 2]),
            layers.Flatten(),
            layers.Dense(2),
        ]
    )
    model.compile(optimizers.Adam(0.01), "mean_squared_error")
    return model, [normal(SAMPLES, 3, 6, 5, 2)], [normal(SAMPLES, 2)]


def attention():
    """Attention between two sequences, and products by Einstein's notation."""
    words, picture = keras.Input((6,), dtype="int32"), keras.Input((5, 4))
    x = layers.Embedding(9, 8)(words)
    x = layers.LayerNormalization(epsilon=1e-5)(x)
    attended = layers.MultiHeadAttention(2, 4, output_shape=8)(x, picture)
    x = layers.LayerNormalization(center=False)(layers.Add()([x, attended]))
    x = layers.EinsumDense("abc,cde->abde", (6, 3, 2), bias_axes="de", activation="gelu")(x)
    x = layers.EinsumDense("abde,de->ab", 6)(x)
    model = keras.Model([words, picture], layers.Dense(3)(x))
    model.compile(optimizers.AdamW(0.01), logits_loss())
    return model, [tokens(9, 6), normal(SAMPLES, 5, 4)], [classes(3)]


def language_model():
    """Two tables at both ends: one is the way back too, the other has a second one for it."""
    words = keras.Input((6,), dtype="int32")
    tied = layers.ReversibleEmbedding(9, 4, mask_zero=True, logit_soft_cap=2.0, name="tied")
    untied = layers.ReversibleEmbedding(
        9, 4, tie_weights=False, mask_zero=True, reverse_dtype="float32", name="untied",
        embeddings_regularizer="l2", embeddings_constraint="max_norm",
    )  # fmt: skip
    x = layers.LSTM(4, return_sequences=True)(layers.Add()([tied(words), untied(words)]))
    model = keras.Model(words, [tied(x, reverse=True), untied(x, reverse=True)])
    model.compile(optimizers.Adam(0.01), [logits_loss(), logits_loss()])
    return model, [tokens(9, 6)], [tokens(9, 6), tokens(9, 6)]


MAKERS = (
    convolutional,
    separable,
    transposed,
    over_time,
    lstm,
    gru,
    bidirectional,
    stacked_cells,
    time_distributed,
    encoder_and_decoder,
    film,
    attention,
    language_model,
)
