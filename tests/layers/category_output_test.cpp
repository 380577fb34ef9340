#include "antler/layers/category_output.h"

#include <gtest/gtest.h>

#include <vector>

#include "antler/core/error.h"
#include "tests/layers/layer_check.h"

namespace antler {
namespace {

using testing::message_of;

const std::vector<std::int64_t> kCategories = {0, 2, 2, -1};

Tensor encoded(OutputMode mode, const Shape& shape, DType dtype = DType::float32) {
  return encode_categories(kCategories, shape, mode, 3, dtype);
}

TEST(CategoryOutput, Integers) {
  EXPECT_TRUE(identical(encoded(OutputMode::integer, {2, 2}, DType::int32),
                        Tensor::from<std::int32_t>({0, 2, 2, -1}, {2, 2})));
}

TEST(CategoryOutput, OneHotOfEachElement) {
  const Tensor rows{{1, 0, 0}, {0, 0, 1}, {0, 0, 1}, {0, 0, 0}};
  EXPECT_TRUE(identical(encoded(OutputMode::one_hot, {4}), rows));
  EXPECT_TRUE(identical(encoded(OutputMode::one_hot, {4, 1}), rows)) << "an axis of 1 is dropped";
  EXPECT_TRUE(identical(encoded(OutputMode::one_hot, {2, 2}), rows.reshape({2, 2, 3})));
}

TEST(CategoryOutput, SamplesOfTheLastAxis) {
  EXPECT_TRUE(identical(encoded(OutputMode::multi_hot, {4}), Tensor{1, 0, 1}));
  EXPECT_TRUE(identical(encoded(OutputMode::count, {4}), Tensor{1, 0, 2}));
  EXPECT_TRUE(identical(encoded(OutputMode::multi_hot, {2, 2}), Tensor{{1, 0, 1}, {0, 0, 1}}));
  EXPECT_TRUE(identical(encoded(OutputMode::count, {1, 4}), Tensor{{1, 0, 2}}));
}

// As Keras does it, whose second axis is the sample's whatever follows.
TEST(CategoryOutput, SamplesOfTheSecondOfMoreAxes) {
  EXPECT_TRUE(identical(encoded(OutputMode::count, {1, 2, 2}), Tensor{{{1, 0, 1}, {0, 0, 1}}}));
  EXPECT_TRUE(identical(encoded(OutputMode::count, {2, 1, 2}),
                        Tensor{{{1, 0, 0}, {0, 0, 1}}, {{0, 0, 1}, {0, 0, 0}}}));
}

TEST(CategoryOutput, WeighsCounts) {
  const std::vector<float> weights = {0.5F, 2, 3};
  EXPECT_TRUE(identical(
      encode_categories(kCategories, {2, 2}, OutputMode::tf_idf, 3, DType::int64, weights),
      Tensor{{0.5, 0, 3}, {0, 0, 3}}));
}

TEST(CategoryOutput, ShapesWithUnknownSizes) {
  EXPECT_EQ(encoded_shape({None, 4}, OutputMode::integer, 3), Shape({None, 4}));
  EXPECT_EQ(encoded_shape({None}, OutputMode::one_hot, 3), Shape({None, 3}));
  EXPECT_EQ(encoded_shape({None, 1}, OutputMode::one_hot, 3), Shape({None, 3}));
  EXPECT_EQ(encoded_shape({None, 4}, OutputMode::one_hot, None), Shape({None, 4, None}));
  EXPECT_EQ(encoded_shape({}, OutputMode::one_hot, 3), Shape({1, 3}));
  EXPECT_EQ(encoded_shape({}, OutputMode::count, 3), Shape({3}));
  EXPECT_EQ(encoded_shape({None, None}, OutputMode::multi_hot, 3), Shape({None, 3}));
  EXPECT_EQ(encoded_shape({None, 5, 7}, OutputMode::multi_hot, 3), Shape({None, 7, 3}));
}

TEST(CategoryOutput, Names) {
  const auto modes = {OutputMode::integer, OutputMode::multi_hot, OutputMode::tf_idf};
  EXPECT_EQ(output_mode_from_name("int", modes), OutputMode::integer);
  EXPECT_EQ(output_mode_from_name("binary", modes), OutputMode::multi_hot);
  EXPECT_EQ(output_mode_from_name("tf-idf", modes), OutputMode::tf_idf);
  EXPECT_EQ(name(OutputMode::one_hot), "one_hot");
  EXPECT_EQ(message_of<ValueError>([&] { output_mode_from_name("multihot", modes); }),
            "unknown output_mode \"multihot\"; did you mean \"multi_hot\"?");
  EXPECT_EQ(message_of<ValueError>([&] { output_mode_from_name("count", modes); }),
            "unknown output_mode \"count\"; known are int, multi_hot, tf_idf");
}

}  // namespace
}  // namespace antler
