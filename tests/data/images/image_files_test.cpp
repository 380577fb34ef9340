// The rules are those of keras.utils' image functions.
#include "antler/data/images/image_files.h"

#include <gtest/gtest.h>

#include "tests/data/files.h"
#include "tests/data/images/made_images.h"

namespace antler::utils {
namespace {

using antler::testing::error_text;
using antler::testing::slope;

Tensor bytes(const std::vector<std::uint8_t>& values, const Shape& shape) {
  return Tensor::from(values, shape);
}

class SavedImage : public ::testing::Test {
 protected:
  antler::testing::TemporaryFolder folder_;
  const std::string path_ = folder_.path("saved.PNG");
};

TEST_F(SavedImage, ComesBackAsItWas) {
  const Tensor image = slope(4, 6, 3);
  save_img(path_, image, {.scale = false});
  EXPECT_TRUE(identical(load_img(path_), image));
  EXPECT_EQ(load_img(path_, {.color_mode = "grayscale"}).shape(), (Shape{4, 6, 1}));
  EXPECT_TRUE(identical(img_to_array(load_img(path_)), image.astype(DType::float32)));
}

TEST_F(SavedImage, IsLoadedInAnotherSize) {
  save_img(path_, slope(4, 6, 1), {.scale = false});
  const auto loaded = [&](const SizesArg& size, bool keep) {
    return load_img(path_,
                    {.color_mode = "grayscale", .target_size = size, .keep_aspect_ratio = keep});
  };
  EXPECT_TRUE(identical(loaded({2, 3}, false), bytes({10, 22, 34, 18, 30, 42}, {2, 3, 1})));
  EXPECT_TRUE(identical(loaded(2, true), bytes({16, 28, 24, 36}, {2, 2, 1})))
      << "columns 1 to 4 alone";
  EXPECT_EQ(error_text<ValueError>(
                [&] { load_img(path_, {.target_size = 2, .interpolation = "bilinear"}); }),
            "load_img: expected interpolation to be \"nearest\", got \"bilinear\"; the others are "
            "image_dataset_from_directory's and Resizing's");
  EXPECT_EQ(error_text<FileError>([&] { load_img(path_ + "x"); }),
            path_ + "x: no such file; is the path right?");
}

TEST(ImgToArray, TurnsAxes) {
  const Tensor image = bytes({1, 2, 3, 4, 5, 6}, {1, 2, 3});
  EXPECT_TRUE(identical(img_to_array(image, {.data_format = "channels_first"}),
                        Tensor{{{1, 4}}, {{2, 5}}, {{3, 6}}}));
  EXPECT_EQ(img_to_array(image, {.dtype = DType::float64}).dtype(), DType::float64);
  EXPECT_EQ(img_to_array(bytes({1, 2}, {1, 2})).shape(), (Shape{1, 2, 1}));
  EXPECT_EQ(error_text<ShapeError>([] {
              img_to_array(Tensor{1, 2});
            }),
            "img_to_array: expected an image (height, width, channels), got (2,)");
}

TEST(ArrayToImg, StretchesAndCuts) {
  const Tensor x = Tensor{{{-1, 0, 1}}};
  EXPECT_TRUE(identical(array_to_img(x), bytes({0, 127, 255}, {1, 1, 3})));
  EXPECT_TRUE(identical(array_to_img(Tensor{{{1.9, 300, -4}}}, {.scale = false}),
                        bytes({1, 255, 0}, {1, 1, 3})));
  EXPECT_TRUE(identical(array_to_img(Tensor{{{1, 2}}}, {.data_format = "channels_first"}),
                        bytes({0, 255}, {1, 2, 1})));
  EXPECT_TRUE(identical(array_to_img(Tensor::zeros({1, 1, 3})), bytes({0, 0, 0}, {1, 1, 3})));
  EXPECT_EQ(error_text<ShapeError>([] {
              array_to_img(Tensor::zeros({2, 2, 2}));
            }),
            "array_to_img: expected 1, 3 or 4 channels in channels_last, got (2, 2, 2)");
  EXPECT_EQ(error_text<ValueError>([] {
              save_img("a.jpg", Tensor::zeros({2, 2, 3}));
            }),
            "save_img: expected a name that ends in .png, got \"a.jpg\"; PNG is the format that is "
            "written");
}

}  // namespace
}  // namespace antler::utils
