#!/usr/bin/env python3
"""Writes the golden cases of this folder by running real Keras (JAX backend).

    generate.py            writes ./*.json anew
    generate.py --backend tensorflow     the same for the files that need strings
    generate.py --check    makes them in a temporary folder and compares: structure exactly,
                           numbers within TOLERANCE, relative to max(1, |expected|)
    generate.py --only losses,fit ...

Needs the packages of tests/keras/requirements.txt, or for --backend tensorflow those of
tests/golden/requirements-tensorflow.txt. The readers of the files are
tests/golden/*.cpp (the program golden_check); no Python is needed to run them.

What the cases hold, where several readings were possible:

* A file is {"keras": version, "backend": "jax", "cases": [..]}.
* A scalar result (a loss, a metric, an entry of `losses`) is a JSON number, everything else a
  tensor. Keras' `layer.losses` order: activity terms first, then the weights' in weight order.
* layers: `weights`, `grad_weights`, `weights_after` have one entry a weight, in the order of
  `layer.weights`; a null entry says no gradient, or unchanged. `grad_inputs` has null for an input
  that is no float. The gradients are those of sum(output * cotangent), without regularization.
  Layers that run on the host (layers_text) have no gradients; `adapt` holds what such a layer was
  adapted to, a tensor or a list of batches, `vocabulary` and `idf_weights` what it then had.
  Two keys that arguments.json has, with one entry a weight: `initial`, the value that a layer whose
  initializers draw nothing is built with, and `constrained`, what its constraint makes of its value
  (null: it has none). `earlier` holds the inputs of calls before, of layers that keep states.
* activations: `name` is the function's name; several cases share it. `arguments`, where there is one,
  are those beside x.
* losses: `value` and `value_sw` use the configured reduction, without and with sample_weight;
  `sw_sum`, `sw_none`, `sw_mean_with_sample_weight` the reduction they name, with sample_weight.
  `grad` is the gradient of `value`, of its sum when the reduction is none. `config` holds what Keras
  writes, and besides what Keras reads but forgets to write: `delta` of Huber, `axis` of
  CosineSimilarity and SparseCategoricalCrossentropy; in layers, `gain` of Identity.
* optimizers: a null in `grads` is a variable without a gradient in that step. Two keys that few
  cases have: `constraints`, one or null a variable, and `exclude_from_weight_decay`, {"var_list":
  indices of variables, "var_names": regular expressions}; the variables are variable_0, variable_1 ...
* metrics: a batch is the list of the positional arguments of update_state; for Mean that is
  [values] or [values, sample_weight].
* fit: `weights` are variable paths. `evaluate` is {name: value} of evaluate(x, y), the same for
  batches of 32 and of fit's batch_size; `predict` is predict(x), one tensor.
  `validation_data` is null, [x, y] or [x, y, sample_weight]. fit_callbacks.json has the same form.
"""

import argparse
import importlib
import json
import os
import pathlib
import re
import sys
import tempfile

# Keras reads its backend when it is imported, before the options are parsed.
BACKEND = "tensorflow" if any("tensorflow" in option for option in sys.argv[1:]) else "jax"
os.environ["KERAS_BACKEND"] = BACKEND
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras  # noqa: E402

FOLDER = pathlib.Path(__file__).resolve().parent
# One module of cases/ for each file, by the backend that it needs.
NAMES = {
    "jax": (
        "layers",
        "layers_attention",
        "layers_core",
        "layers_normalization",
        "layers_regularization",
        "layers_convolution",
        "layers_pooling",
        "layers_preprocessing",
        "layers_recurrent",
        "layers_reversible",
        "activations",
        "losses",
        "optimizers",
        "schedules",
        "metrics",
        "fit",
        "fit_callbacks",
        "arguments",
        "found",
    ),
    "tensorflow": ("layers_text", "arguments_text"),
}
FILES = {name: importlib.import_module("cases." + name) for name in NAMES[BACKEND]}
# golden_check's own bound: XLA adds in another order when its optimizer is on.
TOLERANCE = 1e-5
# Keras counts layers of a class over a process: the number is that of the cases made before.
COUNTED = re.compile(r"_\d+(?=/|$)")


def write(name, folder):
    keras.utils.clear_session()
    cases = FILES[name].make()
    names = [case["name"] for case in cases if "cot" not in case]  # those of activations are shared
    if len(set(names)) != len(names):
        raise ValueError(f"{name}: a name is used twice")
    document = {"keras": keras.__version__, "backend": keras.backend.backend(), "cases": cases}
    text = json.dumps(document, separators=(",", ":"), allow_nan=False)
    path = folder / f"{name}.json"
    path.write_text(text + "\n", encoding="ascii")
    print(f"{path.name}: {len(cases)} cases, {len(text) // 1024 + 1} KB", flush=True)
    return path


def differences(kept, made, where=""):
    """Yields a line for every place where two parsed files disagree."""
    numbers = (int, float)
    if isinstance(kept, dict) and isinstance(made, dict):
        for key in sorted(kept.keys() | made.keys()):
            if key not in kept or key not in made:
                yield f"{where}.{key}: only in the {'kept' if key in kept else 'new'} file"
            else:
                yield from differences(kept[key], made[key], f"{where}.{key}")
    elif isinstance(kept, list) and isinstance(made, list):
        if len(kept) != len(made):
            yield f"{where}: {len(kept)} entries were kept, {len(made)} made"
            return
        for index, pair in enumerate(zip(kept, made)):
            label = index
            if isinstance(pair[0], dict):
                label = pair[0].get("name", index)
            yield from differences(*pair, f"{where}[{label}]")
    elif isinstance(kept, numbers) and isinstance(made, numbers) and not isinstance(kept, bool):
        if abs(kept - made) > TOLERANCE * max(1.0, abs(kept)):
            yield f"{where}: kept {kept!r}, made {made!r}"
    elif isinstance(kept, str) and isinstance(made, str):
        if COUNTED.sub("", kept) != COUNTED.sub("", made):
            yield f"{where}: kept {kept!r}, made {made!r}"
    elif kept != made or type(kept) is not type(made):
        yield f"{where}: kept {kept!r}, made {made!r}"


def check(names):
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            made = json.loads(write(name, pathlib.Path(folder)).read_text())
            kept = json.loads((FOLDER / f"{name}.json").read_text())
            for count, line in enumerate(differences(kept, made)):
                failed += 1
                if count < 20:
                    print(f"{name}.json{line}")
    print("golden cases: " + (f"{failed} differences" if failed else "as made anew"))
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description="Golden cases made by real Keras.")
    parser.add_argument("--check", action="store_true", help="compare with the kept files")
    parser.add_argument("--backend", choices=NAMES, default="jax", help="whose files")
    parser.add_argument("--only", default=",".join(FILES), help="comma list of files")
    options = parser.parse_args()
    names = options.only.split(",")
    if unknown := [name for name in names if name not in FILES]:
        parser.error(f"unknown file {unknown[0]}; there are {', '.join(FILES)}")
    if options.check:
        return check(names)
    for name in names:
        write(name, FOLDER)
    return 0


if __name__ == "__main__":
    sys.exit(main())
