// Vocabularies in .keras files: the members, datasets and configs that Keras writes and reads.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "antler/layers/dense.h"
#include "antler/layers/embedding.h"
#include "antler/layers/global_pooling.h"
#include "antler/layers/input.h"
#include "antler/layers/integer_lookup.h"
#include "antler/layers/string_lookup.h"
#include "antler/layers/text_vectorization.h"
#include "antler/models/sequential.h"
#include "antler/saving/hdf5_file.h"
#include "antler/saving/json.h"
#include "antler/saving/saving.h"
#include "antler/saving/zip_archive.h"
#include "tests/data/files.h"

namespace antler {
namespace {

using testing::file_error;
using testing::TemporaryFolder;
using Texts = std::vector<std::string>;

const Tensor kTexts = Tensor::strings({"a dog", "a fox, a dog", "so?"});

class VocabularySaving : public ::testing::Test {
 protected:
  Model round_trip(const Model& model, const std::vector<Tensor>& x) const {
    model.save(path_);
    const Model loaded = load_model(path_);
    EXPECT_TRUE(identical(loaded.predict_all(x).at(0), model.predict_all(x).at(0)));
    return loaded;
  }
  std::string member(const std::string& name) const {
    return ZipReader::open(path_).read_text(name);
  }
  bool contains(const std::string& name) const { return ZipReader::open(path_).contains(name); }
  // The file with one member changed, or without it.
  void rewrite(const std::string& name, const std::string* content) const {
    const ZipReader old = ZipReader::open(path_);
    ZipWriter changed;
    for (const std::string& each : old.names()) {
      if (each != name) changed.add(each, old.read(each));
    }
    if (content != nullptr) changed.add(name, *content);
    const std::vector<std::byte> bytes = changed.finish();
    folder_.write("model.keras", testing::text_of(bytes));
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.path("model.keras");
};

Sequential adapted_model() {
  const TextVectorization words({.name = "words"});
  words.adapt(kTexts);
  return Sequential({Input({1}, {.dtype = "string"}), words, Embedding(words.vocabulary_size(), 3),
                     GlobalAveragePooling1D(), Dense(2)});
}

constexpr const char* kWords = "assets/layers/text_vectorization/vocabulary.txt";

TEST_F(VocabularySaving, WhatWasLearnedIsAnAsset) {
  const Model loaded = round_trip(adapted_model(), {kTexts.reshape({3, 1})});
  EXPECT_EQ(member(kWords), "\n[UNK]\na\ndog\nso\nfox");
  EXPECT_EQ(member("assets/layers/text_vectorization/_lookup_layer/vocabulary.txt"),
            "\n[UNK]\na\ndog\nso\nfox");
  const Config config = parse_json(member("config.json"), "config.json");
  const Config& words = config.at("config").at("layers")[1].at("config");
  EXPECT_FALSE(words.contains("vocabulary"));
  EXPECT_EQ(words.at("vocabulary_size"), Config(6));
  EXPECT_TRUE(words.at("ngrams").is_null()) << "Keras reads it without asking whether it is there";
  loaded.save(path_);
  EXPECT_EQ(member(kWords), "\n[UNK]\na\ndog\nso\nfox");
}

TEST_F(VocabularySaving, WhatWasGivenIsInTheConfig) {
  const Value words = Input({2}, {.dtype = "string"});
  const Value found = StringLookup({.oov_token = {}, .vocabulary = {"a", "b"}})(words);
  round_trip(Model({.inputs = {words}, .outputs = {found}}),
             {Tensor::strings({"a", "c"}).reshape({1, 2})});
  EXPECT_FALSE(contains("assets/layers/string_lookup/vocabulary.txt"));
  const Value ids = Input({2}, {.dtype = "int64"});
  const Value places = IntegerLookup({.vocabulary = {7, 8}, .output_mode = "count"})(ids);
  round_trip(Model({.inputs = {ids}, .outputs = {places}}),
             {Tensor::from<std::int64_t>({8, 9}, {1, 2})});
}

TEST_F(VocabularySaving, KeepsNoneWhereItIsNoDefault) {
  const TextVectorization plain(
      {.standardize = nullptr, .split = nullptr, .ngrams = {2}, .vocabulary = {"A! B"}});
  const Value x = Input({2}, {.dtype = "string"});
  round_trip(Model({.inputs = {x}, .outputs = {plain(x)}}),
             {Tensor::strings({"A!", "B"}).reshape({1, 2})});
}

TEST_F(VocabularySaving, WeightsOfWordsAreDatasets) {
  const TextVectorization words({.output_mode = "tf_idf"});
  words.adapt(kTexts);
  const Sequential model({Input({1}, {.dtype = "string"}), words, Dense(2)});
  round_trip(model, {kTexts.reshape({3, 1})});
  const Hdf5Reader weights(ZipReader::open(path_).read("model.weights.h5"), "weights");
  for (const char* group : {"vars", "_lookup_layer/vars"}) {
    const std::string path = std::string("layers/text_vectorization/") + group + "/idf_weights";
    EXPECT_EQ(weights.shape(path), Shape({5})) << path;
  }
  // Into a layer that learned other words of the same number.
  const TextVectorization others({.output_mode = "tf_idf"});
  others.adapt(Tensor::strings({"q", "r r", "s", "t"}));
  const Sequential other({Input({1}, {.dtype = "string"}), others, Dense(2)});
  other.load_weights(path_);
  const Tensor weighed = others(Tensor::strings({"t"}));
  EXPECT_NEAR(weighed.item(2), 0.693147, 1e-6) << "the weight at its place in the file";
}

TEST_F(VocabularySaving, LayersOfOneClassFindTheirOwn) {
  const Value x = Input({1}, {.dtype = "string"});
  const StringLookup first({.name = "first"}), second({.name = "second"});
  first.adapt(Tensor::strings({"a", "b"}));
  second.adapt(Tensor::strings({"c", "d", "e"}));
  const Model model({.inputs = {x}, .outputs = {first(x), second(x)}});
  model.save(path_);
  const Model loaded = load_model(path_);
  const Tensor words = Tensor::strings({"a", "d"}).reshape({2, 1});
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_TRUE(identical(loaded.predict_all({words})[i], model.predict_all({words})[i]));
  }
  EXPECT_EQ(member("assets/layers/string_lookup_1/vocabulary.txt"), "[UNK]\ne\nd\nc");
}

TEST_F(VocabularySaving, SaysWhatIsWrongWithAFile) {
  const Model model = adapted_model();
  model.save(path_);
  rewrite(kWords, nullptr);
  EXPECT_EQ(file_error([&] { load_model(path_); }),
            path_ + ": expected the member " + kWords + " of words (TextVectorization), got none");
  model.save(path_);
  const std::string twice = "\n[UNK]\na\na";
  rewrite(kWords, &twice);
  EXPECT_EQ(file_error([&] { load_model(path_); }),
            path_ + ": " + kWords + ": expected different tokens, got \"a\" twice");

  const TextVectorization counts({.output_mode = "count"});
  counts.adapt(kTexts);
  Sequential({Input({1}, {.dtype = "string"}), counts}).save(path_);
  const std::string longer = "[UNK]\na\nb\nc\nd\ne\nf";
  rewrite(kWords, &longer);
  EXPECT_EQ(file_error([&] { load_model(path_); }),
            path_ + ": " + kWords +
                ": expected a vocabulary of 5 tokens as before, got 7; outputs would change their "
                "size: make a new layer, or set max_tokens and pad_to_max_tokens");
}

}  // namespace
}  // namespace antler
