// The numbers are those of Keras 3's ops.image.resize without antialias.
#include "antler/data/images/resize_image.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/data/images/channels.h"
#include "tests/support/near.h"

namespace antler::images {
namespace {

using antler::testing::is_near;

const std::vector<std::uint8_t> kPixels = {0,   10,  20, 30, 40, 50, 5, 255, 7,   90,
                                           100, 200, 3,  40, 60, 9,  8, 7,   250, 1};

Tensor image() { return Tensor::from(kPixels, {4, 5, 1}); }

Tensor resized(const Box& box, const std::string& interpolation, std::int64_t height,
               std::int64_t width) {
  Tensor out = Tensor::uninitialized(DType::float32, {height * width});
  resize_image(image(), box, interpolation, height, width, out.mutable_data<float>().data());
  return out;
}
Tensor resized(const std::string& interpolation, std::int64_t height, std::int64_t width) {
  return resized({0, 0, 4, 5}, interpolation, height, width);
}

TEST(ResizeImage, HasKerasNumbers) {
  EXPECT_TRUE(is_near(resized("bilinear", 3, 7),
                      Tensor{8.333334, 8.809524, 23.45239, 59.16667, 35.59523, 35.66667, 48.33334,
                             75.0,     90.71429, 110.0714, 129.0,    53.64284, 45.57143, 75.0,
                             24.16665, 33.21426, 30.38093, 6.333334, 155.381,  127.5,    10.83332},
                      1e-5));
  EXPECT_TRUE(is_near(resized("bilinear", 2, 2), Tensor{11.875, 30.125, 91.625, 116.375}, 1e-5));
  EXPECT_TRUE(is_near(
      resized("bilinear", 8, 3),
      Tensor{3.333333, 20.0,     36.66666, 11.25,    78.75,    43.08333, 27.08334, 196.25,
             55.91666, 59.58334, 192.0,    60.08332, 108.75,   66.0,     55.58333, 102.1667,
             4.0,      61.00001, 39.83334, 6.0,      76.33336, 8.666666, 7.0,      84.00004},
      1e-5));
  EXPECT_TRUE(identical(resized("nearest", 3, 7), Tensor{0,   10,  10,  20, 30,  30,  40,  //
                                                         100, 200, 200, 3,  40,  40,  60,  //
                                                         9,   8,   8,   7,  250, 250, 1}));
  EXPECT_TRUE(
      is_near(resized("bicubic", 2, 2), Tensor{-8.672204, 19.06826, 105.8469, 136.3848}, 1e-5));
  EXPECT_TRUE(
      is_near(resized("lanczos3", 2, 2), Tensor{-27.91911, 14.61497, 117.4423, 146.5199}, 1e-5));
  EXPECT_TRUE(
      is_near(resized("lanczos5", 2, 2), Tensor{-38.54927, 18.48412, 124.2171, 150.8475}, 1e-5));
}

TEST(ResizeImage, AreaIsTheMeanOfWhatIsCovered) {
  // 2 rows of the 4, 2.5 columns of the 5.
  EXPECT_TRUE(
      is_near(resized("area", 2, 2),
              Tensor{(0 + 10 + 10 + 50 + 5 + 127.5) / 5, (10 + 30 + 40 + 127.5 + 7 + 90) / 5,
                     (100 + 200 + 1.5 + 9 + 8 + 3.5) / 5, (1.5 + 40 + 60 + 3.5 + 250 + 1) / 5},
              1e-5));
  EXPECT_TRUE(identical(resized("area", 4, 5), image().astype(DType::float32).reshape({20})));
}

TEST(ResizeImage, CropsTheMiddle) {
  EXPECT_TRUE(is_near(resized(centered_crop(image(), 2, 4), "bilinear", 2, 4),
                      Tensor{44.375, 98.75, 100.0, 79.625, 112.5, 126.125, 26.125, 57.5}, 1e-5));
  EXPECT_TRUE(is_near(resized(centered_crop(image(), 3, 2), "bilinear", 3, 2),
                      Tensor{9.166666, 59.16667, 102.5, 129.0, 39.99997, 6.333334}, 1e-5));
}

TEST(ResizeImage, NamesTheInterpolationsThereAre) {
  try {
    check_interpolation("f", "gaussian");
    ADD_FAILURE();
  } catch (const ValueError& error) {
    EXPECT_STREQ(error.what(),
                 "f: expected interpolation to be one of \"bilinear\" \"nearest\" \"bicubic\" "
                 "\"area\" \"lanczos3\" \"lanczos5\", got \"gaussian\"");
  }
}

// Pillow's convert() of the same pixels.
TEST(WithChannels, ConvertsAsPillow) {
  const auto bytes = [](const std::vector<std::uint8_t>& values, const Shape& shape) {
    return Tensor::from(values, shape);
  };
  const Tensor colours = bytes({255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30}, {1, 4, 3});
  EXPECT_TRUE(identical(with_channels(colours, 1), bytes({76, 150, 29, 18}, {1, 4, 1})));
  EXPECT_TRUE(
      identical(with_channels(bytes({7, 128}, {1, 1, 2}), 4), bytes({7, 7, 7, 128}, {1, 1, 4})));
  EXPECT_TRUE(
      identical(with_channels(bytes({1, 2, 3}, {1, 1, 3}), 4), bytes({1, 2, 3, 255}, {1, 1, 4})));
  EXPECT_TRUE(
      identical(with_channels(bytes({1, 2, 3, 4}, {1, 1, 4}), 3), bytes({1, 2, 3}, {1, 1, 3})));
}

}  // namespace
}  // namespace antler::images
