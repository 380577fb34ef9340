// Which layers hand masks on: as the running Keras says (its layers' supports_masking).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "antler/core/error.h"
#include "antler/layers/layer_registry.h"
#include "antler/saving/json.h"
#include "tests/support/paths.h"

namespace antler::golden {
namespace {

// True of an instance with default arguments in Keras 3.15.1; false of all others.
const std::set<std::string_view> kSupportsMasking = {"Activation",
                                                     "ActivityRegularization",
                                                     "Add",
                                                     "AdditiveAttention",
                                                     "AlphaDropout",
                                                     "Attention",
                                                     "Average",
                                                     "BatchNormalization",
                                                     "Bidirectional",
                                                     "Concatenate",
                                                     "ConvLSTM1D",
                                                     "ConvLSTM2D",
                                                     "ConvLSTM3D",
                                                     "Dense",
                                                     "Dot",
                                                     "Dropout",
                                                     "ELU",
                                                     "GRU",
                                                     "GaussianDropout",
                                                     "GaussianNoise",
                                                     "GlobalAveragePooling1D",
                                                     "GroupNormalization",
                                                     "GroupQueryAttention",
                                                     "Identity",
                                                     "LSTM",
                                                     "LayerNormalization",
                                                     "LeakyReLU",
                                                     "Masking",
                                                     "Maximum",
                                                     "Minimum",
                                                     "MultiHeadAttention",
                                                     "Multiply",
                                                     "Normalization",
                                                     "PReLU",
                                                     "RNN",
                                                     "ReLU",
                                                     "Rescaling",
                                                     "SimpleRNN",
                                                     "Softmax",
                                                     "SpatialDropout1D",
                                                     "SpatialDropout2D",
                                                     "SpatialDropout3D",
                                                     "Subtract",
                                                     "TimeDistributed",
                                                     "UnitNormalization"};

// That of Embedding and ReversibleEmbedding depends on mask_zero.
bool expected_of(const Config& layer) {
  if (const Config* mask_zero = layer.at("config").find("mask_zero")) return mask_zero->as_bool();
  return kSupportsMasking.count(layer.at("class_name").as_string()) > 0;
}

// The layers of all golden cases: each class with many of its options.
TEST(SupportsMasking, AsInKerasForEveryGoldenLayer) {
  std::set<std::string> seen;
  for (const auto& entry :
       std::filesystem::directory_iterator(testing::source_path("tests/golden"))) {
    const std::string path = entry.path().string();
    if (entry.path().extension() != ".json" ||
        entry.path().stem().string().rfind("layers", 0) != 0) {
      continue;
    }
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const Config document = parse_json(text, path);
    for (const Config& golden_case : document.at("cases").as_list()) {
      const Config& layer = golden_case.at("layer");
      EXPECT_EQ(layer_from_config(layer).base().supports_masking(), expected_of(layer))
          << golden_case.at("name").as_string();
      seen.insert(layer.at("class_name").as_string());
    }
  }
  EXPECT_GT(seen.size(), 40U);
}

// Those that need no arguments, whether a case has them or not.
TEST(SupportsMasking, AsInKerasForTheWholeRegistry) {
  int made = 0;
  for (const std::string_view name : layer_classes()) {
    const Config object =
        Config::map({{"class_name", name}, {"config", Config::map({{"name", "layer"}})}});
    Layer layer;
    try {
      layer = layer_from_config(object);
    } catch (const Error&) {
      continue;
    }
    ++made;
    EXPECT_EQ(layer.base().supports_masking(), kSupportsMasking.count(name) > 0) << name;
  }
  EXPECT_GT(made, 25);
}

}  // namespace
}  // namespace antler::golden
