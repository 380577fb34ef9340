// Cropping, ZeroPadding, UpSampling.
#include "antler/core/error.h"
#include "antler/layers/cropping.h"
#include "antler/layers/up_sampling.h"
#include "antler/layers/zero_padding.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::distinct;
using testing::message_of;

// One example of one channel: steps, and an image of one row.
Tensor sequence(std::initializer_list<double> steps) {
  return testing::values(steps, {1, static_cast<std::int64_t>(steps.size()), 1}, DType::float32);
}
Tensor row(std::initializer_list<double> pixels) {
  return testing::values(pixels, {1, 1, static_cast<std::int64_t>(pixels.size()), 1},
                         DType::float32);
}

TEST(Cropping, Values) {
  const Tensor x = sequence({1, 2, 3, 4});
  check_layer(Cropping1D({.name = "c"}), {x}, {.expected = sequence({2, 3})});
  check_layer(Cropping1D({.cropping = {0, 3}, .name = "c"}), {x}, {.expected = sequence({1})});
  check_layer(Cropping1D({.cropping = 1, .name = "c"}), {x}, {.expected = sequence({2, 3})});
  check_layer(Cropping2D({.cropping = {{1, 0}, {0, 2}}, .name = "c"}), {distinct({2, 3, 4, 2})});
  check_layer(Cropping2D({.cropping = {1, 0}, .data_format = "channels_first", .name = "c"}),
              {distinct({2, 2, 3, 2})});
  check_layer(Cropping3D({.name = "c"}), {distinct({1, 3, 3, 4, 2})});
}

TEST(Cropping, Errors) {
  EXPECT_EQ(message_of<ValueError>([] {
              Cropping1D({.cropping = {1, 2, 3}, .name = "c"});
            }),
            "c (Cropping1D): expected cropping to be an integer of at least 0 or a pair of them, "
            "got [1, 2, 3]");
  EXPECT_EQ(message_of<ValueError>([] { Cropping2D({.cropping = -1}); }),
            "Cropping2D: expected cropping to be an integer of at least 0, 2 of them or 2 pairs of "
            "them, got -1");
  EXPECT_EQ(message_of<ValueError>([] {
              Cropping3D({.cropping = {{1, 1}, {1, -1}, {1, 1}}});
            }),
            "Cropping3D: expected cropping to be an integer of at least 0, 3 of them or 3 pairs of "
            "them, got [[1, 1], [1, -1], [1, 1]]");
  EXPECT_EQ(message_of<ValueError>([] { Cropping2D({.data_format = "channel_last"}); }),
            "Cropping2D: unknown data_format \"channel_last\"; did you mean \"channels_last\"?");
  EXPECT_EQ(message_of<ShapeError>([] {
              Cropping1D()(Tensor::zeros({1, 2, 3}));
            }),
            "cropping1d (Cropping1D): expected more than 2 elements along axis 1 for cropping [1, "
            "1], got (1, 2, 3)");
  EXPECT_EQ(message_of<ShapeError>([] {
              Cropping1D()(Tensor::zeros({1, 2}));
            }),
            "cropping1d (Cropping1D): expected 3 dimensions (batch, 1 spatial and channels), got "
            "(1, 2)");
}

TEST(ZeroPadding, Values) {
  const Tensor x = sequence({1, 2});
  check_layer(ZeroPadding1D({.padding = {0, 2}, .name = "z"}), {x},
              {.expected = sequence({1, 2, 0, 0})});
  check_layer(ZeroPadding1D({.data_format = "channels_first", .name = "z"}), {x},
              {.expected = Tensor{{{0, 1, 0}, {0, 2, 0}}}});
  check_layer(ZeroPadding2D({.padding = {{1, 0}, {0, 2}}, .name = "z"}), {distinct({2, 3, 2, 2})});
  check_layer(ZeroPadding3D({.name = "z"}), {distinct({1, 1, 2, 1, 2})});
  EXPECT_EQ(message_of<ValueError>([] {
              ZeroPadding2D({.padding = {1, 2, 3}});
            }),
            "ZeroPadding2D: expected padding to be an integer of at least 0, 2 of them or 2 pairs "
            "of them, got [1, 2, 3]");
}

TEST(UpSampling, Values) {
  const Tensor x = sequence({1, 2});
  check_layer(UpSampling1D({.size = 3, .name = "u"}), {x},
              {.expected = sequence({1, 1, 1, 2, 2, 2})});
  const Tensor image = row({0, 4});
  check_layer(UpSampling2D({.size = {1, 2}, .name = "u"}), {image},
              {.expected = row({0, 0, 4, 4})});
  check_layer(UpSampling2D({.size = {1, 2}, .interpolation = "bilinear", .name = "u"}), {image},
              {.expected = row({0, 1, 3, 4})});
  for (const char* method : {"bicubic", "lanczos3", "lanczos5"}) {
    check_layer(UpSampling2D({.size = 2, .interpolation = method, .name = "u"}),
                {distinct({1, 3, 2, 2})});
  }
  check_layer(UpSampling3D({.size = {1, 2, 1}, .name = "u"}), {distinct({1, 2, 2, 1, 2})});
}

TEST(UpSampling, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { UpSampling1D({.size = 0, .name = "u"}); }),
            "u (UpSampling1D): expected size to be an integer of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>([] { UpSampling2D({.interpolation = "bilineer"}); }),
            "UpSampling2D: unknown interpolation \"bilineer\"; did you mean \"bilinear\"?");
}

}  // namespace
}  // namespace antler
