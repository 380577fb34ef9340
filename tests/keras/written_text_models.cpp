#include "antler/core/random.h"
#include "antler/layers/concatenate.h"
#include "antler/layers/dense.h"
#include "antler/layers/embedding.h"
#include "antler/layers/global_pooling.h"
#include "antler/layers/hashed_crossing.h"
#include "antler/layers/hashing.h"
#include "antler/layers/input.h"
#include "antler/layers/integer_lookup.h"
#include "antler/layers/rescaling.h"
#include "antler/layers/string_lookup.h"
#include "antler/layers/text_vectorization.h"
#include "antler/models/sequential.h"
#include "tests/keras/written_models.h"

namespace antler::keras_tests {
namespace {

const Tensor kTexts = Tensor::strings({"a fine day", "What a GOOD thing!", "so bad, so sad", "",
                                       "awful; awful \xC3\x84", "a day"})
                          .reshape({6, 1});
const Tensor kLabels = Tensor{{1}, {1}, {0}, {1}, {0}, {1}};

Model trained(const Model& model, const std::vector<Tensor>& x, const char* optimizer = "adam") {
  model.compile({.optimizer = optimizer, .loss = "binary_crossentropy"});
  model.fit(x, {kLabels}, {.batch_size = 4, .epochs = 3, .verbose = 0});
  return model;
}

// With SGD: see text_models.py.
Model text_embedding() {
  const TextVectorization words({.ngrams = 2, .output_sequence_length = 5, .name = "words"});
  words.adapt(kTexts);
  return trained(
      Sequential({Input({1}, {.dtype = "string"}), words, Embedding(words.vocabulary_size(), 3),
                  GlobalAveragePooling1D(), Dense(1, {.activation = "sigmoid"})}),
      {kTexts}, "sgd");
}

Model text_tf_idf() {
  const TextVectorization words({.output_mode = "tf_idf"});
  words.adapt(kTexts);
  return trained(
      Sequential({Input({1}, {.dtype = "string"}), words, Dense(1, {.activation = "sigmoid"})}),
      {kTexts});
}

const Tensor kNumbers = Tensor::from<std::int64_t>({7, -1, 3, 0, 8, 7}, {6, 1});

// The learned one holds "", which Keras finds in the config: as the last line it would be lost.
Model lookups() {
  const Value text = Input({1}, {.dtype = "string", .name = "text"});
  const Value number = Input({1}, {.dtype = "int64", .name = "number"});
  const StringLookup learned({.num_oov_indices = 2, .output_mode = "count", .name = "learned"});
  learned.adapt(kTexts);
  const StringLookup given(
      {.vocabulary = {"a day", ""}, .output_mode = "one_hot", .name = "given"});
  const IntegerLookup ids({.mask_token = 3, .output_mode = "multi_hot"});
  ids.adapt(kNumbers);
  std::vector<Value> parts = {learned(text), given(text), ids(number),
                              Hashing(4, {.salt = {1, 2}, .output_mode = "one_hot"})(text),
                              HashedCrossing(5, {.output_mode = "one_hot"})({text, number})};
  for (Value& part : parts) part = Rescaling(0.5)(part);
  return trained(Model({.inputs = {text, number},
                        .outputs = {Dense(1, {.activation = "sigmoid"})(Concatenate()(parts))}}),
                 {kTexts, kNumbers});
}

Model plain_tokens() {
  const TextVectorization words({.standardize = nullptr,
                                 .split = nullptr,
                                 .ngrams = {2, 1},
                                 .vocabulary = {"A!", "A! b", "b"}});
  return Sequential({Input({3}, {.dtype = "string"}), words, Rescaling(2.0)});
}

}  // namespace

std::vector<WrittenModel> written_text_models() {
  set_random_seed(5);
  return {{"text_embedding", text_embedding(), {kTexts}, {kLabels}},
          {"text_tf_idf", text_tf_idf(), {kTexts}, {kLabels}},
          {"lookups", lookups(), {kTexts, kNumbers}, {kLabels}},
          {"plain_tokens",
           plain_tokens(),
           {Tensor::strings({"A!", "b", "c", "b", "A!", "b"}).reshape({2, 3})},
           {}}};
}

}  // namespace antler::keras_tests
