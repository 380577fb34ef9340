// The numbers are of Keras 3.
#include "antler/data/normalize.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/data/files.h"
#include "tests/support/near.h"

namespace antler::utils {
namespace {

using antler::testing::error_text;
using antler::testing::is_near;

const Tensor kRows = {{3, 4, 0}, {0, 0, 0}, {-1, 2, -2}};
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Normalize, DividesByTheNormOfEachOrder) {
  const auto expect_rows = [](double order, const Tensor& expected) {
    EXPECT_TRUE(is_near(normalize(kRows, -1, order), expected, 1e-6)) << order;
  };
  const float third = 1.0F / 3;
  expect_rows(1, {{0.42857143, 0.5714286, 0}, {0, 0, 0}, {-0.2, 0.4, -0.4}});
  expect_rows(2, {{0.6, 0.8, 0}, {0, 0, 0}, {-third, 2 * third, -2 * third}});
  expect_rows(3, {{0.66697174, 0.8892957, 0}, {0, 0, 0}, {-0.3889111, 0.7778222, -0.7778222}});
  expect_rows(kInfinity, {{0.75, 1, 0}, {0, 0, 0}, {-0.5, 1, -1}});
  expect_rows(-kInfinity, {{3, 4, 0}, {0, 0, 0}, {-1, 2, -2}});
  expect_rows(0, {{1.5, 2, 0}, {0, 0, 0}, {-third, 2 * third, -2 * third}});
}

TEST(Normalize, TakesAnyAxisAndType) {
  EXPECT_TRUE(is_near(normalize(kRows, 0),
                      Tensor{{0.94868326, 0.8944272, 0}, {0, 0, 0}, {-0.31622776, 0.4472136, -1}},
                      1e-6));
  EXPECT_TRUE(is_near(normalize(Tensor{3, 4}), Tensor{0.6, 0.8}, 1e-6));
  const Tensor counts = Tensor::from<std::int64_t>({0, 1, 2, 3, 4, 5, 6, 7}, {2, 2, 2});
  const Tensor expected = Tensor::from<double>(
      {0, 0.31622777, 1, 0.9486833, 0.5547002, 0.58123819, 0.83205029, 0.81373347}, {2, 2, 2});
  EXPECT_EQ(normalize(counts, 1).dtype(), DType::float64);
  EXPECT_TRUE(is_near(normalize(counts, 1), expected, 1e-8));
  EXPECT_EQ(kRows.item(0), 3) << "the argument stays as it is";
}

TEST(Normalize, NamesAnAxisOutOfRange) {
  EXPECT_EQ(error_text<ShapeError>([] { normalize(kRows, 2); }),
            "normalize: expected an axis in [-2, 2), got 2 for (3, 3)");
}

}  // namespace
}  // namespace antler::utils
