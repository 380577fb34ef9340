#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "antler/core/error.h"
#include "antler/data/dataset.h"
#include "antler/layers/input.h"
#include "antler/layers/integer_lookup.h"
#include "antler/layers/string_lookup.h"
#include "tests/data/files.h"
#include "tests/layers/host_layer_check.h"
#include "tests/layers/layer_check.h"

namespace antler {
namespace {

using testing::check_host_layer;
using testing::message_of;
using testing::TemporaryFolder;
using Texts = std::vector<std::string>;

Tensor integers(const std::vector<std::int64_t>& values, const Shape& shape) {
  return Tensor::from(values, shape);
}

const Tensor kWords = Tensor::strings({"a", "c", "b", "x"}).reshape({2, 2});

TEST(StringLookup, FindsWords) {
  const StringLookup layer({.vocabulary = {"a", "b", "c"}});
  EXPECT_TRUE(identical(check_host_layer(layer, {kWords}), integers({1, 3, 2, 0}, {2, 2})));
  EXPECT_EQ(layer.get_vocabulary(), (Texts{"[UNK]", "a", "b", "c"}));
  EXPECT_EQ(layer.get_vocabulary(false), (Texts{"a", "b", "c"}));
  EXPECT_EQ(layer.vocabulary_size(), 4);
}

TEST(StringLookup, PromisesShapesForAllModes) {
  for (const char* mode : {"int", "one_hot", "multi_hot", "count"}) {
    const StringLookup layer(
        {.mask_token = "x", .vocabulary = {"a", "b", "c"}, .output_mode = mode});
    for (const Shape& shape :
         {Shape{4}, Shape{2, 2}, Shape{4, 1}, Shape{2, 1, 2}, Shape{2, 2, 1}}) {
      check_host_layer(layer, {kWords.reshape(shape)});
    }
    check_host_layer(layer, {kWords[0][0]});
  }
  check_host_layer(StringLookup({.max_tokens = 6,
                                 .vocabulary = {"a", "b"},
                                 .idf_weights = {0.5, 0.25},
                                 .output_mode = "tf_idf",
                                 .pad_to_max_tokens = true}),
                   {kWords});
}

TEST(StringLookup, GoesBack) {
  const StringLookup layer(
      {.mask_token = "", .oov_token = "?", .vocabulary = {"a", "b"}, .invert = true});
  EXPECT_TRUE(identical(check_host_layer(layer, {integers({0, 1, 2, 3, 4, -1}, {6})}),
                        Tensor::strings({"", "?", "a", "b", "?", "?"})));
}

TEST(StringLookup, AdaptForgetsWhatWasBefore) {
  const StringLookup layer;
  layer.adapt(Tensor::strings({"x", "y", "y"}));
  layer.adapt(Tensor::strings({"b", "a", "a", "c"}));
  EXPECT_EQ(layer.get_vocabulary(), (Texts{"[UNK]", "a", "c", "b"}));
  check_host_layer(StringLookup({.vocabulary = {"a"}}), {kWords});
}

TEST(StringLookup, AdaptReadsADataset) {
  const StringLookup layer;
  const Dataset data = Dataset(Tensor::strings({"a", "b", "b", "c", "c", "c"})).batch(4);
  layer.adapt(data);
  EXPECT_EQ(layer.get_vocabulary(), (Texts{"[UNK]", "c", "b", "a"}));
  layer.adapt(data, 1);
  EXPECT_EQ(layer.get_vocabulary(), (Texts{"[UNK]", "b", "c", "a"}));
}

TEST(StringLookup, ReadsAFile) {
  const TemporaryFolder folder;
  const StringLookup layer({.vocabulary = folder.write("words", "[UNK]\r\nb\n\na")});
  EXPECT_EQ(layer.get_vocabulary(), (Texts{"[UNK]", "[UNK]", "b", "", "a"}));
  EXPECT_TRUE(layer.get_config().at("vocabulary").is_null()) << "a file is saved as an asset";
  layer.set_vocabulary(folder.write("others", "q\n"));
  EXPECT_EQ(layer.get_vocabulary(false), Texts{"q"});
}

TEST(StringLookup, AssetsGoRound) {
  const TemporaryFolder folder;
  const StringLookup layer({.num_oov_indices = 2, .mask_token = ""});
  layer.adapt(Tensor::strings({"b", "a", "b"}));
  layer.save_assets(folder.path());
  EXPECT_EQ(testing::contents(folder.path("vocabulary.txt")), "\n[UNK]\n[UNK]\nb\na");
  const StringLookup other({.num_oov_indices = 2, .mask_token = ""});
  other.load_assets(folder.path());
  EXPECT_EQ(other.get_vocabulary(), layer.get_vocabulary());
  other.adapt(Tensor::strings({"c"}));
  EXPECT_EQ(other.get_vocabulary(false), Texts{"c"})
      << "a vocabulary from a file may be learned anew";
}

// What lines cannot hold stands in the config, where Keras looks for it too.
TEST(StringLookup, KeepsWordsWithLineEnds) {
  for (const char* word : {"two\nlines", "\xE2\x80\xA8", "form\ffeed", ""}) {
    const StringLookup layer;
    layer.adapt(Tensor::strings({word, "a", "a"}));
    EXPECT_EQ(layer.get_config().at("vocabulary"), Config(Texts{"[UNK]", "a", word}));
    check_host_layer(layer, {Tensor::strings({word, "a", "b"})});
  }
}

TEST(StringLookup, SaysWhatIsWrong) {
  const auto error = [](const StringLookupOptions& options) {
    return message_of<ValueError>([&] { StringLookup layer(options); });
  };
  EXPECT_EQ(error({.max_tokens = 1, .name = "words"}),
            "words (StringLookup): expected max_tokens above 1, got 1");
  EXPECT_EQ(error({.pad_to_max_tokens = true}),
            "StringLookup: expected max_tokens, which pad_to_max_tokens pads to, got none");
  EXPECT_EQ(error({.num_oov_indices = -1}),
            "StringLookup: expected num_oov_indices of at least 0, got -1");
  EXPECT_EQ(error({.output_mode = "onehot"}),
            "StringLookup: unknown output_mode \"onehot\"; did you mean \"one_hot\"?");
  EXPECT_EQ(error({.output_mode = "count", .sparse = true}),
            "StringLookup: expected sparse = false, got true; outputs are dense");
  EXPECT_EQ(error({.invert = true, .output_mode = "count"}),
            "StringLookup: expected output_mode \"int\" with invert, got \"count\"");
  EXPECT_EQ(error({.oov_token = {}, .invert = true}),
            "StringLookup: expected an oov_token with invert, got none");
  EXPECT_EQ(error({.vocabulary = {"a"}, .idf_weights = {1}}),
            "StringLookup: expected output_mode \"tf_idf\" with idf_weights, got \"int\"");
  EXPECT_EQ(error({.vocabulary = {"a"}, .output_mode = "tf_idf"}),
            "StringLookup: expected one of idf_weights for each of the 1 tokens, got 0");
  EXPECT_EQ(
      error({.vocabulary = "words.txt", .output_mode = "tf_idf"}),
      "StringLookup: expected the tokens themselves in output_mode \"tf_idf\", got a file; they "
      "need idf_weights");
  EXPECT_EQ(error({.vocabulary = Texts()}), "StringLookup: expected a vocabulary, got none");
  EXPECT_EQ(error({.vocabulary = {"a", "b", "a"}}),
            "StringLookup: expected different tokens, got \"a\" twice");
  EXPECT_EQ(error({.mask_token = "m", .vocabulary = {"a", "m"}}),
            "StringLookup: expected a vocabulary without the mask_token, got \"m\" in it; give the "
            "tokens alone, or the mask and oov tokens once, in front");
  EXPECT_EQ(
      error({.vocabulary = {"a", "[UNK]"}, .invert = true}),
      "StringLookup: expected a vocabulary without the oov_token, got \"[UNK]\" in it; give the "
      "tokens alone, or the mask and oov tokens once, in front");
  EXPECT_EQ(error({.max_tokens = 2, .vocabulary = {"a", "b"}}),
            "StringLookup: expected at most max_tokens = 2 tokens with the special ones, got 3");
  EXPECT_EQ(error({.encoding = "latin-1"}),
            "StringLookup: expected encoding \"utf-8\", got \"latin-1\"; strings are UTF-8");
  EXPECT_EQ(message_of<FileError>([] { StringLookup layer({.vocabulary = "no/words.txt"}); }),
            "StringLookup: no/words.txt: no such file; is the path right?");
}

TEST(StringLookup, SaysWhatItLacks) {
  const StringLookup layer({.name = "words"});
  EXPECT_EQ(
      message_of<StateError>([&] { layer(kWords); }),
      "words (StringLookup): expected a vocabulary, got none yet; give it, or call adapt() with "
      "the data");
  EXPECT_EQ(message_of<TypeError>([&] {
              layer(Tensor{1, 2});
            }),
            "words (StringLookup): expected strings, got float32 (2,)");
  EXPECT_EQ(message_of<TypeError>([&] {
              layer.adapt(Tensor{1, 2});
            }),
            "words (StringLookup): expected string data, got float32");
  EXPECT_EQ(message_of<ValueError>([&] { layer.adapt(std::vector<Tensor>()); }),
            "words (StringLookup): expected data to adapt to, got none");
  const StringLookup given({.vocabulary = {"a"}, .name = "words"});
  EXPECT_EQ(message_of<StateError>([&] { given.adapt(kWords); }),
            "words (StringLookup): has the vocabulary it was given; leave it out to call adapt()");
  const StringLookup strict({.num_oov_indices = 0, .vocabulary = {"a", "b", "c"}, .name = "words"});
  EXPECT_EQ(message_of<ValueError>([&] { strict(kWords); }),
            "words (StringLookup): expected only tokens of the vocabulary, got \"x\" at (1, 1); "
            "num_oov_indices = 1 makes an index for all others");
}

TEST(StringLookup, KeepsTheSizeOfItsOutputs) {
  const StringLookup layer({.output_mode = "count", .name = "words"});
  layer.adapt(Tensor::strings({"a", "b"}));
  layer.adapt(Tensor::strings({"c", "d"}));
  EXPECT_EQ(
      message_of<StateError>([&] { layer.adapt(Tensor::strings({"c"})); }),
      "words (StringLookup): expected a vocabulary of 3 tokens as before, got 2; outputs would "
      "change their size: make a new layer, or set max_tokens and pad_to_max_tokens");
  EXPECT_EQ(layer.get_vocabulary(false), (Texts{"d", "c"})) << "nothing changed";
}

TEST(StringLookup, RefusesAPathInAConfig) {
  const StringLookup layer({.vocabulary = {"a"}, .name = "words"});
  Config config = layer.get_config();
  config.set("vocabulary", "/etc/passwd");
  EXPECT_EQ(message_of<ValueError>([&] { StringLookup::from_config(config); }),
            "words (StringLookup): \"vocabulary\": expected a list of tokens, got the path "
            "\"/etc/passwd\"; a file must not name other files: set_vocabulary() reads one");
}

// A file may claim any number; nothing is made for each.
TEST(StringLookup, BearsManyIndicesForUnknownWords) {
  const StringLookup layer({.num_oov_indices = std::int64_t{1} << 60, .vocabulary = {"a"}});
  EXPECT_EQ(layer(Tensor::strings({"a"})).spec().to_string(), "int64 (1,)");
  EXPECT_EQ(layer.vocabulary_size(), (std::int64_t{1} << 60) + 1);
}

TEST(IntegerLookup, FindsNumbers) {
  const IntegerLookup layer({.mask_token = 0, .vocabulary = {12, -5}});
  EXPECT_TRUE(identical(check_host_layer(layer, {integers({12, 0, -5, 7}, {2, 2})}),
                        integers({2, 0, 3, 1}, {2, 2})));
  EXPECT_TRUE(identical(layer(Tensor{12.9, -5.1}), integers({2, 3}, {2}))) << "floats are cut";
  EXPECT_EQ(layer.get_vocabulary(), (std::vector<std::int64_t>{0, -1, 12, -5}));
}

TEST(IntegerLookup, AssetsGoRound) {
  const TemporaryFolder folder;
  const IntegerLookup layer({.mask_token = 7});
  layer.adapt(integers({2, -3, 2, 7}, {4}));
  layer.save_assets(folder.path());
  EXPECT_EQ(testing::contents(folder.path("vocabulary.txt")), "7\n-1\n2\n-3");
  const IntegerLookup other({.mask_token = 7, .name = "ids"});
  other.load_assets(folder.path());
  EXPECT_EQ(other.get_vocabulary(), layer.get_vocabulary());
  const std::string path = folder.write("vocabulary.txt", "7\n-1\n2.5");
  EXPECT_EQ(message_of<FileError>([&] { other.load_assets(folder.path()); }),
            path + ": expected a whole number on each line, got \"2.5\"");
}

TEST(IntegerLookup, SaysWhatIsWrong) {
  const auto error = [](const IntegerLookupOptions& options) {
    return message_of<ValueError>([&] { IntegerLookup layer(options); });
  };
  EXPECT_EQ(error({.vocabulary_dtype = "int32"}),
            "IntegerLookup: expected vocabulary_dtype \"int64\", got \"int32\"");
  EXPECT_EQ(error({.oov_method = "farm"}),
            "IntegerLookup: unknown oov_method \"farm\"; did you mean \"farmhash\"?");
  EXPECT_EQ(error({.salt = 3}),
            "IntegerLookup: expected oov_method \"farmhash\" with a salt, got \"floormod\"");
  EXPECT_EQ(message_of<TypeError>([] { IntegerLookup({.vocabulary = {1}, .name = "n"})(kWords); }),
            "n (IntegerLookup): expected numbers, got string (2, 2)");
}

}  // namespace
}  // namespace antler
