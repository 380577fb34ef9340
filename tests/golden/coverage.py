#!/usr/bin/env python3
"""Says what of Keras the golden cases of this folder leave out.

    coverage.py     the classes and activations without a case, and the arguments that no case gives
                    a value other than their default; exits 1 if there are any

What Keras has is asked of Keras itself (the packages of tests/keras/requirements.txt). What is left
out on purpose stands in the lists below, each with its reason.
"""

import inspect
import json
import math
import os
import pathlib
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ["JAX_PLATFORMS"] = "cpu"

import keras  # noqa: E402

FOLDER = pathlib.Path(__file__).resolve().parent
MODULES = {
    "layers": keras.layers,
    "losses": keras.losses,
    "metrics": keras.metrics,
    "optimizers": keras.optimizers,
    "optimizers.schedules": keras.optimizers.schedules,
    "initializers": keras.initializers,
    "regularizers": keras.regularizers,
    "constraints": keras.constraints,
    "callbacks": keras.callbacks,
}

# Classes without a case, by the reason.
NO_CASE = {
    "a base class, which computes nothing of its own":
        "Layer Wrapper Loss Metric Optimizer LearningRateSchedule Initializer RandomInitializer "
        "Regularizer Constraint Callback CallbackList",
    "it holds a function of Python": "Lambda LambdaCallback",
    "no layer: what a layer says about its inputs": "InputSpec",
    "of one backend": "TFSMLayer TorchModuleWrapper JaxLayer FlaxLayer OrbaxCheckpoint",
    "audio, quantization, boxes, a server: Antler leaves them out":
        "STFTSpectrogram MelSpectrogram STFT TernaryDense MaxNumBoundingBoxes RemoteMonitor",
    "image layers that Antler leaves out (docs/roadmap.md)":
        "AugMix AutoContrast ContrastLimitedAdaptiveHistogramEqualization CutMix Equalization "
        "MixUp RandAugment RandomColorDegeneration RandomColorJitter RandomElasticTransform "
        "RandomErasing RandomGaussianBlur RandomGrayscale RandomHue RandomInvert RandomPerspective "
        "RandomPosterization RandomSaturation RandomSharpness RandomShear Solarization",
    "it draws: tests/initializers has its moments, and that a seed gives the same numbers again":
        "GlorotNormal GlorotUniform HeNormal HeUniform LecunNormal LecunUniform Orthogonal "
        "RandomNormal RandomUniform TruncatedNormal VarianceScaling",
    "it writes, prints, or restores what a case cannot see":
        "BackupAndRestore CSVLogger History ModelCheckpoint ProgbarLogger SwapEMAWeights "
        "TensorBoard",
}  # fmt: skip

# Arguments without a case, by the reason: of any class, or of one.
NO_VALUE = {
    "no number depends on it": "name verbose InputLayer.optional",
    "seeds of what no case draws": "seed",
    "types: tests/layers, tests/losses and tests/metrics have them": "dtype autocast",
    "Antler has dense tensors only": "sparse ragged",
    "quantization, which Antler leaves out":
        "lora_rank lora_alpha quantization_config gptq_unpacked_column_size",
    "which kernel runs, not what it computes": "use_cudnn flash_attention",
    "it takes several devices, and Keras on JAX refuses it": "BatchNormalization.synchronized",
    "Keras takes one value only": "Resizing.fill_mode IntegerLookup.vocabulary_dtype",
    "texts of Antler are UTF-8, it refuses others":
        "StringLookup.encoding TextVectorization.encoding",
    "it raises, then there are no numbers": "TerminateOnNaN.raise_error",
    "an object that no config holds; tests/layers has it": "Embedding.weights",
    "it names a tensor that is there: Antler's Input makes one": "InputLayer.input_tensor",
    "Keras takes it and never uses it": "Bidirectional.weights SimpleRNN.activity_regularizer",
    "written as batch_shape, which the models of fit.json hold":
        "InputLayer.shape InputLayer.batch_size",
}  # fmt: skip
# What Keras writes for a default that it resolves.
RESOLVED = {
    ("data_format", None): "channels_last",
    ("activation", None): "linear",
    ("embeddings_initializer", "uniform"): "RandomUniform",
}
EXCUSED = {name for names in NO_CASE.values() for name in names.split()}
EXCUSED_ARGUMENTS = {name for names in NO_VALUE.values() for name in names.split()}


