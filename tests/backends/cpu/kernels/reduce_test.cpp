#include "antler/backends/cpu/kernels/reduce.h"

#include <algorithm>
#include <limits>

#include "tests/backends/cpu/kernels/kernel_test.h"

namespace antler::cpu {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr Reduction kAll[] = {Reduction::kSum, Reduction::kMean, Reduction::kMaximum,
                              Reduction::kMinimum};

class ReduceTest : public KernelTest {
 protected:
  // The result and the scale of its error, of n values that lie `stride` apart.
  static std::pair<double, double> exact(Reduction reduction, const float* x, int64_t n,
                                         int64_t stride) {
    double sum = 0;
    double scale = 0;
    double largest = -kInfinity;
    double smallest = kInfinity;
    for (int64_t i = 0; i < n; ++i) {
      const double v = x[i * stride];
      sum += v;
      scale += std::abs(v);
      largest = std::max(largest, v);
      smallest = std::min(smallest, v);
    }
    const auto count = static_cast<double>(n);
    switch (reduction) {
      case Reduction::kSum:
        return {sum, scale};
      case Reduction::kMean:
        return {sum / count, scale / count};
      case Reduction::kMaximum:
        return {largest, 0};
      default:
        return {smallest, 0};
    }
  }
};

TEST_P(ReduceTest, LastAxis) {
  for (const int64_t n : {1, 3, 7, 8, 17, 25, 64, 127, 1000, 5000}) {
    const int64_t rows = 9;
    const std::vector<float> x = normal(rows * n);
    for (const Reduction reduction : kAll) {
      std::vector<float> y(rows);
      std::vector<float> pieces(rows);
      reduce_last(reduction, x.data(), n, y.data(), 0, rows);
      reduce_last(reduction, x.data(), n, pieces.data(), 4, rows);
      reduce_last(reduction, x.data(), n, pieces.data(), 0, 4);
      for (int64_t i = 0; i < rows; ++i) {
        const auto [want, scale] = exact(reduction, x.data() + i * n, n, 1);
        EXPECT_NEAR(y[i], want, 3e-7 * scale) << n;
      }
      EXPECT_TRUE(same_values(y, pieces));
    }
  }
}

TEST_P(ReduceTest, MiddleAxis) {
  for (const int64_t n : {1, 3, 31, 32, 33, 64, 127, 400}) {
    for (const int64_t inner : {1, 3, 8, 15, 25, 31, 33, 70}) {
      const int64_t outer = 3;
      const int64_t count = outer * inner;
      const std::vector<float> x = normal(outer * n * inner);
      for (const Reduction reduction : kAll) {
        std::vector<float> y(count);
        std::vector<float> pieces(count);
        reduce_middle(reduction, x.data(), n, inner, y.data(), 0, count);
        const int64_t cut = below(count);
        reduce_middle(reduction, x.data(), n, inner, pieces.data(), cut, count);
        reduce_middle(reduction, x.data(), n, inner, pieces.data(), 0, cut);
        for (int64_t i = 0; i < count; ++i) {
          const float* first = x.data() + i / inner * n * inner + i % inner;
          const auto [want, scale] = exact(reduction, first, n, inner);
          ASSERT_NEAR(y[i], want, 3e-7 * scale) << n << " of " << inner;
        }
        ASSERT_TRUE(same_values(y, pieces));
      }
    }
  }
}

TEST_P(ReduceTest, LongSumsStayAccurate) {
  const int64_t n = 3000001;
  const std::vector<float> x = uniform(n, 0.0f, 1.0f);
  float last = 0;
  float middle = 0;
  reduce_last(Reduction::kSum, x.data(), n, &last, 0, 1);
  reduce_middle(Reduction::kSum, x.data(), n, 1, &middle, 0, 1);
  const double want = exact(Reduction::kSum, x.data(), n, 1).first;
  EXPECT_NEAR(last, want, 2e-7 * want);
  EXPECT_NEAR(middle, want, 1e-6 * want);  // a plain sum is 1e-4 off
}

TEST_P(ReduceTest, NotANumberWins) {
  for (const int64_t n : {1, 5, 40, 100}) {
    for (int64_t place = 0; place < n; ++place) {
      std::vector<float> x = normal(n);
      x[place] = NAN;
      for (const Reduction reduction : kAll) {
        float y = 0;
        reduce_last(reduction, x.data(), n, &y, 0, 1);
        ASSERT_TRUE(std::isnan(y)) << n << " " << place;
        y = 0;
        reduce_middle(reduction, x.data(), n, 1, &y, 0, 1);
        ASSERT_TRUE(std::isnan(y)) << n << " " << place;
      }
      int64_t index = -1;
      argmax_last(x.data(), n, &index, 0, 1);
      ASSERT_EQ(index, place);
    }
  }
}

TEST_P(ReduceTest, OfNothing) {
  const float want[] = {0.0f, NAN, -kInfinity, kInfinity};
  for (int i = 0; i < 4; ++i) {
    float y[] = {1, 1, 1};
    reduce_last(kAll[i], nullptr, 0, y, 0, 1);
    reduce_middle(kAll[i], nullptr, 0, 2, y + 1, 0, 2);
    for (const float value : y) EXPECT_TRUE(same(value, want[i])) << i;
  }
}

TEST_P(ReduceTest, ArgmaxIsTheFirstMaximum) {
  for (const int64_t n : {1, 3, 10, 17, 64, 127}) {
    const int64_t rows = 50;
    std::vector<float> x = normal(rows * n);
    for (float& value : x) value = std::round(value);  // many equal ones
    for (int64_t i = 0; i < n; ++i) x[i] = -kInfinity;
    std::vector<int64_t> y(rows);
    argmax_last(x.data(), n, y.data(), 0, 20);
    argmax_last(x.data(), n, y.data(), 20, rows);
    for (int64_t i = 0; i < rows; ++i) {
      const float* row = x.data() + i * n;
      EXPECT_EQ(y[i], std::max_element(row, row + n) - row);
    }
  }
}

ANTLER_ON_EVERY_TARGET(ReduceTest);

}  // namespace
}  // namespace antler::cpu
