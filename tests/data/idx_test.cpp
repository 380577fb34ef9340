#include "antler/data/idx.h"

#include <gtest/gtest.h>

#include <bit>

#include "antler/core/tensor.h"
#include "tests/data/files.h"
#include "tests/support/gzip.h"

namespace antler {
namespace {

using testing::bytes_of;
using testing::file_error;
using testing::real_data;
using testing::TemporaryFolder;

std::string idx(char type, std::initializer_list<unsigned> sizes, std::string_view elements) {
  std::string bytes = {0, 0, type, static_cast<char>(sizes.size())};
  for (const unsigned size : sizes) {
    for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(size >> shift);
  }
  return bytes.append(elements);
}

Tensor parse(const std::string& bytes) { return parse_idx(bytes_of(bytes), "f"); }
std::string error_of(const std::string& bytes) {
  return file_error([&] { parse(bytes); });
}

TEST(Idx, ReadsEachType) {
  using namespace std::string_literals;
  EXPECT_TRUE(identical(parse(idx(8, {2, 3}, "\0\1\2\3\4\xff"s)),
                        Tensor::from<std::uint8_t>({0, 1, 2, 3, 4, 255}, {2, 3})));
  EXPECT_TRUE(
      identical(parse(idx(9, {3}, "\1\x80\xff"s)), Tensor::from<std::int32_t>({1, -128, -1})));
  EXPECT_TRUE(
      identical(parse(idx(11, {2}, "\x01\x02\xff\xfe"s)), Tensor::from<std::int32_t>({258, -2})));
  EXPECT_TRUE(identical(parse(idx(12, {2}, "\x01\x02\x03\x04\xff\xff\xff\xfd"s)),
                        Tensor::from<std::int32_t>({0x01020304, -3})));
  EXPECT_TRUE(identical(parse(idx(13, {2}, "\x3f\x80\0\0\xc0\x20\0\0"s)),
                        Tensor::from<float>({1.0F, -2.5F})));
  EXPECT_TRUE(
      identical(parse(idx(14, {1}, "\xc0\x04\0\0\0\0\0\0"s)), Tensor::from<double>({-2.5})));
}

TEST(Idx, ReadsUpToEightAxesAndNoElements) {
  EXPECT_EQ(parse(idx(8, {1, 1, 2, 1, 1, 1, 1, 1}, "ab")).shape(), (Shape{1, 1, 2, 1, 1, 1, 1, 1}));
  EXPECT_EQ(parse(idx(8, {0, 28}, "")).shape(), (Shape{0, 28}));
}

TEST(Idx, ReportsEveryCut) {
  const std::string whole = idx(8, {2, 2, 2}, "abcdefgh");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const std::string text = error_of(whole.substr(0, length));
    EXPECT_TRUE(text.ends_with("; the file is cut short")) << length << ": " << text;
  }
  EXPECT_EQ(error_of(whole.substr(0, 3)),
            "f: expected an IDX header of at least 4 bytes, got 3; the file is cut short");
  EXPECT_EQ(error_of(whole.substr(0, 15)),
            "f: expected an IDX header of 16 bytes, got 15; the file is cut short");
  EXPECT_EQ(error_of(whole.substr(0, 20)),
            "f: expected 8 bytes for (2, 2, 2) elements of 1 byte, got 4; the file is cut short");
  EXPECT_EQ(error_of(whole + "i"),
            "f: expected 8 bytes for (2, 2, 2) elements of 1 byte, got 9; the file holds more than "
            "its header says");
}

TEST(Idx, NamesAWrongHeader) {
  EXPECT_EQ(error_of("\x89PNG...."),
            "f: expected an IDX file (two zero bytes first), got bytes 89 50 4e 47; is it another "
            "format?");
  EXPECT_EQ(
      error_of(idx(7, {1}, "a")),
      "f: expected an IDX type of 8, 9, 11, 12, 13 or 14 (byte 3), got 7; is it an IDX file?");
  EXPECT_EQ(error_of(idx(8, {}, "a")),
            "f: expected 1 to 8 IDX axes (byte 4), got 0; is it an IDX file?");
  EXPECT_EQ(error_of(idx(8, {1, 1, 1, 1, 1, 1, 1, 1, 1}, "a")),
            "f: expected 1 to 8 IDX axes (byte 4), got 9; is it an IDX file?");
}

TEST(Idx, SizesThatOverflowAreRefused) {
  constexpr unsigned kHuge = 0xFFFFFFFF;
  EXPECT_EQ(
      error_of(idx(14, {kHuge, kHuge}, "a")),
      "f: expected more than 2^63 bytes for (4294967295, 4294967295) elements of 8 bytes, got "
      "1; the file is cut short");
  EXPECT_EQ(error_of(idx(8, {0, kHuge, kHuge, kHuge}, "")),
            "f: expected more than 2^63 bytes for (0, 4294967295, 4294967295, 4294967295) elements "
            "of 1 byte, got 0; the file is cut short");
  EXPECT_EQ(error_of(idx(8, {kHuge}, "a")),
            "f: expected 4294967295 bytes for (4294967295,) elements of 1 byte, got 1; the file is "
            "cut short");
}

TEST(Idx, NamesTheFile) {
  const TemporaryFolder folder;
  const std::string path = folder.write("x.idx", "abcd");
  EXPECT_EQ(file_error([&] { read_idx(path); }),
            path +
                ": expected an IDX file (two zero bytes first), got bytes 61 62 63 64; is it "
                "another format?");
}

TEST(Idx, ReadsRealDigits) {
  const std::string path = real_data("mnist/t10k-labels-idx1-ubyte.gz");
  if (!testing::kReadsGzip) GTEST_SKIP() << "this build unpacks no .gz";
  if (path.empty()) GTEST_SKIP() << "no MNIST under $ANTLER_DATA";
  const Tensor labels = read_idx(path);
  ASSERT_EQ(labels.shape(), (Shape{10000}));
  EXPECT_EQ(labels.item<int>(0), 7);
  EXPECT_EQ(labels.item<int>(9999), 6);
}

}  // namespace
}  // namespace antler