def classes_of(module):
    """The classes of a module under their own names: aliases and functions are left out."""
    for name in dir(module):
        value = getattr(module, name)
        if inspect.isclass(value) and value.__name__ == name:
            yield value


def arguments_of(function):
    """The function's own arguments with their defaults."""
    return {
        p.name: p.default
        for p in inspect.signature(function).parameters.values()
        if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY) and p.name not in ("self", "x")
    }


def plain(value):
    """One form for what may be written in several: 2 and [2, 2], "Zeros" and an object of it."""
    if isinstance(value, dict) and "class_name" in value:
        return value["class_name"].lower().replace("_", "")
    if isinstance(value, (list, tuple)):
        items = [plain(item) for item in value]
        return items[0] if items and all(item == items[0] for item in items) else items
    if inspect.isclass(value) or callable(value):
        return getattr(value, "__name__", str(value)).lower().replace("_", "")
    if isinstance(value, str):
        return value.lower().replace("_", "")
    return value


def label_of(serialized):
    """Losses and metrics share names of classes: the module, where there is one, tells which."""
    module = str(serialized.get("module")).removeprefix("keras.")
    return module if module in MODULES else None


def collect(value, seen):
    """Notes the configs of all objects inside a case: {(label, class): {argument: [values]}}."""
    if isinstance(value, dict):
        if isinstance(value.get("class_name"), str) and isinstance(value.get("config"), dict):
            arguments = seen.setdefault((label_of(value), value["class_name"]), {})
            for key, entry in value["config"].items():
                entry = plain(entry)
                if entry not in arguments.setdefault(key, []):
                    arguments[key].append(entry)
        for entry in value.values():
            collect(entry, seen)
    elif isinstance(value, list):
        for entry in value:
            collect(entry, seen)


def is_default(argument, value, default):
    if (argument, default) in RESOLVED and value == plain(RESOLVED[argument, default]):
        return True
    numbers = (int, float)
    if isinstance(value, numbers) and isinstance(default, numbers):
        return math.isclose(value, default, rel_tol=1e-6)  # Keras writes float32 as a double
    return value == plain(default)


def left_at_default(title, function, values):
    """A line for each argument of which `values` has the default or nothing."""
    for argument, default in arguments_of(function).items():
        if not {argument, f"{title.split('.')[-1]}.{argument}"}.isdisjoint(EXCUSED_ARGUMENTS):
            continue
        if all(is_default(argument, value, default) for value in values.get(argument, [])):
            yield f"{title}: {argument} is never other than {default!r}"


def missing_classes(seen):
    for label, module in MODULES.items():
        for cls in classes_of(module):
            title = f"{label}.{cls.__name__}"
            if cls.__name__ in EXCUSED:
                continue
            keys = ((label, cls.__name__), (None, cls.__name__))
            found = [seen[key] for key in keys if key in seen]
            if not found:
                yield f"{title}: no case"
                continue
            values = {}
            for arguments in found:
                for argument, entries in arguments.items():
                    values.setdefault(argument, []).extend(entries)
            yield from left_at_default(title, cls.__init__, values)


def missing_activations(seen):
    for name in dir(keras.activations):
        value = getattr(keras.activations, name)
        is_one = inspect.isfunction(value) and value.__module__.endswith("activations.activations")
        if not is_one or value.__name__ != name:
            continue
        if name not in seen:
            yield f"activations.{name}: no case"
        else:
            yield from left_at_default(f"activations.{name}", value, seen[name])


def main():
    classes, activations = {}, {}
    for path in sorted(FOLDER.glob("*.json")):
        for case in json.loads(path.read_text(encoding="ascii"))["cases"]:
            collect(case, classes)
            if "cot" in case:
                arguments = activations.setdefault(case["name"], {})
                for key, value in case.get("arguments", {}).items():
                    arguments.setdefault(key, []).append(plain(value))
    missing = [*missing_classes(classes), *missing_activations(activations)]
    print("\n".join(missing + [f"{len(missing)} things without a golden case"]))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
