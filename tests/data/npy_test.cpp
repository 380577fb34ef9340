#include "antler/data/npy.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "tests/data/files.h"
#include "tests/support/gzip.h"

namespace antler {
namespace {

using testing::bytes_of;
using testing::contents;
using testing::file_error;
using testing::real_data;
using testing::TemporaryFolder;
using testing::text_of;

template <class T>
std::string little(std::initializer_list<T> values) {
  std::string bytes;
  for (const T value : values) {
    char raw[sizeof(T)];
    std::memcpy(raw, &value, sizeof(T));
    bytes.append(raw, sizeof(T));
  }
  return bytes;
}

std::string with_header(std::string_view header, std::string_view elements, char major = 1) {
  std::string bytes = "\x93NUMPY";
  bytes += major;
  bytes += '\0';
  bytes += static_cast<char>(header.size() & 255);
  bytes += static_cast<char>(header.size() >> 8);
  if (major > 1) bytes.append(2, '\0');
  return bytes.append(header).append(elements);
}

std::string npy(const std::string& descr, const std::string& shape, std::string_view elements,
                bool fortran = false, char major = 1) {
  return with_header("{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") +
                         ", 'shape': " + shape + ", }\n",
                     elements, major);
}

Tensor parse(const std::string& bytes) { return parse_npy(bytes_of(bytes), "f"); }
std::string error_of(const std::string& bytes) {
  return file_error([&] { parse(bytes); });
}
std::string error_of_header(const std::string& header) { return error_of(with_header(header, "")); }

TEST(Npy, ReadsEachType) {
  EXPECT_TRUE(identical(parse(npy("<f4", "(2,)", little<float>({1.5F, -2}))),
                        Tensor::from<float>({1.5F, -2})));
  EXPECT_TRUE(identical(parse(npy("<f8", "(1, 2)", little<double>({0.1, 1e300}))),
                        Tensor::from<double>({0.1, 1e300}, {1, 2})));
  EXPECT_TRUE(identical(parse(npy("|i1", "(2,)", little<std::int8_t>({-128, 127}))),
                        Tensor::from<std::int32_t>({-128, 127})));
  EXPECT_TRUE(identical(parse(npy("<i1", "(1,)", little<std::int8_t>({-1}))),
                        Tensor::from<std::int32_t>({-1})));
  EXPECT_TRUE(identical(parse(npy("<i2", "(2,)", little<std::int16_t>({-32768, 5}))),
                        Tensor::from<std::int32_t>({-32768, 5})));
  EXPECT_TRUE(identical(parse(npy("<i4", "(1,)", little<std::int32_t>({-70000}))),
                        Tensor::from<std::int32_t>({-70000})));
  EXPECT_TRUE(identical(parse(npy("<i8", "(1,)", little<std::int64_t>({INT64_MIN}))),
                        Tensor::from<std::int64_t>({INT64_MIN})));
  EXPECT_TRUE(identical(parse(npy("|u1", "(2,)", little<std::uint8_t>({0, 255}))),
                        Tensor::from<std::uint8_t>({0, 255})));
  EXPECT_TRUE(identical(parse(npy("<u2", "(1,)", little<std::uint16_t>({65535}))),
                        Tensor::from<std::int32_t>({65535})));
  EXPECT_TRUE(identical(parse(npy("<u4", "(1,)", little<std::uint32_t>({4294967295U}))),
                        Tensor::from<std::int64_t>({4294967295})));
  EXPECT_TRUE(identical(parse(npy("<u8", "(1,)", little<std::uint64_t>({INT64_MAX}))),
                        Tensor::from<std::int64_t>({INT64_MAX})));
  EXPECT_TRUE(identical(parse(npy("|b1", "(3,)", little<std::uint8_t>({0, 1, 2}))),
                        Tensor::from<bool>({false, true, true})));
}

TEST(Npy, ReadsEachFormatAndAScalar) {
  for (const char major : {1, 2, 3}) {
    EXPECT_EQ(parse(npy("<f4", "()", little<float>({7}), false, major)).item(), 7.0);
  }
}

TEST(Npy, TurnsFortranOrderRound) {
  EXPECT_TRUE(identical(parse(npy("|u1", "(2, 3)", "adbecf", true)),
                        Tensor::from<std::uint8_t>({'a', 'b', 'c', 'd', 'e', 'f'}, {2, 3})));
  std::string elements;
  for (int k = 0; k < 4; ++k) {
    for (int j = 0; j < 3; ++j) {
      for (int i = 0; i < 2; ++i) elements += little<std::int32_t>({100 * i + 10 * j + k});
    }
  }
  const Tensor cube = parse(npy("<i4", "(2, 3, 4)", elements, true));
  for (int i = 0; i < 2; ++i) {
    for (int j = 0; j < 3; ++j) {
      for (int k = 0; k < 4; ++k) EXPECT_EQ(cube[i][j][k].item<int>(), 100 * i + 10 * j + k);
    }
  }
}

TEST(Npy, WritesWhatItReads) {
  const TemporaryFolder folder;
  const std::vector<Tensor> tensors = {Tensor{{1, 2, 3}, {4, 5, 6}},
                                       Tensor::from<double>({0.1}),
                                       Tensor::from<std::int32_t>({-1, 2}, {2, 1}),
                                       Tensor::from<std::int64_t>({INT64_MIN}),
                                       Tensor::from<std::uint8_t>({9}),
                                       Tensor::from<bool>({true, false}),
                                       Tensor(3.5F),
                                       Tensor::zeros({0, 4})};
  for (const Tensor& tensor : tensors) {
    write_npy(folder.path("t.npy"), tensor);
    EXPECT_TRUE(identical(read_npy(folder.path("t.npy")), tensor)) << tensor.to_string();
  }
}

TEST(Npy, WritesNumPysBytes) {
  const std::string bytes = text_of(npy_bytes(Tensor::from<std::uint8_t>({1, 2, 3})));
  ASSERT_EQ(bytes.size(), 131U);
  EXPECT_EQ(bytes.substr(0, 10), std::string("\x93NUMPY\x01\x00\x76\x00", 10));
  EXPECT_EQ(bytes.substr(10, 60), "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }   ");
  EXPECT_EQ(bytes[127], '\n');
  EXPECT_EQ(bytes.substr(128), "\1\2\3");
}

TEST(Npy, ReportsEveryCut) {
  const std::string whole = npy("<f4", "(2, 2)", little<float>({1, 2, 3, 4}));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const std::string text = error_of(whole.substr(0, length));
    EXPECT_TRUE(text.ends_with("; the file is cut short")) << length << ": " << text;
  }
  EXPECT_EQ(error_of(whole.substr(0, 5)),
            "f: expected an NPY header of at least 10 bytes, got 5; the file is cut short");
  EXPECT_EQ(error_of(whole.substr(0, whole.size() - 1)),
            "f: expected 16 bytes of elements for (2, 2), got 15; the file is cut short");
  EXPECT_EQ(error_of(whole + "x"),
            "f: expected 16 bytes of elements for (2, 2), got 17; the file holds more than its "
            "header says");
}

