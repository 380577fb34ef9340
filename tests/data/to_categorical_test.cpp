// The numbers are of Keras 3.
#include "antler/data/to_categorical.h"

#include <gtest/gtest.h>

#include "tests/data/files.h"

namespace antler::utils {
namespace {

using antler::testing::error_text;

Tensor doubles(const std::vector<double>& values, const Shape& shape) {
  return Tensor::from(values, shape);
}

TEST(ToCategorical, MarksTheClassOfEachRow) {
  const Tensor labels = Tensor::from<std::int64_t>({0, 2, 1});
  EXPECT_TRUE(identical(to_categorical(labels), doubles({1, 0, 0, 0, 0, 1, 0, 1, 0}, {3, 3})));
  EXPECT_TRUE(identical(to_categorical(Tensor{1.7, 0.2}), doubles({0, 1, 1, 0}, {2, 2})));
  EXPECT_TRUE(identical(to_categorical(Tensor(3)), doubles({0, 0, 0, 1}, {4})));
}

TEST(ToCategorical, LeavesOutALastAxisOfOne) {
  const Tensor column = Tensor::from<std::int32_t>({0, 2}, {2, 1});
  EXPECT_TRUE(identical(to_categorical(column, 4), doubles({1, 0, 0, 0, 0, 0, 1, 0}, {2, 4})));
  EXPECT_EQ(to_categorical(column.reshape({2, 1, 1})).shape(), (Shape{2, 1, 3}));
  EXPECT_EQ(to_categorical(column.reshape({1, 2})).shape(), (Shape{1, 2, 3}));
  EXPECT_EQ(to_categorical(Tensor(DType::int32, {0}), 3).shape(), (Shape{0, 3}));
}

TEST(ToCategorical, NamesWhatIsNoClass) {
  const auto error = [](const Tensor& x, std::optional<std::int64_t> classes) {
    return error_text<ValueError>([&] { to_categorical(x, classes); });
  };
  EXPECT_EQ(error(Tensor{0, 3}, 2),
            "to_categorical: expected classes in [0, 2), got 3 at position 1");
  EXPECT_EQ(error(Tensor{-1, 1}, {}),
            "to_categorical: expected classes in [0, 2), got -1 at position 0");
  EXPECT_EQ(error(Tensor(), {}),
            "to_categorical: expected classes or num_classes, got (0,) and none");
  EXPECT_EQ(error(Tensor{0}, 0), "to_categorical: expected at least 1 class, got 0");
}

}  // namespace
}  // namespace antler::utils
