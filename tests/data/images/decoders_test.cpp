#include "antler/data/images/decoders.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "antler/core/error.h"
#include "tests/data/images/made_images.h"

namespace antler::images {
namespace {

using antler::testing::file_bytes;
using antler::testing::jpeg_of;
using antler::testing::slope;

Tensor bytes(const std::vector<int>& values, const Shape& shape) {
  return Tensor::from(std::vector<std::uint8_t>(values.begin(), values.end()), shape);
}

std::string error_of(const std::vector<std::byte>& file) {
  try {
    decode_image(file, "f");
  } catch (const FileError& error) {
    return error.what();
  }
  return "no error";
}

// The largest difference of two images.
int distance(const Tensor& a, const Tensor& b) {
  if (a.shape() != b.shape()) return 256;
  int largest = 0;
  for (std::int64_t i = 0; i < a.size(); ++i) {
    largest = std::max(largest, std::abs(a.item<int>(i) - b.item<int>(i)));
  }
  return largest;
}

TEST(DecodePng, ReadsEveryKindOfPixel) {
  using namespace antler::testing;
  EXPECT_TRUE(identical(decode_image(file_bytes(palette_png()), "f"),
                        bytes({10, 20, 30, 255, 200, 100, 50, 128}, {1, 2, 4})));
  EXPECT_TRUE(
      identical(decode_image(file_bytes(grey16_png()), "f"), bytes({0x12, 0xFE}, {1, 2, 1})));
  EXPECT_TRUE(identical(decode_image(file_bytes(grey1_png()), "f"),
                        bytes({255, 0, 255, 0, 0, 255, 0, 255, 255}, {1, 9, 1})));
  EXPECT_TRUE(identical(decode_image(file_bytes(grey_alpha_png()), "f"),
                        bytes({7, 128, 99, 255}, {2, 1, 2})));
  EXPECT_TRUE(identical(decode_image(file_bytes(interlaced_png()), "f"),
                        bytes({0, 100, 200, 10, 101, 200, 20, 102, 200,  //
                               1, 100, 201, 11, 101, 201, 21, 102, 201},
                              {2, 3, 3})));
}

TEST(DecodePng, ReadsWhatEncodeWrites) {
  for (const std::int64_t channels : {1, 3, 4}) {
    const Tensor image = slope(5, 7, channels);
    EXPECT_TRUE(identical(decode_image(encode_png(image), "f"), image)) << channels;
  }
}

TEST(DecodeJpeg, ReadsGreyColoursAndInks) {
  EXPECT_LE(distance(decode_image(jpeg_of(slope(9, 13, 1)), "f"), slope(9, 13, 1)), 2);
  EXPECT_LE(distance(decode_image(jpeg_of(slope(16, 11, 1), true), "f"), slope(16, 11, 1)), 2);
  // One colour only: colours are stored at half the size.
  Tensor blue = Tensor::uninitialized(DType::uint8, {8, 8, 3});
  Tensor inks = Tensor::uninitialized(DType::uint8, {8, 8, 4});
  for (std::size_t i = 0; i < 64; ++i) {
    for (std::size_t c = 0; c < 3; ++c) {
      const auto value = static_cast<std::uint8_t>(40 + 70 * c);
      blue.mutable_data<std::uint8_t>()[3 * i + c] = value;
      inks.mutable_data<std::uint8_t>()[4 * i + c] = value;
    }
    inks.mutable_data<std::uint8_t>()[4 * i + 3] = 255;
  }
  EXPECT_LE(distance(decode_image(jpeg_of(blue), "f"), blue), 2);
  EXPECT_LE(distance(decode_image(jpeg_of(inks), "f"), blue), 2) << "inverted inks, no black";
}

// A header of 54 bytes, and pixels from the last row on.
std::vector<std::byte> bmp(int width, int height, int bits, std::string_view pixels) {
  std::string file = "BM";
  const auto number = [&](std::int64_t value, int count) {
    for (int i = 0; i < count; ++i, value >>= 8) file += static_cast<char>(value);
  };
  number(0, 8);
  number(54, 4);
  number(40, 4);
  number(width, 4);
  number(height, 4);
  number(1, 2);
  number(bits, 2);
  number(0, 24);
  return file_bytes(file.append(pixels));
}

TEST(DecodeBmp, ReadsRowsInBothDirections) {
  const std::string_view two_rows("\x03\x02\x01\0\x06\x05\x04\0", 8);
  EXPECT_TRUE(
      identical(decode_image(bmp(1, 2, 24, two_rows), "f"), bytes({4, 5, 6, 1, 2, 3}, {2, 1, 3})));
  EXPECT_TRUE(
      identical(decode_image(bmp(1, -2, 24, two_rows), "f"), bytes({1, 2, 3, 4, 5, 6}, {2, 1, 3})));
  EXPECT_TRUE(
      identical(decode_image(bmp(2, 1, 32, two_rows), "f"), bytes({1, 2, 3, 4, 5, 6}, {1, 2, 3})));
  EXPECT_EQ(error_of(bmp(2, 2, 24, two_rows)), "f: damaged BMP image: the file ends too early");
  EXPECT_EQ(error_of(bmp(1, 1, 16, two_rows)),
            "f: expected a BMP image of 8, 24 or 32 bits, not compressed, got 16 bits; convert it "
            "to PNG");
  EXPECT_EQ(error_of(bmp(100'000, -2'147'483'647 - 1, 24, two_rows)),
            "f: expected an image of at most 100000000 pixels, got 100000 x 2147483648");
}

TEST(DecodeImage, NamesWhatIsNoImage) {
  using namespace antler::testing;
  EXPECT_EQ(error_of(file_bytes("GIF89a...")), "f: GIF images are not read; convert it to PNG");
  EXPECT_EQ(error_of(file_bytes("hello")), "f: expected a PNG, JPEG or BMP image, got other bytes");
  EXPECT_EQ(error_of(file_bytes(bomb_png())),
            "f: damaged PNG image: the file is too short for its size");
  EXPECT_EQ(error_of(file_bytes(huge_png())),
            "f: expected an image of at most 100000000 pixels, got 999999 x 999999");
}

TEST(DecodeImage, AFileCutShortIsAnError) {
  const auto png = file_bytes(antler::testing::interlaced_png());
  for (std::size_t size = 8; size < png.size(); ++size) {
    const std::string error = error_of({png.begin(), png.begin() + static_cast<long>(size)});
    EXPECT_TRUE(error.starts_with("f: damaged PNG image: ")) << size << ": " << error;
  }
  for (const bool progressive : {false, true}) {
    const auto jpeg = jpeg_of(slope(24, 24, 3), progressive);
    for (std::size_t size = 3; size < jpeg.size(); ++size) {
      const std::string error = error_of({jpeg.begin(), jpeg.begin() + static_cast<long>(size)});
      EXPECT_TRUE(error.starts_with("f: damaged JPEG image: ")) << size << ": " << error;
    }
  }
}

TEST(DecodeImage, AFileThatSaysItsEndTooEarlyIsAnError) {
  auto jpeg = jpeg_of(slope(24, 24, 3));
  jpeg.resize(jpeg.size() - 100);
  jpeg.push_back(std::byte{0xFF});
  jpeg.push_back(std::byte{0xD9});
  EXPECT_EQ(error_of(jpeg),
            "f: damaged JPEG image: Corrupt JPEG data: premature end of data segment");
}

// Whatever one byte is changed to, there is an image or an error.
TEST(DecodeImage, ChangedBytesDoNoHarm) {
  const auto jpeg = jpeg_of(slope(17, 19, 3));
  const auto progressive = jpeg_of(slope(17, 19, 3), true);
  const auto png = file_bytes(antler::testing::palette_png());
  const auto interlaced = file_bytes(antler::testing::interlaced_png());
  int refused = 0, read = 0;
  for (const auto& original : {jpeg, progressive, png, interlaced}) {
    for (std::size_t at = 0; at < original.size(); ++at) {
      for (const int change : {0x01, 0x80, 0xFF}) {
        auto file = original;
        file[at] ^= static_cast<std::byte>(change);
        (error_of(file) == "no error" ? read : refused) += 1;
      }
    }
  }
  EXPECT_GT(refused, 500);
  EXPECT_GT(read, 500);
}

}  // namespace
}  // namespace antler::images
