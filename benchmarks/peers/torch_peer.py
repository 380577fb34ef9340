"""PyTorch by hand: eager with the foreach or the fused Adam, or compiled.

Weights come in Keras' layout and are turned once. Images are channels_last: the memory of an NHWC
array is that of an NCHW tensor in this format, so x needs no copy.
"""

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import layers as described
from peer import Peer
from workloads import FLAGS, LEARNING_RATE

EPSILON = 1e-7  # Keras' default


def make(workload, threads, optimizer="foreach", compiled=False):
    torch.set_num_threads(threads)
    torch.set_num_interop_threads(1)
    return TorchPeer(workload, threads, optimizer, compiled)


def assign(parameter, array):
    with torch.no_grad():
        parameter.copy_(torch.from_numpy(np.ascontiguousarray(array)))


def linear(kernel, bias):
    module = nn.Linear(*kernel.shape)
    assign(module.weight, kernel.T)
    assign(module.bias, bias)
    return module


def with_activation(module, activation):
    return nn.Sequential(module, nn.ReLU()) if activation == "relu" else module


def conv(layer, shape, weights):
    rank = len(layer.kernel_size)
    module = (nn.Conv1d if rank == 1 else nn.Conv2d)(
        shape[-1],
        layer.filters,
        layer.kernel_size,
        stride=layer.strides,
        padding=layer.padding if layer.padding == "same" else 0,
        bias=layer.use_bias,
    )
    assign(module.weight, np.moveaxis(weights[0], (-1, -2), (0, 1)))
    if layer.use_bias:
        assign(module.bias, weights[1])
    return with_activation(module, layer.activation)


def batch_normalization(layer, shape, weights):
    make_norm = nn.BatchNorm1d if len(shape) == 2 else nn.BatchNorm2d
    module = make_norm(shape[-1], eps=layer.epsilon, momentum=1 - layer.momentum)
    targets = (module.weight, module.bias, module.running_mean, module.running_var)
    for target, weight in zip(targets, weights):
        assign(target, weight)
    return module


class Flatten(nn.Module):
    """In Keras' order, channels last: that of the memory, so no value moves."""

    def forward(self, x):
        return (x.movedim(1, -1) if x.ndim > 2 else x).flatten(1)


class Mean(nn.Module):
    """Over the places of channels-first images, or over the steps of sequences."""

    def forward(self, x):
        return x.mean((2, 3)) if x.ndim == 4 else x.mean(1)


class LastOfLSTM(nn.Module):
    """Keras has one bias: the second of PyTorch is 0 and stays so."""

    def __init__(self, kernel, recurrent, bias):
        super().__init__()
        self.lstm = nn.LSTM(kernel.shape[0], recurrent.shape[0], batch_first=True)
        assign(self.lstm.weight_ih_l0, kernel.T)
        assign(self.lstm.weight_hh_l0, recurrent.T)
        assign(self.lstm.bias_ih_l0, bias)
        assign(self.lstm.bias_hh_l0, np.zeros_like(bias))
        self.lstm.bias_hh_l0.requires_grad_(False)

    def forward(self, x):
        return self.lstm(x)[0][:, -1]


