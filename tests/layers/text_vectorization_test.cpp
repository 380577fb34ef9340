#include "antler/layers/text_vectorization.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "antler/core/error.h"
#include "antler/data/dataset.h"
#include "antler/layers/dense.h"
#include "antler/layers/embedding.h"
#include "antler/layers/global_pooling.h"
#include "antler/layers/input.h"
#include "antler/layers/layer_registry.h"
#include "antler/models/sequential.h"
#include "tests/layers/host_layer_check.h"
#include "tests/layers/layer_check.h"

namespace antler {
namespace {

using testing::check_host_layer;
using testing::message_of;
using Texts = std::vector<std::string>;

const Tensor kTexts = Tensor::strings({"A dog, a fox.", "fox!", ""});

Tensor integers(const std::vector<std::int64_t>& values, const Shape& shape) {
  return Tensor::from(values, shape);
}

TEST(TextVectorization, FindsTokens) {
  const TextVectorization layer({.vocabulary = {"fox", "dog"}});
  EXPECT_TRUE(identical(check_host_layer(layer, {kTexts}),
                        integers({1, 3, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0}, {3, 4})));
  EXPECT_EQ(layer.get_vocabulary(), (Texts{"", "[UNK]", "fox", "dog"}));
  EXPECT_EQ(layer.vocabulary_size(), 4);
}

TEST(TextVectorization, PromisesShapesForAllModes) {
  for (const char* mode : {"int", "one_hot", "multi_hot", "count"}) {
    for (const NgramsArg& ngrams : {NgramsArg(), NgramsArg(2), NgramsArg({3, 1})}) {
      for (const SplitArg& split : {SplitArg("whitespace"), SplitArg("character"), SplitArg()}) {
        const TextVectorization layer(
            {.split = split, .ngrams = ngrams, .output_mode = mode, .vocabulary = {"fox", "a"}});
        check_host_layer(layer, {kTexts});
        check_host_layer(layer, {kTexts.reshape({3, 1})});
        if (split.kind() == SplitArg::Kind::none) check_host_layer(layer, {kTexts.reshape({1, 3})});
        if (split.kind() != SplitArg::Kind::none) check_host_layer(layer, {kTexts[0]});
      }
    }
  }
  for (const std::int64_t length : {1, 9}) {
    for (const SplitArg& split : {SplitArg("whitespace"), SplitArg()}) {
      check_host_layer(
          TextVectorization(
              {.split = split, .output_sequence_length = length, .vocabulary = {"fox", "a"}}),
          {kTexts.reshape({3, 1})});
    }
  }
  check_host_layer(TextVectorization({.max_tokens = 9,
                                      .output_mode = "tf_idf",
                                      .pad_to_max_tokens = true,
                                      .vocabulary = {"fox", "a"},
                                      .idf_weights = {0.5, 2}}),
                   {kTexts});
}

TEST(TextVectorization, TakesFunctions) {
  const auto reversed = [](const std::string& text) {
    return std::string(text.rbegin(), text.rend());
  };
  const auto pairs = [](const std::string& text) {
    Texts parts;
    for (std::size_t i = 0; i < text.size(); i += 2) parts.push_back(text.substr(i, 2));
    return parts;
  };
  const TextVectorization layer(
      {.standardize = reversed, .split = pairs, .vocabulary = {"ba", "dc"}, .name = "text"});
  EXPECT_TRUE(identical(layer(Tensor::strings({"cdab", "x"})), integers({2, 3, 1, 0}, {2, 2})));
  EXPECT_EQ(message_of<StateError>([&] { layer.get_config(); }),
            "text (TextVectorization): standardize: no file holds a function");
}

TEST(TextVectorization, Adapts) {
  const TextVectorization layer({.max_tokens = 4});
  layer.adapt(kTexts);
  EXPECT_EQ(layer.get_vocabulary(false), (Texts{"fox", "a"}));
  const Dataset data = Dataset(kTexts).batch(1);
  layer.adapt(data, 1);
  EXPECT_EQ(layer.get_vocabulary(false), (Texts{"a", "fox"}));
  layer.adapt(std::vector<Tensor>{kTexts.slice(1, 2), kTexts.slice(1, 3)});
  EXPECT_EQ(layer.get_vocabulary(false), Texts{"fox"});
  check_host_layer(TextVectorization({.vocabulary = {"a"}}), {kTexts});
}

TEST(TextVectorization, TrainsInAModel) {
  const Tensor texts =
      Tensor::strings({"a fine day", "what a good thing", "so bad", "awful, awful!"});
  const Tensor y = Tensor{{1}, {1}, {0}, {0}};
  set_random_seed(2);
  const TextVectorization words({.output_sequence_length = 4});
  words.adapt(texts);
  const Sequential model({words, Embedding(words.vocabulary_size(), 4), GlobalAveragePooling1D(),
                          Dense(1, {.activation = "sigmoid"})});
  model.compile({.optimizer = "adam", .loss = "binary_crossentropy"});
  model.fit(texts, y, {.epochs = 300, .verbose = 0});
  const Tensor p = model.predict(Tensor::strings({"good!", "BAD"}));
  EXPECT_GT(p.item(0), p.item(1));
}

TEST(TextVectorization, SaysWhatIsWrong) {
  const auto error = [](const TextVectorizationOptions& options) {
    return message_of<ValueError>([&] { TextVectorization layer(options); });
  };
  EXPECT_EQ(error({.ragged = true}),
            "TextVectorization: expected ragged = false, got true; rows are filled up");
  EXPECT_EQ(error({.sparse = true}),
            "TextVectorization: expected sparse = false, got true; outputs are dense");
  EXPECT_EQ(
      error({.output_mode = "count", .output_sequence_length = 3}),
      "TextVectorization: expected no output_sequence_length in output_mode \"count\", got 3");
  EXPECT_EQ(error({.output_sequence_length = 0}),
            "TextVectorization: expected a positive output_sequence_length, got 0");
  EXPECT_EQ(error({.ngrams = -2, .name = "text"}),
            "text (TextVectorization): expected ngrams from 1 to 1000, got -2");
  EXPECT_EQ(
      error({.vocabulary = {"a", ""}}),
      "TextVectorization: expected a vocabulary without the mask_token, got \"\" in it; give the "
      "tokens alone, or the mask and oov tokens once, in front");
  const TextVectorization layer({.vocabulary = {"a"}, .name = "text"});
  EXPECT_EQ(
      message_of<ShapeError>([&] {
        layer(kTexts.reshape({1, 3}));
      }),
      "text (TextVectorization): expected texts of shape (batch) or (batch, 1), got (1, 3); with "
      "split = nullptr each is a token");
  EXPECT_EQ(message_of<TypeError>([&] {
              layer(Tensor{1, 2});
            }),
            "text (TextVectorization): expected strings, got float32");
  EXPECT_EQ(
      message_of<ValueError>([&] { layer_from_config(layer_to_config(TextVectorization())); }),
      "no error");
  Config config = layer.get_config();
  config.set("standardize", Config::map({{"class_name", "function"}}));
  EXPECT_EQ(message_of<ValueError>([&] { TextVectorization::from_config(config); }),
            "text (TextVectorization): \"standardize\": expected a name, got {\"class_name\": "
            "\"function\"}; no file holds a function: make the layer by custom_objects = "
            "{{\"TextVectorization\", ...}}");
}

}  // namespace
}  // namespace antler
