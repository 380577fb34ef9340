"""Layers that hash, look up and vectorize, on the TensorFlow backend: no other has strings.

A case may be adapted first: "adapt" holds the data, one tensor, or a list of batches, and
"vocabulary" and "idf_weights" what get_vocabulary() and the layer then give."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from .encoding import config, tensor

LONG = "a text of more than sixty-four bytes, so that the hash goes over blocks: \u00e4\u00f6\u00fc \u20ac"
WORDS = np.array(
    [
        ["a", "bc", "def", "\u00c4\u00d6"],
        ["", "seven77", "eight888", "sixteen letters!"],
        ["seventeen letters", "some thirty-three letters or bytes", "a", LONG],
    ],
    dtype=object,
)
NUMBERS = np.array([[0, 1, -1, 7], [42, -4000000000, 2**62, 123456789]], "int64")
TEXTS = np.array(
    [
        "The quick, brown fox!",
        "jumps  over\tthe lazy\n dog.",
        "",
        "the the \u00c4RGER \u00e4rger, (the) lazy",
        "don't ...  ",
    ],
    dtype=object,
)
VOCABULARY = ["the", "fox", "dog", "lazy", "the lazy", "the the", "\u00c4rger", "dont", "the lazy dog"]


def _text_tensor(value):
    value = value.numpy() if hasattr(value, "numpy") else np.asarray(value)
    if value.dtype.kind not in "OSU":
        return tensor(value)
    data = [v.decode() if isinstance(v, bytes) else str(v) for v in value.ravel()]
    return {"shape": list(value.shape), "dtype": "string", "data": data}


def make_case(name, layer, inputs, adapt=None):
    case = {"name": name, "layer": config(layer), "training": False}
    if adapt is not None:
        if isinstance(adapt, list):
            case["adapt"] = [_text_tensor(batch) for batch in adapt]
            layer.adapt(tf.data.Dataset.from_generator(
                lambda: iter(adapt),
                output_signature=tf.TensorSpec(None, "int64" if adapt[0].dtype == "int64" else "string"),
            ))
        else:
            case["adapt"] = _text_tensor(adapt)
            layer.adapt(adapt)
        case["vocabulary"] = _text_tensor(np.array(layer.get_vocabulary()))
        lookup = getattr(layer, "_lookup_layer", layer)
        if lookup.output_mode == "tf_idf":
            case["idf_weights"] = tensor(lookup.idf_weights.numpy())
    arguments = [tf.constant(array) for array in inputs]
    output = layer(arguments if len(arguments) > 1 else arguments[0])
    if isinstance(output, tf.RaggedTensor):
        output = output.to_tensor()  # one_hot of split texts; Antler fills rows up
    case.update(
        inputs=[_text_tensor(array) for array in inputs],
        as_list=len(inputs) > 1,
        call_kwargs={},
        mask=None,
        weights=[],
        outputs=[_text_tensor(output)],
        cotangents=[],
        grad_inputs=[None] * len(inputs),
        grad_weights=[],
        losses=[],
        weights_after=[],
    )
    return case


def _hashing():
    many = 1000003
    yield "hashing_texts", layers.Hashing(many), [WORDS]
    yield "hashing_numbers", layers.Hashing(many), [NUMBERS]
    yield "hashing_int32", layers.Hashing(many), [NUMBERS.astype("int32")]
    yield "hashing_uint8", layers.Hashing(7), [np.array([[0, 255], [9, 10]], "uint8")]
    yield "hashing_bool", layers.Hashing(many), [np.array([True, False])]
    yield "hashing_salt", layers.Hashing(many, salt=1337), [WORDS]
    yield "hashing_salt_pair", layers.Hashing(many, salt=(3, 2**40)), [WORDS]
    yield "hashing_salt_numbers", layers.Hashing(many, salt=[0, 1]), [NUMBERS]
    yield "hashing_mask", layers.Hashing(5, mask_value="a"), [WORDS]
    yield "hashing_mask_empty", layers.Hashing(5, mask_value="", salt=9), [WORDS]
    yield "hashing_mask_number", layers.Hashing(5, mask_value=-1), [NUMBERS]
    yield "hashing_one_bin", layers.Hashing(1, mask_value="a"), [WORDS]
    yield "hashing_dtype", layers.Hashing(6, dtype="int32"), [WORDS]
    yield "hashing_rank3", layers.Hashing(6), [WORDS.reshape(2, 3, 2)]
    for mode in ("one_hot", "multi_hot", "count"):
        yield f"hashing_{mode}", layers.Hashing(4, output_mode=mode), [WORDS]
        yield f"hashing_{mode}_rank1", layers.Hashing(4, output_mode=mode), [WORDS[0]]
        yield f"hashing_{mode}_one", layers.Hashing(4, output_mode=mode), [WORDS[:, :1]]
        yield f"hashing_{mode}_rank3", layers.Hashing(3, output_mode=mode), [WORDS.reshape(2, 3, 2)]
        yield f"hashing_{mode}_two_ones", layers.Hashing(3, output_mode=mode), [
            WORDS[0].reshape(4, 1, 1)
        ]
        yield f"hashing_{mode}_int32", layers.Hashing(3, output_mode=mode, dtype="int32"), [NUMBERS]


def _crossing():
    many = 1000003
    first, second = WORDS[:, :1], NUMBERS.reshape(-1, 1)[:3]
    yield "hashed_crossing", layers.HashedCrossing(many), [first, second]
    yield "hashed_crossing_texts", layers.HashedCrossing(many), [WORDS[0], WORDS[1]]
    yield "hashed_crossing_order", layers.HashedCrossing(many), [WORDS[1], WORDS[0]]
    yield "hashed_crossing_three", layers.HashedCrossing(many), [WORDS[0], NUMBERS[0], NUMBERS[1]]
    yield "hashed_crossing_one_hot", layers.HashedCrossing(4, output_mode="one_hot"), [
        first,
        second,
    ]
    yield "hashed_crossing_one_hot_flat", layers.HashedCrossing(4, output_mode="one_hot"), [
        WORDS[0],
        WORDS[1],
    ]
    yield "hashed_crossing_dtype", layers.HashedCrossing(4, dtype="int32"), [WORDS[0], WORDS[1]]


def _string_lookup():
    lookup = layers.StringLookup
    words = np.array([["a", "b", "c"], ["", "c", "a"], ["m", "x", "[UNK]"]], dtype=object)
    kept = ["c", "a", "b"]
    yield "string_lookup", lookup(vocabulary=kept), [words]
    yield "string_lookup_mask", lookup(vocabulary=kept, mask_token="m"), [words]
    yield "string_lookup_special", lookup(vocabulary=["m", "[UNK]"] + kept, mask_token="m"), [words]
    yield "string_lookup_oov3", lookup(vocabulary=kept, num_oov_indices=3), [WORDS]
    yield "string_lookup_oov3_mask", lookup(vocabulary=kept, num_oov_indices=3, mask_token=""), [
        WORDS
    ]
    yield "string_lookup_salt", lookup(vocabulary=kept, num_oov_indices=4, salt=(5, 6)), [WORDS]
    yield "string_lookup_oov0", lookup(vocabulary=kept, num_oov_indices=0), [words[:1]]
    yield "string_lookup_rank3", lookup(vocabulary=kept), [words.reshape(3, 1, 3)]
    for mode in ("one_hot", "multi_hot", "count"):
        for title, array in (
            ("", words),
            ("_rank1", words[0]),
            ("_one", words[:, :1]),
            ("_rank3", WORDS.reshape(2, 3, 2)),
        ):
            yield f"string_lookup_{mode}{title}", lookup(vocabulary=kept, output_mode=mode), [array]
        yield (
            f"string_lookup_{mode}_mask",
            lookup(vocabulary=kept, output_mode=mode, mask_token="m", num_oov_indices=2),
            [words],
        )
        yield (
            f"string_lookup_{mode}_padded",
            lookup(vocabulary=kept, output_mode=mode, max_tokens=6, pad_to_max_tokens=True),
            [words],
        )
    weights = [0.25, 0.5, 0.75]
    yield "string_lookup_tf_idf", lookup(
        vocabulary=kept, output_mode="tf_idf", idf_weights=weights
    ), [words]
    yield "string_lookup_tf_idf_special", lookup(
        vocabulary=["[UNK]"] + kept, output_mode="tf_idf", idf_weights=[2.0] + weights
    ), [words]
    yield "string_lookup_tf_idf_padded", lookup(
        vocabulary=kept,
        output_mode="tf_idf",
        idf_weights=weights,
        max_tokens=7,
        pad_to_max_tokens=True,
        num_oov_indices=2,
    ), [words]
    indices = np.array([[0, 1, 2], [3, 4, 5], [-1, 100, 2]], "int64")
    yield "string_lookup_invert", lookup(vocabulary=kept, invert=True), [indices]
    yield "string_lookup_invert_mask", lookup(
        vocabulary=kept, invert=True, mask_token="m", num_oov_indices=2, oov_token="?"
    ), [indices]


def _integer_lookup():
    lookup = layers.IntegerLookup
    numbers = np.array([[10, -20, 30], [7, -8, 0], [-1, 12345678901, 10]], "int64")
    kept = [10, 30, -20]
    yield "integer_lookup", lookup(vocabulary=kept), [numbers]
    yield "integer_lookup_int32", lookup(vocabulary=kept), [numbers[:2].astype("int32")]
    yield "integer_lookup_mask", lookup(vocabulary=kept, mask_token=0), [numbers]
    yield "integer_lookup_oov3", lookup(vocabulary=kept, num_oov_indices=3), [numbers]
    yield "integer_lookup_farmhash", lookup(
        vocabulary=kept, num_oov_indices=3, oov_method="farmhash"
    ), [numbers]
    yield "integer_lookup_salt", lookup(
        vocabulary=kept, num_oov_indices=3, oov_method="farmhash", salt=77
    ), [numbers]
    for mode in ("one_hot", "multi_hot", "count"):
        yield f"integer_lookup_{mode}", lookup(vocabulary=kept, output_mode=mode), [numbers]
    yield "integer_lookup_tf_idf", lookup(
        vocabulary=kept, output_mode="tf_idf", idf_weights=[0.5, 1.5, 2.5], mask_token=7
    ), [numbers]
    yield "integer_lookup_invert", lookup(vocabulary=kept, mask_token=0, invert=True), [
        np.array([[0, 1, 2], [4, 5, -3]], "int64")
    ]


def _vectorization():
    make = layers.TextVectorization
    yield "text_vectorization", make(vocabulary=VOCABULARY), [TEXTS]
    yield "text_vectorization_column", make(vocabulary=VOCABULARY), [TEXTS.reshape(-1, 1)]
    yield "text_vectorization_rank3", make(vocabulary=VOCABULARY), [TEXTS[:4].reshape(2, 2, 1)]
    yield "text_vectorization_scalar", make(vocabulary=VOCABULARY), [np.array(TEXTS[0], dtype=object)]
    for how in (None, "lower", "strip_punctuation"):
        yield f"text_vectorization_{how}", make(vocabulary=VOCABULARY, standardize=how), [TEXTS]
    yield "text_vectorization_length2", make(vocabulary=VOCABULARY, output_sequence_length=2), [TEXTS]
    yield "text_vectorization_length8", make(vocabulary=VOCABULARY, output_sequence_length=8), [TEXTS]
    characters = ["t", "h", "e", " ", "\u00e4", "\u00c4", "e t"]
    yield "text_vectorization_character", make(vocabulary=characters, split="character"), [TEXTS]
    yield "text_vectorization_character_ngrams", make(
        vocabulary=["t", "h", "t h", "t h e"], split="character", ngrams=3
    ), [TEXTS]
    for ngrams in (1, 2, 3, (2,), (3, 1)):
        title = "_".join(str(n) for n in ngrams) if isinstance(ngrams, tuple) else f"to_{ngrams}"
        yield f"text_vectorization_ngrams_{title}", make(vocabulary=VOCABULARY, ngrams=ngrams), [TEXTS]
    for mode in ("one_hot", "multi_hot", "count"):
        yield f"text_vectorization_{mode}", make(vocabulary=VOCABULARY, output_mode=mode), [TEXTS]
        yield f"text_vectorization_{mode}_ngrams", make(
            vocabulary=VOCABULARY, output_mode=mode, ngrams=(2, 3)
        ), [TEXTS.reshape(-1, 1)]
        yield f"text_vectorization_{mode}_padded", make(
            vocabulary=VOCABULARY[:3], output_mode=mode, max_tokens=6, pad_to_max_tokens=True
        ), [TEXTS]
        yield f"text_vectorization_{mode}_single", make(
            vocabulary=VOCABULARY, output_mode=mode
        ), [np.array(["fox"], dtype=object)]
    yield "text_vectorization_tf_idf", make(
        vocabulary=VOCABULARY, output_mode="tf_idf", idf_weights=[0.1 * k for k in range(1, 10)]
    ), [TEXTS]
    tokens = np.array([["the", "fox", ""], ["Lazy", "the", "dog!"]], dtype=object)
    for mode in ("int", "one_hot", "multi_hot", "count"):
        yield f"text_vectorization_unsplit_{mode}", make(
            vocabulary=VOCABULARY, split=None, output_mode=mode
        ), [tokens]
        yield f"text_vectorization_unsplit_{mode}_ngrams", make(
            vocabulary=VOCABULARY, split=None, output_mode=mode, ngrams=2
        ), [tokens]
        yield f"text_vectorization_unsplit_{mode}_flat", make(
            vocabulary=VOCABULARY, split=None, output_mode=mode
        ), [tokens[0]]
        yield f"text_vectorization_unsplit_{mode}_column", make(
            vocabulary=VOCABULARY, split=None, output_mode=mode
        ), [tokens[:, :1]]
    for length in (2, 5):
        yield f"text_vectorization_unsplit_length{length}", make(
            vocabulary=VOCABULARY, split=None, output_sequence_length=length
        ), [tokens]


def _adapted():
    lookup, numbers, text = layers.StringLookup, layers.IntegerLookup, layers.TextVectorization
    words = np.array(
        [["b", "a", "c"], ["B", "a", "b"], ["[UNK]", "\u00e4", "m"], ["", "a", "\u00e4"]], dtype=object
    )
    yield "adapt_string_lookup", lookup(), [words], words
    yield "adapt_string_lookup_flat", lookup(), [words[0]], words[:, 0]
    yield "adapt_string_lookup_mask", lookup(mask_token="m", num_oov_indices=2), [words], words
    yield "adapt_string_lookup_max", lookup(max_tokens=4), [words], words
    yield "adapt_string_lookup_max_mask", lookup(max_tokens=4, mask_token="m"), [words], words
    yield "adapt_string_lookup_count", lookup(output_mode="count"), [words], words
    yield "adapt_string_lookup_batches", lookup(), [words], [words[:1], words[1:]]
    tf_idf = {"output_mode": "tf_idf"}
    yield "adapt_string_lookup_tf_idf", lookup(**tf_idf), [words], words
    yield "adapt_string_lookup_tf_idf_flat", lookup(**tf_idf), [words], words[:, 1]
    yield "adapt_string_lookup_tf_idf_batches", lookup(**tf_idf), [words], [words[:3], words[3:]]
    yield "adapt_string_lookup_tf_idf_flat_batches", lookup(**tf_idf), [words], [words[0], words[1]]
    yield "adapt_string_lookup_tf_idf_mask", lookup(
        mask_token="m", num_oov_indices=2, max_tokens=5, **tf_idf
    ), [words], words
    yield "adapt_string_lookup_tf_idf_padded", lookup(
        max_tokens=12, pad_to_max_tokens=True, **tf_idf
    ), [words], words
    ids = np.array([[5, -3, 5], [100, -1, 7], [5, 100, 8]], "int64")
    yield "adapt_integer_lookup", numbers(), [ids], ids
    yield "adapt_integer_lookup_max", numbers(max_tokens=3, mask_token=5), [ids], ids
    yield "adapt_integer_lookup_batches", numbers(output_mode="multi_hot"), [ids], [ids[:2], ids[2:]]
    yield "adapt_integer_lookup_tf_idf", numbers(**tf_idf), [ids], ids
    yield "adapt_text_vectorization", text(), [TEXTS], TEXTS
    yield "adapt_text_vectorization_max", text(max_tokens=6), [TEXTS], TEXTS
    yield "adapt_text_vectorization_plain", text(standardize=None), [TEXTS], TEXTS
    yield "adapt_text_vectorization_ngrams", text(ngrams=2, max_tokens=20), [TEXTS], TEXTS
    yield "adapt_text_vectorization_character", text(split="character"), [TEXTS], TEXTS
    yield "adapt_text_vectorization_unsplit", text(split=None), [words], words
    yield "adapt_text_vectorization_multi_hot", text(output_mode="multi_hot"), [TEXTS], TEXTS
    yield "adapt_text_vectorization_tf_idf", text(**tf_idf), [TEXTS], TEXTS
    yield "adapt_text_vectorization_tf_idf_batches", text(**tf_idf), [TEXTS], [TEXTS[:2], TEXTS[2:]]
    yield "adapt_text_vectorization_tf_idf_padded", text(
        max_tokens=16, pad_to_max_tokens=True, **tf_idf
    ), [TEXTS], TEXTS.reshape(-1, 1)


def make():
    cases = []
    groups = (_hashing, _crossing, _string_lookup, _integer_lookup, _vectorization, _adapted)
    for group in groups:
        keras.utils.clear_session()
        cases += [make_case(*arguments) for arguments in group()]
    return cases