class TransformerBlock(nn.Module):
    """Query, key and value by one product: the quickest form in PyTorch."""

    def __init__(self, layer, width, weights):
        super().__init__()
        wq, bq, wk, bk, wv, bv, wo, bo, gamma_1, beta_1, w1, b1, w2, b2, gamma_2, beta_2 = weights
        self.heads = layer.heads
        self.project = linear(
            np.concatenate([w.reshape(width, -1) for w in (wq, wk, wv)], axis=1),
            np.concatenate([b.ravel() for b in (bq, bk, bv)]),
        )
        self.out = linear(wo.reshape(-1, width), bo)
        self.hidden, self.back = linear(w1, b1), linear(w2, b2)
        self.norms = nn.ModuleList(nn.LayerNorm(width, eps=layer.epsilon) for _ in range(2))
        for norm, gamma, beta in zip(self.norms, (gamma_1, gamma_2), (beta_1, beta_2)):
            assign(norm.weight, gamma)
            assign(norm.bias, beta)

    def forward(self, x):
        batch, length, width = x.shape
        q, k, v = self.project(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(batch, length, width)
        x = self.norms[0](x + self.out(seen))
        return self.norms[1](x + self.back(F.relu(self.hidden(x))))


def module_of(layer, shape, weights):
    match layer:
        case described.Dense():
            return with_activation(linear(*weights), layer.activation)
        case described.Conv():
            return conv(layer, shape, weights)
        case described.MaxPooling2D():
            return nn.MaxPool2d(layer.pool_size)
        case described.BatchNormalization():
            return batch_normalization(layer, shape, weights)
        case described.ReLU():
            return nn.ReLU()
        case described.Flatten():
            return Flatten()
        case described.GlobalAveragePooling():
            return Mean()
        case described.LSTM():
            return LastOfLSTM(*weights)
        case described.TransformerBlock():
            return TransformerBlock(layer, shape[-1], weights)
    raise TypeError(f"no PyTorch form of {layer}")


class TorchPeer(Peer):
    def __init__(self, workload, threads, optimizer, compiled):
        super().__init__(workload, threads)
        self.optimizer_form = {optimizer: True}
        self.compiled = compiled
        self.steps_taken = 0

    def build(self, weights, x, y):
        self.has_channels = any(isinstance(layer, described.Conv) for layer in self.workload.layers)
        shape, rest, modules = self.workload.input_shape, list(weights), []
        for layer in self.workload.layers:
            count = len(layer.weights(shape))
            modules.append(module_of(layer, shape, rest[:count]))
            rest = rest[count:]
            shape = layer.output(shape)
        self.model = nn.Sequential(*modules)
        if self.has_channels and len(self.workload.input_shape) == 3:
            self.model = self.model.to(memory_format=torch.channels_last)
        trained = [weight for weight in self.model.parameters() if weight.requires_grad]
        self.optimizer = torch.optim.Adam(
            trained, lr=LEARNING_RATE, eps=EPSILON, **self.optimizer_form
        )
        self.x, self.y = self.tensor(x), self.target(y)
        loss = self.loss_of
        self.training_loss = torch.compile(loss) if self.compiled else loss
        # Compiled apart from the training: in compiled form each mode is a program of its own.
        self.forward = torch.compile(self.model) if self.compiled else self.model

    def tensor(self, x):
        """Channels first for PyTorch, in the memory that they came in."""
        x = torch.from_numpy(x)
        return x.movedim(-1, 1) if self.has_channels else x

    def target(self, y):
        return torch.from_numpy(y if self.workload.loss == FLAGS else y.astype("int64"))

    def loss_of(self, x, y):
        logits = self.model(x)
        if self.workload.loss == FLAGS:
            return F.binary_cross_entropy_with_logits(logits, y)
        return F.cross_entropy(logits, y)

    def step_on(self, x, y):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.training_loss(x, y)
        loss.backward()
        self.optimizer.step()
        return loss.detach()

    def first_losses(self, count):
        """PyTorch adds epsilon to the root of the corrected moment, Keras before the correction.

        An epsilon that shrinks with the steps is Keras' form exactly: the losses can be compared
        closely so. The timed steps, which need it no more, leave it at its last value.
        """
        losses = []
        for _ in range(count):
            self.steps_taken += 1
            for group in self.optimizer.param_groups:
                group["eps"] = EPSILON / math.sqrt(1 - group["betas"][1] ** self.steps_taken)
            losses.append(float(self.step()))
        return losses

    def step(self):
        self.model.train()
        return self.step_on(self.x, self.y)

    def step_seconds(self, seconds):
        from peer import seconds_a_call

        self.model.train()  # once, not once a step
        return seconds_a_call(lambda: self.step_on(self.x, self.y), seconds)

    def predict(self, x):
        if self.model.training:
            self.model.eval()
        with torch.inference_mode():
            return self.forward(self.tensor(x)).numpy()

    def epoch(self, x, y):
        self.model.train()
        x, y = self.tensor(x), self.target(y)
        train = len(x) - len(x) // 10
        for rows in torch.randperm(train).split(self.workload.batch):
            self.step_on(x[rows], y[rows])
        self.model.eval()
        with torch.inference_mode():
            return float(self.loss_of(x[train:], y[train:]))