TEST(Npy, RefusesPickles) {
  EXPECT_EQ(error_of(npy("|O", "(1,)", "\x80\x04.")),
            "f: expected numbers, got Python objects (a pickle), which are never loaded; save the "
            "array with a numeric dtype");
  EXPECT_EQ(
      error_of("\x80\x04\x95........"),
      "f: expected an NPY file (\\x93NUMPY first), got a Python pickle, which is never loaded; "
      "save the array with numpy.save");
  EXPECT_EQ(
      error_of("PK\x03\x04......"),
      "f: expected an NPY file (\\x93NUMPY first), got bytes 50 4b 03 04 2e 2e; is it another "
      "format?");
}

TEST(Npy, NamesATypeItCannotTake) {
  EXPECT_EQ(error_of(npy(">f4", "(1,)", "abcd")),
            "f: expected little-endian elements, got >f4; save array.astype('<f4')");
  EXPECT_EQ(error_of(npy("<f2", "(1,)", "ab")),
            "f: expected elements of f4, f8, i1 to i8, u1 to u8 or bool, got '<f2'; save "
            "array.astype('float32')");
  EXPECT_EQ(error_of(npy("<U5", "(1,)", "ab")),
            "f: expected elements of f4, f8, i1 to i8, u1 to u8 or bool, got '<U5'; save "
            "array.astype('float32')");
  EXPECT_EQ(
      error_of_header("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }\n"),
      "f: expected one element type, got a structured array; save each field as its own array");
  EXPECT_EQ(
      error_of(npy("<u8", "(2,)", little<std::uint64_t>({1, UINT64_MAX}))),
      "f: expected elements up to 2^63 - 1, got 18446744073709551615 at position 1; save it as "
      "float64 if rounding is acceptable");
}

TEST(Npy, NamesAnUnknownFormat) {
  EXPECT_EQ(error_of(npy("<f4", "()", "abcd", false, 4)),
            "f: expected NPY format 1.0, 2.0 or 3.0, got 4.0; save it with numpy.save");
  std::string huge("\x93NUMPY\x02\x00\xff\xff\xff\x7f", 12);
  EXPECT_EQ(
      error_of(huge + std::string(100, ' ')),
      "f: expected an NPY header of at most 65536 bytes, got 2147483647; the file is damaged");
}

TEST(Npy, MalformedHeadersAreRefused) {
  const std::string expected =
      "f: expected an NPY header {'descr': .., 'fortran_order': .., 'shape': (..)}, got ";
  EXPECT_EQ(error_of_header("hello\x01"), expected + "hello?; the file is damaged");
  for (const char* header :
       {"", "{", "{}", "{'descr': '<f4'}", "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 1}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1.5,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'extra': 1}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': __import__('os').system('true')}"}) {
    EXPECT_TRUE(error_of_header(header).starts_with(expected)) << error_of_header(header);
  }
}

TEST(Npy, SizesThatOverflowAreRefused) {
  const std::string text = "f: the sizes in the NPY header overflow; the file is damaged";
  EXPECT_EQ(error_of(npy("<f8", "(4611686018427387904,)", "")), text);
  EXPECT_EQ(error_of(npy("<f8", "(4294967296, 4294967296)", "")), text);
  EXPECT_EQ(error_of(npy("<f8", "(0, 4294967296, 4294967296)", "")), text);
  EXPECT_EQ(parse(npy("<f8", "(0, 4294967296)", "")).shape(), (Shape{0, 4294967296}));
}

TEST(Npy, ReadsTheCoursesDigits) {
  const std::string path = real_data("course/X_reconstructed.npy.gz");
  if (!testing::kReadsGzip) GTEST_SKIP() << "this build unpacks no .gz";
  if (path.empty()) GTEST_SKIP() << "no course/ under $ANTLER_DATA";
  const Tensor x = read_npy(path);
  EXPECT_EQ(x.dtype(), DType::float64);
  EXPECT_EQ(x.shape(), (Shape{5000, 400}));
  const Tensor y = read_npy(real_data("course/y.npy"));
  EXPECT_EQ(y.dtype(), DType::uint8);
  ASSERT_EQ(y.shape(), (Shape{5000, 1}));
  EXPECT_EQ(y.item<int>(4999), 9);
}

}  // namespace
}  // namespace antler
