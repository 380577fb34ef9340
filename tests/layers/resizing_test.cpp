// Resizing and CenterCrop. The numbers of all methods are golden cases.
#include "antler/layers/resizing.h"

#include "antler/core/error.h"
#include "antler/layers/input.h"
#include "antler/layers/resample_axis.h"
#include "antler/models/sequential.h"
#include "antler/ops/matmul.h"
#include "antler/ops/transpose.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::distinct;
using testing::is_near;
using testing::message_of;

Tensor image(std::initializer_list<double> pixels, std::int64_t height, std::int64_t width) {
  return testing::values(pixels, {1, height, width, 1}, DType::float32);
}

TEST(Resizing, Layer) {
  check_layer(Resizing(2, 3, {.interpolation = "nearest", .name = "r"}),
              {image({1, 2, 3, 4}, 2, 2)}, {.expected = image({1, 2, 2, 3, 4, 4}, 2, 3)});
  check_layer(Resizing(1, 2, {.name = "r"}), {image({1, 2, 3, 4}, 2, 2)},
              {.expected = image({2, 3}, 1, 2)});
  check_layer(Resizing(5, 4,
                       {.interpolation = "bicubic",
                        .crop_to_aspect_ratio = true,
                        .antialias = true,
                        .data_format = "channels_first",
                        .name = "r"}),
              {distinct({2, 3, 7, 6})}, {});
  check_layer(Resizing(4, 8, {.pad_to_aspect_ratio = true, .fill_value = 0.5, .name = "r"}),
              {distinct({2, 4, 4, 2})}, {});
}

TEST(Resizing, KeepsIntegers) {
  const Tensor bytes = image({0, 255, 101, 50}, 2, 2).astype(DType::uint8);
  const Tensor got = Resizing(1, 2)(bytes);
  EXPECT_EQ(got.dtype(), DType::uint8);
  EXPECT_TRUE(identical(got, image({50, 152}, 1, 2).astype(DType::uint8)));  // 50.5, 152.5: to even
}

TEST(Resizing, TakesImagesOfAnySizeInAModel) {
  const Sequential model({Input({None, None, 1}), Resizing(1, 1)});
  EXPECT_EQ(model.outputs()[0].shape(), (Shape{None, 1, 1, 1}));
  EXPECT_TRUE(is_near(model.predict(image({1, 2, 3, 4}, 2, 2)), image({2.5}, 1, 1)));
  EXPECT_TRUE(is_near(model.predict(image({1, 2, 6}, 1, 3)), image({2}, 1, 1)));
}

// Both ways of the product, on axes with few and with many elements behind them.
TEST(Resizing, ResamplesEachAxis) {
  for (const Shape& shape : {Shape{3, 5, 4}, Shape{2, 5, 4, 8}, Shape{5}, Shape{1, 5, 16}}) {
    const int axis = shape.rank() == 1 ? 0 : 1;
    const Tensor x = testing::normal(shape), weights = testing::normal({5, 3}, 2);
    const Tensor last = ops::moveaxis(x, axis, -1);
    const Value expected = ops::moveaxis(ops::matmul(last, weights), -1, axis);
    EXPECT_TRUE(is_near(resample_axis(x, axis, weights), expected, 1e-12)) << shape.to_string();
  }
}

TEST(CenterCrop, Layer) {
  check_layer(CenterCrop(1, 2, {.name = "c"}), {image({1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3)},
              {.expected = image({4, 5}, 1, 2)});
  check_layer(CenterCrop(4, 2, {.data_format = "channels_first", .name = "c"}),
              {distinct({2, 2, 3, 5})}, {});
}

TEST(Resizing, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { Resizing(0, 2, {.name = "r"}); }),
            "r (Resizing): expected a height and width of at least 1, got 0 and 2");
  EXPECT_EQ(message_of<ValueError>([] { Resizing(1, 2, {.interpolation = "bilinaer"}); }),
            "Resizing: unknown interpolation \"bilinaer\"; did you mean \"bilinear\"?");
  EXPECT_EQ(message_of<ValueError>([] {
              Resizing(1, 2, {.crop_to_aspect_ratio = true, .pad_to_aspect_ratio = true});
            }),
            "Resizing: expected crop_to_aspect_ratio or pad_to_aspect_ratio, got both");
  EXPECT_EQ(message_of<ValueError>([] { Resizing(1, 2, {.data_format = "last"}); }).substr(0, 36),
            "Resizing: unknown data_format \"last\"");
  EXPECT_EQ(message_of<ShapeError>([] {
              Resizing(1, 2, {.name = "r"})(Tensor{{1, 2}});
            }),
            "r (Resizing): expected an image (height, width, channels) or a batch of them, got "
            "(1, 2)");
  EXPECT_EQ(message_of<ShapeError>([] {
              CenterCrop(1, 2, {.data_format = "channels_first", .name = "c"})(Input({3}));
            }),
            "c (CenterCrop): expected an image (channels, height, width) or a batch of them, got "
            "(None, 3)");
}

}  // namespace
}  // namespace antler
