"""JAX by hand: network, loss and Adam in one jitted step with donated buffers."""

import functools
import os

os.environ["JAX_PLATFORMS"] = "cpu"

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402
from jax import lax  # noqa: E402

import layers as described  # noqa: E402
from peer import Peer  # noqa: E402
from workloads import FLAGS, LEARNING_RATE  # noqa: E402

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-7  # Keras' Adam


def make(workload, threads):
    return JaxPeer(workload, threads)


def dense(layer, weights, x, training):
    kernel, bias = weights
    y = x @ kernel + bias
    return jax.nn.relu(y) if layer.activation == "relu" else y


def conv(layer, weights, x, training):
    rank = len(layer.kernel_size)
    numbers = ("NHWC", "HWIO", "NHWC") if rank == 2 else ("NWC", "WIO", "NWC")
    y = lax.conv_general_dilated(
        x, weights[0], (layer.strides,) * rank, layer.padding.upper(), dimension_numbers=numbers
    )
    if layer.use_bias:
        y = y + weights[1]
    return jax.nn.relu(y) if layer.activation == "relu" else y


def max_pooling(layer, weights, x, training):
    window = (1, layer.pool_size, layer.pool_size, 1)
    return lax.reduce_window(x, -jnp.inf, lax.max, window, window, "VALID")


def batch_normalization(layer, weights, x, training):
    gamma, beta, mean, variance = weights
    if training:
        axes = tuple(range(x.ndim - 1))
        mean, variance = x.mean(axes), x.var(axes)
    return (x - mean) * (lax.rsqrt(variance + layer.epsilon) * gamma) + beta, (mean, variance)


def lstm(layer, weights, x, training):
    kernel, recurrent, bias = weights
    projected = x @ kernel + bias  # of all steps at once

    def tick(carry, step):
        hidden, cell = carry
        gates = step + hidden @ recurrent
        i, f, c, o = jnp.split(gates, 4, axis=-1)
        cell = jax.nn.sigmoid(f) * cell + jax.nn.sigmoid(i) * jnp.tanh(c)
        hidden = jax.nn.sigmoid(o) * jnp.tanh(cell)
        return (hidden, cell), None

    zeros = jnp.zeros((x.shape[0], layer.units), x.dtype)
    (hidden, _), _ = lax.scan(tick, (zeros, zeros), projected.swapaxes(0, 1))
    return hidden


def layer_normalization(x, gamma, beta, epsilon):
    mean = x.mean(-1, keepdims=True)
    variance = x.var(-1, keepdims=True)
    return (x - mean) * lax.rsqrt(variance + epsilon) * gamma + beta


def transformer_block(layer, weights, x, training):
    wq, bq, wk, bk, wv, bv, wo, bo, gamma_1, beta_1, w1, b1, w2, b2, gamma_2, beta_2 = weights
    q = jnp.einsum("bte,ehd->bhtd", x, wq) + bq[:, None]
    k = jnp.einsum("bte,ehd->bhtd", x, wk) + bk[:, None]
    v = jnp.einsum("bte,ehd->bhtd", x, wv) + bv[:, None]
    scores = jnp.einsum("bhtd,bhsd->bhts", q * wq.shape[-1] ** -0.5, k)
    seen = jnp.einsum("bhts,bhsd->bthd", jax.nn.softmax(scores), v)
    attention = jnp.einsum("bthd,hde->bte", seen, wo) + bo
    x = layer_normalization(x + attention, gamma_1, beta_1, layer.epsilon)
    thought = jax.nn.relu(x @ w1 + b1) @ w2 + b2
    return layer_normalization(x + thought, gamma_2, beta_2, layer.epsilon)


FORMS = {
    described.Dense: dense,
    described.Conv: conv,
    described.MaxPooling2D: max_pooling,
    described.ReLU: lambda layer, weights, x, training: jax.nn.relu(x),
    described.Flatten: lambda layer, weights, x, training: x.reshape(x.shape[0], -1),
    described.GlobalAveragePooling: lambda layer, weights, x, training: x.mean(
        tuple(range(1, x.ndim - 1))
    ),
    described.LSTM: lstm,
    described.TransformerBlock: transformer_block,
}


