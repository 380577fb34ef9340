#include "antler/data/numbers.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/data/files.h"

namespace antler {
namespace {

using testing::file_error;
using testing::real_data;

Tensor parse(const std::string& text) { return parse_numbers(text, "f.txt"); }
std::string error_of(const std::string& text) {
  return file_error([&] { parse(text); });
}

TEST(Numbers, ReadsBlanksAndCommas) {
  const Tensor wanted = Tensor::from<double>({1, -2.5, 3000, 4, 5, 6}, {2, 3});
  for (const char* text : {"1 -2.5 3e3\n4 5 6\n", "  1\t-2.5  3e3 \r\n4,5,6",
                           "# a comment\n\n1,-2.5, 3e3\n\n4 ,5 6\n"}) {
    EXPECT_TRUE(identical(parse(text), wanted)) << text;
  }
  EXPECT_TRUE(std::isnan(parse("1 nan").item(1)));
}

TEST(Numbers, NamesTheLineAndTheWord) {
  EXPECT_EQ(
      error_of("1 2\n3 x4\n"),
      "f.txt:2: expected a number as word 2, got \"x4\"; a file with names or texts is read as "
      "CSV");
  EXPECT_EQ(error_of("\n1 2 3\n4 5\n"),
            "f.txt:3: expected 3 numbers as in line 2, got 2; is the line cut short?");
  EXPECT_EQ(error_of("1 2\n3 4 5\n"),
            "f.txt:2: expected 2 numbers as in line 1, got 3; is line 1 cut short?");
  EXPECT_EQ(error_of("# nothing\n"), "f.txt: expected lines of numbers, got none");
  EXPECT_EQ(error_of(std::string("1\0", 2)),
            "f.txt:1: expected text, got a zero byte; is it a binary file, or UTF-16?");
}

TEST(Numbers, ReadsHeartbeats) {
  const std::string path = real_data("ecg/ECG200_TRAIN.txt");
  if (path.empty()) GTEST_SKIP() << "no ecg/ under $ANTLER_DATA";
  const Tensor beats = read_numbers(path);
  EXPECT_EQ(beats.shape(), (Shape{100, 97}));
  EXPECT_EQ(beats.item(0), -1.0);
  EXPECT_EQ(read_numbers(real_data("ecg/ECG5000_TRAIN.txt")).shape(), (Shape{500, 141}));
}

}  // namespace
}  // namespace antler
