#include "antler/data/drawn_digits.h"

#include <gtest/gtest.h>

#include <array>

#include "antler/core/thread_pool.h"
#include "tests/data/files.h"

namespace antler {
namespace {

using datasets::drawn_digits;
using datasets::Examples;

TEST(DrawnDigits, AreTheSameForAnyThreadCountAndLength) {
  const int before = num_threads();
  set_num_threads(1);
  const Examples one = drawn_digits(300, 5);
  for (const int threads : {2, 3}) {
    set_num_threads(threads);
    const Examples other = drawn_digits(300, 5);
    EXPECT_TRUE(identical(one.x, other.x));
    EXPECT_TRUE(identical(one.y, other.y));
  }
  set_num_threads(before);
  EXPECT_TRUE(identical(drawn_digits(100, 5).x, one.x.slice(0, 100)));
  EXPECT_FALSE(identical(drawn_digits(300, 6).x, one.x));
}

TEST(DrawnDigits, HaveTheShapesOfMnist) {
  const Examples digits = drawn_digits(10, 0);
  EXPECT_EQ(digits.x.shape(), (Shape{10, 28, 28}));
  EXPECT_EQ(digits.x.dtype(), DType::uint8);
  EXPECT_EQ(digits.y.shape(), (Shape{10}));
  EXPECT_EQ(digits.y.dtype(), DType::int64);
}

TEST(DrawnDigits, AllClassesComeUpAndInkIsMidway) {
  constexpr std::int64_t kCount = 5000;
  const Examples digits = drawn_digits(kCount, 1);
  std::array<int, 10> counts = {};
  for (const std::int64_t label : digits.y.data<std::int64_t>())
    ++counts.at(static_cast<std::size_t>(label));
  for (const int count : counts) EXPECT_NEAR(count, 500, 100);
  for (std::int64_t i = 0; i < kCount; ++i) {
    const Tensor image = digits.x[i];
    int bright = 0;
    for (const std::uint8_t pixel : image.data<std::uint8_t>()) bright += pixel > 100 ? 1 : 0;
    ASSERT_GT(bright, 12) << "an empty picture: " << i;
    ASSERT_LT(bright, 350) << "a blot: " << i;
  }
}

// Each class has a mean picture of its own: the nearest of them names most digits of another seed,
// but far from all, because they move and lean.
TEST(DrawnDigits, CanBeToldApartButNotByTemplates) {
  const Examples train = drawn_digits(4000, 0);
  const Examples test = drawn_digits(1000, 1);
  std::vector<std::array<double, 784>> means(10);
  std::array<double, 10> counts = {};
  for (std::int64_t i = 0; i < 4000; ++i) {
    const auto label = train.y.item<std::size_t>(i);
    ++counts[label];
    for (std::size_t p = 0; p < 784; ++p) {
      means[label][p] += train.x.data<std::uint8_t>()[static_cast<std::size_t>(i) * 784 + p];
    }
  }
  int right = 0;
  for (std::int64_t i = 0; i < 1000; ++i) {
    std::size_t best = 0;
    double smallest = 1e300;
    for (std::size_t label = 0; label < 10; ++label) {
      double distance = 0;
      for (std::size_t p = 0; p < 784; ++p) {
        const double d = test.x.data<std::uint8_t>()[static_cast<std::size_t>(i) * 784 + p] -
                         means[label][p] / counts[label];
        distance += d * d;
      }
      if (distance < smallest) {
        smallest = distance;
        best = label;
      }
    }
    right += best == test.y.item<std::size_t>(i) ? 1 : 0;
  }
  EXPECT_GT(right, 500);
  EXPECT_LT(right, 850);
}

TEST(DrawnDigits, RefuseNone) {
  EXPECT_EQ(testing::error_text<ValueError>([] { drawn_digits(0, 1); }),
            "drawn_digits: expected at least 1 example, got 0");
}

}  // namespace
}  // namespace antler
