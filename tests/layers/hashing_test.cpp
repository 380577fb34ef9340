#include "antler/layers/hashing.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/layers/hashed_crossing.h"
#include "antler/layers/input.h"
#include "tests/layers/host_layer_check.h"
#include "tests/layers/layer_check.h"

namespace antler {
namespace {

using testing::check_host_layer;
using testing::message_of;

const Tensor kWords = Tensor::strings({"a", "c", "b", "x"}).reshape({2, 2});
const Tensor kNumbers = Tensor::from<std::int64_t>({1, -5, 7, 0}, {2, 2});

TEST(Hashing, PromisesShapesForAllModes) {
  for (const char* mode : {"int", "one_hot", "multi_hot", "count"}) {
    const Hashing layer(4, {.mask_value = "a", .salt = {1, 2}, .output_mode = mode});
    for (const Shape& shape :
         {Shape{4}, Shape{2, 2}, Shape{4, 1}, Shape{2, 1, 2}, Shape{4, 1, 1}}) {
      check_host_layer(layer, {kWords.reshape(shape)});
    }
    check_host_layer(layer, {kWords[0][0]});
    check_host_layer(Hashing(4, {.mask_value = 7, .output_mode = mode}), {kNumbers});
    check_host_layer(Hashing(4, {.output_mode = mode, .dtype = "int32"}), {kNumbers});
  }
}

TEST(Hashing, MasksWholeNumbersAlone) {
  const Hashing layer(1000, {.mask_value = 7});
  const Tensor bins = layer(Tensor{7, 7.5, -7});
  EXPECT_EQ(bins.item<int>(0), 0);
  EXPECT_GT(bins.item<int>(1), 0);
  EXPECT_GT(bins.item<int>(2), 0);
}

TEST(Hashing, SaysWhatIsWrong) {
  const auto error = [](std::int64_t bins, const HashingOptions& options) {
    return message_of<ValueError>([&] { Hashing(bins, options); });
  };
  EXPECT_EQ(error(0, {.name = "bins"}), "bins (Hashing): expected num_bins of at least 1, got 0");
  EXPECT_EQ(error(3, {.output_mode = "tf_idf"}),
            "Hashing: unknown output_mode \"tf_idf\"; known are int, one_hot, multi_hot, count");
  EXPECT_EQ(
      error(3, {.dtype = "float32"}),
      "Hashing: expected dtype \"int32\" or \"int64\" in output_mode \"int\", got \"float32\"");
  EXPECT_EQ(error(3, {.output_mode = "count", .sparse = true}),
            "Hashing: expected sparse = false, got true; outputs are dense");
  EXPECT_EQ(message_of<TypeError>([] { Hashing(3, {.mask_value = 1, .name = "h"})(kWords); }),
            "h (Hashing): expected numbers as mask_value is one, got string");
  Config config = Hashing(3, {.name = "h"}).get_config();
  config.set("salt", Config::List{1, 2, 3});
  EXPECT_EQ(message_of<ValueError>([&] { Hashing::from_config(config); }),
            "h (Hashing): \"salt\": expected a number or two, got [1, 2, 3]");
}

TEST(HashedCrossing, PromisesShapes) {
  for (const char* mode : {"int", "one_hot"}) {
    const HashedCrossing layer(5, {.output_mode = mode});
    check_host_layer(layer, {kWords.reshape({4}), kNumbers.reshape({4})});
    check_host_layer(layer, {kWords.reshape({4, 1}), kNumbers.reshape({4, 1})});
    check_host_layer(layer, {kWords[0][0], kNumbers[0][0], kNumbers[1][0]});
  }
}

TEST(HashedCrossing, SaysWhatIsWrong) {
  EXPECT_EQ(message_of<ValueError>([] { HashedCrossing(-1); }),
            "HashedCrossing: expected num_bins of at least 1, got -1");
  EXPECT_EQ(message_of<ValueError>([] { HashedCrossing(2, {.output_mode = "count"}); }),
            "HashedCrossing: unknown output_mode \"count\"; known are int, one_hot");
  const HashedCrossing layer(5, {.name = "cross"});
  const Tensor words = kWords.reshape({4});
  EXPECT_EQ(message_of<ShapeError>([&] { layer(words); }),
            "cross (HashedCrossing): expected at least two inputs to cross, got 1");
  EXPECT_EQ(message_of<ShapeError>([&] {
              layer({kWords, kNumbers});
            }),
            "cross (HashedCrossing): expected inputs of shape (batch) or (batch, 1), got (2, 2)");
  EXPECT_EQ(message_of<ShapeError>([&] {
              layer({words, kNumbers.reshape({4, 1})});
            }),
            "cross (HashedCrossing): expected inputs of one shape, got (4,) and (4, 1)");
  EXPECT_EQ(message_of<TypeError>([&] {
              layer({words, Tensor{1, 2, 3, 4}});
            }),
            "cross (HashedCrossing): expected strings or integers, got float32 (4,)");
}

}  // namespace
}  // namespace antler
