#!/usr/bin/env python3
"""Opens the .keras files that Antler wrote in real Keras and compares the numbers.

    check_models.py FOLDER [--strings]

With --strings on TensorFlow, else on JAX. Every FOLDER/*.keras has a sidecar of the same stem (.json, described in make_models.py). A model
passes when Keras loads it without a warning, predicts the same and trains on with the same losses.
"""

import os
import pathlib
import sys
import warnings

STRINGS = sys.argv[2:] == ["--strings"]
os.environ["KERAS_BACKEND"] = "tensorflow" if STRINGS else "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import keras  # noqa: E402

import sidecar  # noqa: E402

PREDICTION_TOLERANCE = 1e-6
LOSS_TOLERANCE = 1e-5


def faults(path):
    """Yields what is wrong with one file."""
    beside = path.with_suffix(".json")
    if not beside.exists():
        yield f"its sidecar {beside.name} is missing"
        return
    expected = sidecar.read(beside)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model = keras.saving.load_model(path)
    for warning in caught:
        yield f"loading warns: {warning.message}"

    if not expected["inputs"] or not expected["predictions"]:
        yield "its sidecar holds no inputs or no predictions"
        return
    got = sidecar.predictions(model, expected["inputs"])
    if len(got) != len(expected["predictions"]):
        yield f"Keras gives {len(got)} outputs, Antler {len(expected['predictions'])}"
        return
    for index, (ours, theirs) in enumerate(zip(expected["predictions"], got)):
        off = sidecar.difference(ours, theirs)
        if not off <= PREDICTION_TOLERANCE:
            yield f"output {index} differs by {off:.2g} (shapes {ours.shape} and {theirs.shape})"

    if not expected["train_x"]:
        return
    if len(expected["losses"]) != sidecar.STEPS:
        yield f"its sidecar holds {len(expected['losses'])} losses instead of {sidecar.STEPS}"
        return
    losses = sidecar.next_losses(model, expected["train_x"], expected["train_y"])
    off = sidecar.difference(expected["losses"], losses)
    if not off <= LOSS_TOLERANCE:
        yield f"losses differ by {off:.2g}: Antler {expected['losses']}, Keras {losses}"


def main():
    if len(sys.argv) != (3 if STRINGS else 2):
        print("usage: check_models.py FOLDER [--strings]", file=sys.stderr)
        return 2
    paths = sorted(pathlib.Path(sys.argv[1]).glob("*.keras"))
    if not paths:
        print(f"no .keras file in {sys.argv[1]}", file=sys.stderr)
        return 1
    failed = 0
    for path in paths:
        try:
            found = list(faults(path))
        except Exception as error:  # whatever Keras raises is this file's failure
            found = [f"{type(error).__name__}: {error}"]
        failed += bool(found)
        for fault in found:
            print(f"{path.name}: {fault}")
    print(f"{len(paths) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
