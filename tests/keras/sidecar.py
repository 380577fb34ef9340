"""The JSON beside a model file: writing, reading and comparing tensors."""

import json

import numpy as np

STEPS = 5


def encode(array):
    array = np.asarray(array)
    if array.dtype == np.float32:
        data = [float(str(v)) for v in array.ravel()]
    else:
        data = array.ravel().tolist()
    dtype = "string" if array.dtype == object else str(array.dtype)
    return {"shape": list(array.shape), "dtype": dtype, "data": data}


def decode(tensor):
    if tensor["dtype"] == "string":
        return np.array(tensor["data"], dtype=object).reshape(tensor["shape"])
    return np.array(tensor["data"], dtype=tensor["dtype"]).reshape(tensor["shape"])


def as_list(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


def unpacked(arrays):
    """What Keras takes: the array itself when there is one, else the list; strings as tensors."""
    if any(np.asarray(a).dtype == object for a in arrays):
        import text_models

        arrays = text_models.as_tensors(arrays)
    return arrays[0] if len(arrays) == 1 else arrays


def predictions(model, inputs):
    return [np.asarray(p) for p in as_list(model.predict(unpacked(inputs), verbose=0))]


def next_losses(model, train_x, train_y):
    """The total loss of each of the next five steps on one fixed batch."""
    losses = []
    for _ in range(STEPS):
        model.reset_metrics()  # older Keras 3 averages over the calls otherwise
        logs = model.train_on_batch(unpacked(train_x), unpacked(train_y), return_dict=True)
        losses.append(float(np.float32(logs["loss"])))
    return losses


def read(path):
    text = json.loads(path.read_text(encoding="utf-8"))
    tensors = ("inputs", "predictions", "train_x", "train_y")
    decoded = {key: [decode(t) for t in text[key]] for key in tensors}
    return {**decoded, "losses": text["losses"]}


def write(path, content):
    tensors = ("inputs", "predictions", "train_x", "train_y")
    encoded = {key: [encode(t) for t in content[key]] for key in tensors}
    encoded["losses"] = [float(str(np.float32(v))) for v in content["losses"]]
    path.write_text(json.dumps(encoded, allow_nan=False) + "\n", encoding="ascii")


def difference(expected, got):
    """The largest |expected - got| / max(1, |expected|); infinite for NaN or another shape."""
    expected, got = np.asarray(expected, "float64"), np.asarray(got, "float64")
    if expected.shape != got.shape:
        return float("inf")
    worst = np.max(np.abs(expected - got) / np.maximum(1, np.abs(expected)), initial=0.0)
    return float("inf") if np.isnan(worst) else float(worst)
