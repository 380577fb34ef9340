#include "antler/core/error.h"
#include "antler/layers/flatten.h"
#include "antler/layers/input.h"
#include "antler/layers/reshape.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::distinct;
using testing::message_of;

Tensor counted(const Shape& shape) {
  std::vector<float> numbers;
  for (std::int64_t i = 0; i < shape.size(); ++i) numbers.push_back(static_cast<float>(i));
  return Tensor::from(numbers, shape);
}

TEST(Flatten, KeepsTheBatch) {
  check_layer(Flatten({.name = "f"}), {counted({2, 3, 2})}, {.expected = counted({2, 6})});
  check_layer(Flatten({.name = "f"}), {distinct({3, 2, 2, 2})});
  EXPECT_EQ(Flatten()(counted({4})).shape(), (Shape{4, 1}));
  EXPECT_EQ(Flatten()(counted({4, 5})).shape(), (Shape{4, 5}));
  EXPECT_EQ(Flatten()(Tensor(DType::float32, {0, 2, 3})).shape(), (Shape{0, 6}));
}

TEST(Flatten, TakesAnyType) {
  const Tensor bytes(DType::uint8, {2, 3, 2});
  EXPECT_EQ(Flatten()(bytes).dtype(), DType::uint8);
}

TEST(Flatten, UnknownSizesStayUnknown) {
  EXPECT_EQ(Flatten()(Value(Input({None, 3}))).shape(), (Shape{None, None}));
  EXPECT_EQ(Flatten()(Value(Input({4, 3}))).shape(), (Shape{None, 12}));
}

TEST(Flatten, ChannelsFirstPutsChannelsLast) {
  check_layer(Flatten({.data_format = "channels_first", .name = "f"}), {counted({1, 2, 3})},
              {.expected = Tensor{{0, 3, 1, 4, 2, 5}}});
}

TEST(Flatten, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { Flatten({.data_format = "chanels_first", .name = "f"}); }),
            "f (Flatten): unknown data_format \"chanels_first\"; did you mean \"channels_first\"?");
  EXPECT_EQ(message_of<ShapeError>([] { Flatten()(Tensor(1.0F)); }),
            "flatten (Flatten): expected a batch axis, got a scalar");
}

TEST(Reshape, OneSizeMayFollow) {
  check_layer(Reshape({3, 2}, {.name = "r"}), {counted({2, 6})}, {.expected = counted({2, 3, 2})});
  check_layer(Reshape({-1, 2}, {.name = "r"}), {counted({2, 6})}, {.expected = counted({2, 3, 2})});
  check_layer(Reshape({None}, {.name = "r"}), {distinct({2, 3, 2})});
  check_layer(Reshape({6, 1, 1}, {.name = "r"}), {distinct({2, 6})});
}

TEST(Reshape, WritesTheUnknownSizeAsKeras) {
  const Config config = Reshape({3, None}).get_config();
  EXPECT_EQ(config.at("target_shape").to_string(), "[3, -1]");
  const Layer read =
      Reshape::from_config(Config::map({{"target_shape", Config::List{nullptr, 2}}}));
  EXPECT_EQ(read(counted({2, 6})).shape(), (Shape{2, 3, 2}));
}

TEST(Reshape, UnknownSizesStayUnknown) {
  EXPECT_EQ(Reshape({None, 2})(Value(Input({None, 4}))).shape(), (Shape{None, None, 2}));
}

TEST(Reshape, Errors) {
  EXPECT_EQ(message_of<ValueError>([] {
              Reshape({None, None});
            }),
            "Reshape: expected at most one None in target_shape, got (None, None)");
  EXPECT_EQ(message_of<ShapeError>([] {
              Reshape({2, 4}, {.name = "r"})(Value(Input({2, 3})));
            }),
            "r (Reshape): expected an input of 8 elements for target_shape (2, 4), got 6 in "
            "(None, 2, 3)");
  EXPECT_EQ(message_of<ShapeError>([] {
              Reshape({None, 4}, {.name = "r"})(counted({2, 6}));
            }),
            "r (Reshape): expected an input of a multiple of 4 elements for target_shape (None, "
            "4), got 6 in (2, 6)");
}

}  // namespace
}  // namespace antler
