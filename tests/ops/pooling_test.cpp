#include "antler/ops/pooling.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/ops/adaptive_pooling.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

constexpr DType kIntegers[] = {DType::int32, DType::int64, DType::uint8};

// Keras' numbers and types: means are float32, the largest element keeps the type.
TEST(Pooling, OfIntegers) {
  for (const DType type : kIntegers) {
    const Tensor x = values({1, 2, 4, 9}, {1, 4, 1}, type);
    const Tensor means = ops::average_pool(x, {3}, {.strides = {1}, .padding = "same"});
    EXPECT_TRUE(is_near(means, Tensor{1.5, 7.0 / 3, 5, 6.5}.reshape({1, 4, 1}))) << name(type);
    EXPECT_EQ(means.dtype(), DType::float32) << name(type);
    const Tensor largest = ops::max_pool(x, {3}, {.strides = {1}, .padding = "same"});
    EXPECT_TRUE(identical(largest, values({2, 4, 9, 9}, {1, 4, 1}, type))) << name(type);
  }
}

TEST(Pooling, RefusesAnotherPadding) {
  const auto text = [](const std::string& padding) -> std::string {
    try {
      ops::max_pool(normal({1, 4, 1}), {2}, {.padding = padding});
    } catch (const ValueError& e) {
      return e.what();
    }
    return "no error";
  };
  EXPECT_EQ(text("causal"), "max_pool: unknown padding \"causal\"; known are valid, same");
  EXPECT_EQ(text("vaild"), "max_pool: unknown padding \"vaild\"; did you mean \"valid\"?");
}

TEST(AdaptivePooling, OfIntegers) {
  for (const DType type : kIntegers) {
    const Tensor x = values({1, 2, 4, 9}, {1, 4, 1}, type);
    const Tensor means = ops::adaptive_average_pool(x, {3});
    EXPECT_TRUE(is_near(means, Tensor{1.5, 3, 6.5}.reshape({1, 3, 1}))) << name(type);
    EXPECT_EQ(means.dtype(), DType::float32) << name(type);
    const Tensor largest = ops::adaptive_max_pool(x, {3});
    EXPECT_TRUE(identical(largest, values({2, 4, 9}, {1, 3, 1}, type))) << name(type);
  }
}

TEST(AdaptivePooling, OfBools) {
  const Tensor x = values({0, 0, 0, 1}, {1, 4, 1}, DType::boolean);
  EXPECT_TRUE(
      identical(Tensor(ops::adaptive_max_pool(x, {2})), values({0, 1}, {1, 2, 1}, DType::boolean)));
  EXPECT_TRUE(
      is_near(Tensor(ops::adaptive_average_pool(x, {2})), Tensor{0, 0.5}.reshape({1, 2, 1})));
}

}  // namespace
}  // namespace antler::testing