def forward(layers, weights, x, training):
    """The logits, and for each layer the statistics of the batch that it normalized by, or None.

    `weights` has a tuple a layer.
    """
    statistics = []
    for layer, own in zip(layers, weights):
        found = None
        if isinstance(layer, described.BatchNormalization):
            x, found = batch_normalization(layer, own, x, training)
        else:
            x = FORMS[type(layer)](layer, own, x, training)
        statistics.append(found)
    return x, statistics


def loss_of(logits, y, loss):
    if loss == FLAGS:
        return jnp.mean(jnp.maximum(logits, 0) - logits * y + jnp.log1p(jnp.exp(-jnp.abs(logits))))
    picked = jnp.take_along_axis(jax.nn.log_softmax(logits), y[:, None], axis=-1)
    return -picked.mean()


def adam(weight, gradient, m, v, rate):
    m = m + (1 - BETA_1) * (gradient - m)
    v = v + (1 - BETA_2) * (gradient * gradient - v)
    return weight - rate * m / (jnp.sqrt(v) + EPSILON), m, v


def moved(layers, weights, statistics):
    """The weights with the moving averages of normalizations brought along, as Keras does."""
    found = []
    for layer, own, new in zip(layers, weights, statistics):
        if new is not None:
            gamma, beta, *averages = own
            keep = layer.momentum
            own = (gamma, beta, *(keep * old + (1 - keep) * now for old, now in zip(averages, new)))
        found.append(own)
    return found


def training_step(layers, loss, state, x, y):
    weights, ms, vs, t = state

    def total(weights):
        logits, statistics = forward(layers, weights, x, training=True)
        return loss_of(logits, y, loss), statistics

    (value, statistics), gradients = jax.value_and_grad(total, has_aux=True)(weights)
    t = t + 1
    rate = LEARNING_RATE * jnp.sqrt(1 - BETA_2**t) / (1 - BETA_1**t)
    leaves, tree = jax.tree.flatten(weights)
    # The gradients of moving averages are 0: Adam leaves those weights as they are.
    updated = [
        adam(*of, rate) for of in zip(leaves, *(jax.tree.leaves(s) for s in (gradients, ms, vs)))
    ]
    weights, ms, vs = (jax.tree.unflatten(tree, part) for part in zip(*updated))
    return (moved(layers, weights, statistics), ms, vs, t), value


class JaxPeer(Peer):
    def build(self, weights, x, y):
        layers = self.workload.layers
        shape, rest, grouped = self.workload.input_shape, list(weights), []
        for layer in layers:
            count = len(layer.weights(shape))
            grouped.append(tuple(jnp.array(weight) for weight in rest[:count]))
            rest = rest[count:]
            shape = layer.output(shape)
        self.state = (
            grouped,
            jax.tree.map(jnp.zeros_like, grouped),
            jax.tree.map(jnp.zeros_like, grouped),
            jnp.zeros((), "float32"),
        )
        self.x, self.y = jnp.array(x), jnp.array(y)
        step = functools.partial(training_step, layers, self.workload.loss)
        self.jitted_step = jax.jit(step, donate_argnums=0)
        self.jitted_predict = jax.jit(lambda weights, x: forward(layers, weights, x, False)[0])
        self.jitted_loss = jax.jit(
            lambda weights, x, y: loss_of(
                forward(layers, weights, x, False)[0], y, self.workload.loss
            )
        )

    def step(self):
        self.state, loss = self.jitted_step(self.state, self.x, self.y)
        return loss

    def wait(self):
        jax.block_until_ready(self.state)

    def predict(self, x):
        return np.asarray(self.jitted_predict(self.state[0], x))

    def epoch(self, x, y):
        train = len(x) - len(x) // 10
        order = np.random.permutation(train)
        batch = self.workload.batch
        for begin in range(0, train, batch):
            rows = order[begin : begin + batch]
            self.state, _ = self.jitted_step(self.state, x[rows], y[rows])
        return float(self.jitted_loss(self.state[0], x[train:], y[train:]))
