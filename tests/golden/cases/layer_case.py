"""One case of a layers file: a layer called once, with its gradients and regularization terms."""

import jax
import jax.numpy as jnp
import keras
import numpy as np

from .encoding import Draws, config, require_finite, tensor, value


def _batch_unknown(array):
    return (None, *array.shape[1:])


def _is_float(array):
    return jnp.issubdtype(array.dtype, jnp.floating)


def _encoded(argument):
    """A keyword argument of a call: tensors, lists of them, and plain values."""
    if isinstance(argument, (list, tuple)):
        return [_encoded(element) for element in argument]
    return tensor(argument) if isinstance(argument, np.ndarray) else argument


def _as_list(output):
    return list(output) if isinstance(output, (list, tuple)) else [output]


def _differentiate(call, layer, inputs, cotangents):
    """Gradients of sum(output * cotangent): by input (None: not a float), by trainable weight."""
    floats = [i for i, array in enumerate(inputs) if _is_float(array)]

    def objective(trainable, float_inputs):
        arguments = list(inputs)
        for index, array in zip(floats, float_inputs):
            arguments[index] = array
        mapping = list(zip(layer.trainable_variables, trainable))
        with keras.StatelessScope(state_mapping=mapping):
            outputs = _as_list(call(arguments))
        terms = [
            jnp.sum(output * cotangent)
            for output, cotangent in zip(outputs, cotangents)
            if _is_float(output)
        ]
        return sum(terms, jnp.float32(0))

    by_weight, by_float = jax.grad(objective, argnums=(0, 1))(
        [w.value for w in layer.trainable_variables], [jnp.asarray(inputs[i]) for i in floats]
    )
    by_input = [None] * len(inputs)
    for index, gradient in zip(floats, by_float):
        by_input[index] = gradient
    return by_input, {id(w): g for w, g in zip(layer.trainable_variables, by_weight)}


def layer_case(
    name,
    layer,
    inputs,
    as_list=False,
    training=False,
    weights=None,
    mask=None,
    call_kwargs=None,
    scale=0.6,
    earlier=(),
):
    """The case of `layer` called on `inputs`, one argument each or (as_list) as one list.

    `weights` replaces the drawn ones (normal, standard deviation `scale`). `mask` is the keyword
    argument of that name; `call_kwargs` are further ones: arrays, lists of arrays, plain values.
    `earlier` are inputs of calls before, of a layer that keeps something from call to call.
    """
    draws = Draws("layer " + name)
    kwargs = dict(call_kwargs or {})
    if mask is not None:
        kwargs["mask"] = mask

    def call(arguments):
        return layer(*([list(arguments)] if as_list else arguments), training=training, **kwargs)

    if not layer.built:
        shapes = [_batch_unknown(array) for array in inputs]
        try:
            layer.build(shapes) if as_list else layer.build(*shapes)
        except TypeError:  # layers that build from their first input alone
            layer.build(shapes[0])
    if weights is not None:
        layer.set_weights(weights)
    elif not any(w.dtype != "float32" for w in layer.weights):
        layer.set_weights([draws.normal(*w.shape, scale=scale) for w in layer.weights])

    for arguments in earlier:
        call(arguments)
    before = [np.array(w.value) for w in layer.weights]
    inner = [getattr(each, "states", None) or [] for each in layer._flatten_layers()]
    kept = keras.tree.flatten(inner)  # no weights in Keras
    states = [(state, np.array(state.value)) for state in kept]
    outputs = _as_list(call(inputs))
    losses = [np.asarray(loss) for loss in layer.losses]
    after = [np.array(w.value) for w in layer.weights]
    cotangents = [draws.normal(*output.shape) for output in outputs]
    for variable, array in [*zip(layer.weights, before), *states]:
        variable.assign(array)
    by_input, by_weight = _differentiate(call, layer, inputs, cotangents)
    floats = [output for output in outputs if _is_float(output)]
    require_finite(name, *floats, *[g for g in by_input if g is not None], *by_weight.values())

    def optional(array):
        return None if array is None else tensor(array)

    return {
        "name": name,
        "layer": config(layer),
        "training": training,
        **({"earlier": [[tensor(a) for a in each] for each in earlier]} if earlier else {}),
        "inputs": [tensor(array) for array in inputs],
        "as_list": as_list,
        "call_kwargs": {key: _encoded(v) for key, v in kwargs.items() if key != "mask"},
        "mask": None if mask is None else _encoded(mask),
        "weights": [
            {"name": w.name, "path": w.path, "trainable": bool(w.trainable), "value": tensor(b)}
            for w, b in zip(layer.weights, before)
        ],
        "outputs": [tensor(output) for output in outputs],
        "cotangents": [tensor(cotangent) for cotangent in cotangents],
        "grad_inputs": [optional(g) for g in by_input],
        "grad_weights": [optional(by_weight.get(id(w))) for w in layer.weights],
        "losses": [value(loss) for loss in losses],
        "weights_after": [
            None if np.array_equal(b, a) else tensor(a) for b, a in zip(before, after)
        ],
    }
