#include "antler/backends/cpu/kernels/softmax.h"

#include <algorithm>
#include <limits>

#include "tests/backends/cpu/kernels/kernel_test.h"

namespace antler::cpu {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr int64_t kRows = 7;
constexpr int64_t kLengths[] = {1, 2, 3, 8, 10, 17, 25, 64, 127, 1000, 5003};

// log-softmax of one row in double.
std::vector<double> exact_log_softmax(const float* x, int64_t n) {
  const double largest = *std::max_element(x, x + n);
  double sum = 0;
  for (int64_t i = 0; i < n; ++i) sum += std::exp(x[i] - largest);
  std::vector<double> y(static_cast<size_t>(n));
  for (int64_t i = 0; i < n; ++i) y[i] = x[i] - largest - std::log(sum);
  return y;
}

class SoftmaxTest : public KernelTest {
 protected:
  // Runs it on all rows, and on parts of them: the same bits.
  template <class Run>
  std::vector<float> rows(int64_t size, const Run& run) {
    std::vector<float> y(static_cast<size_t>(size), -7.0f);
    std::vector<float> pieces = y;
    run(y.data(), int64_t{0}, kRows);
    run(pieces.data(), int64_t{3}, kRows);
    run(pieces.data(), int64_t{0}, int64_t{3});
    EXPECT_TRUE(same_values(y, pieces));
    return y;
  }
};

TEST_P(SoftmaxTest, SoftmaxAndLogSoftmax) {
  for (const int64_t n : kLengths) {
    const std::vector<float> x = normal(kRows * n, 5.0f);
    const auto y = rows(kRows * n, [&](float* to, int64_t begin, int64_t end) {
      softmax(x.data(), n, to, begin, end);
    });
    const auto log_y = rows(kRows * n, [&](float* to, int64_t begin, int64_t end) {
      log_softmax(x.data(), n, to, begin, end);
    });
    for (int64_t row = 0; row < kRows; ++row) {
      const std::vector<double> want = exact_log_softmax(x.data() + row * n, n);
      for (int64_t i = 0; i < n; ++i) {
        // x - max x is rounded before it becomes an exponent.
        const double relative = 2e-6 + 2e-7 * std::abs(want[i]);
        ASSERT_NEAR(y[row * n + i], std::exp(want[i]), relative * std::exp(want[i])) << n;
        ASSERT_NEAR(log_y[row * n + i], want[i], relative) << n;
      }
    }
    std::vector<float> in_place = x;
    softmax(in_place.data(), n, in_place.data(), 0, kRows);
    EXPECT_TRUE(same_values(in_place, y));
  }
}

TEST_P(SoftmaxTest, SpecialRows) {
  const std::vector<float> x = {1000,       -1000, 0,           //
                                -kInfinity, 0,     -kInfinity,  //
                                NAN,        1,     2,           //
                                kInfinity,  0,     1};
  std::vector<float> y(12);
  softmax(x.data(), 3, y.data(), 0, 4);
  const std::vector<float> want = {1, 0, 0, 0, 1, 0, NAN, NAN, NAN, NAN, NAN, NAN};
  EXPECT_TRUE(same_values(y, want));
  log_softmax(x.data(), 3, y.data(), 0, 2);
  const std::vector<float> want_log = {0, -2000, -1000, -kInfinity, 0, -kInfinity};
  EXPECT_TRUE(same_values({y.begin(), y.begin() + 6}, want_log));
}

TEST_P(SoftmaxTest, Gradients) {
  for (const int64_t n : kLengths) {
    const std::vector<float> x = normal(kRows * n);
    const std::vector<float> g = normal(kRows * n);
    std::vector<float> y(kRows * n);
    std::vector<float> log_y(kRows * n);
    softmax(x.data(), n, y.data(), 0, kRows);
    log_softmax(x.data(), n, log_y.data(), 0, kRows);
    const auto dx = rows(kRows * n, [&](float* to, int64_t begin, int64_t end) {
      softmax_gradient(y.data(), g.data(), n, to, begin, end);
    });
    const auto log_dx = rows(kRows * n, [&](float* to, int64_t begin, int64_t end) {
      log_softmax_gradient(log_y.data(), g.data(), n, to, begin, end);
    });
    for (int64_t row = 0; row < kRows; ++row) {
      double dot = 0;
      double sum = 0;
      double scale = 0;
      for (int64_t i = row * n; i < (row + 1) * n; ++i) {
        dot += static_cast<double>(g[i]) * y[i];
        sum += g[i];
        scale += std::abs(g[i]);
      }
      for (int64_t i = row * n; i < (row + 1) * n; ++i) {
        ASSERT_NEAR(dx[i], y[i] * (g[i] - dot), 1e-6 * y[i] * (1 + std::abs(g[i])));
        ASSERT_NEAR(log_dx[i], g[i] - std::exp(static_cast<double>(log_y[i])) * sum,
                    1e-6 * (std::abs(g[i]) + y[i] * scale));
      }
    }
  }
}

template <class Label>
void check_sparse(const std::vector<float>& x, const std::vector<Label>& labels, int64_t n) {
  std::vector<float> loss(kRows);
  std::vector<float> without(kRows);
  std::vector<float> p(kRows * n);
  std::vector<float> dx(kRows * n);
  const std::vector<float> g = {1, 2, 0.5f, -1, 3, 0, 1};
  ASSERT_EQ(sparse_softmax_cross_entropy(x.data(), labels.data(), n, loss.data(), p.data(), 0, 2),
            -1);
  ASSERT_EQ(
      sparse_softmax_cross_entropy(x.data(), labels.data(), n, loss.data(), p.data(), 2, kRows),
      -1);
  sparse_softmax_cross_entropy(x.data(), labels.data(), n, without.data(), nullptr, 0, kRows);
  EXPECT_TRUE(same_values(loss, without));
  sparse_softmax_cross_entropy_gradient(p.data(), labels.data(), n, g.data(), 1, dx.data(), 0,
                                        kRows);
  for (int64_t row = 0; row < kRows; ++row) {
    const std::vector<double> log_p = exact_log_softmax(x.data() + row * n, n);
    const double want = -log_p[static_cast<size_t>(labels[row])];
    ASSERT_NEAR(loss[row], want, 1e-6 * (1 + want));
    for (int64_t i = 0; i < n; ++i) {
      ASSERT_NEAR(p[row * n + i], std::exp(log_p[i]), 1e-6);
      const double slope = std::exp(log_p[i]) - (i == labels[row] ? 1 : 0);
      ASSERT_NEAR(dx[row * n + i], slope * g[row], 1e-6 * std::abs(g[row]));
    }
  }
  sparse_softmax_cross_entropy_gradient(p.data(), labels.data(), n, g.data() + 2, 0, p.data(), 0,
                                        kRows);
  for (int64_t i = 0; i < kRows * n; ++i) {
    ASSERT_NEAR(p[i] * g[i / n], dx[i] * 0.5f, 1e-6);
  }
}

TEST_P(SoftmaxTest, SparseCrossEntropy) {
  for (const int64_t n : kLengths) {
    const std::vector<float> x = normal(kRows * n, 3.0f);
    std::vector<int64_t> labels(kRows);
    for (int64_t& label : labels) label = below(n);
    check_sparse(x, labels, n);
    check_sparse(x, std::vector<int32_t>(labels.begin(), labels.end()), n);
  }
}

TEST_P(SoftmaxTest, ReportsTheFirstBadLabel) {
  const std::vector<float> x = normal(kRows * 5);
  const std::vector<int64_t> labels = {0, 4, 2, -1, 3, 5, 1};
  std::vector<float> loss(kRows);
  std::vector<float> p(kRows * 5);
  EXPECT_EQ(sparse_softmax_cross_entropy(x.data(), labels.data(), 5, loss.data(), p.data(), 0, 7),
            3);
  EXPECT_EQ(sparse_softmax_cross_entropy(x.data(), labels.data(), 5, loss.data(), p.data(), 4, 7),
            5);
  EXPECT_EQ(sparse_softmax_cross_entropy(x.data(), labels.data(), 5, loss.data(), p.data(), 0, 3),
            -1);
  for (int64_t row = 0; row < kRows; ++row) {
    EXPECT_EQ(std::isnan(loss[row]), row == 3 || row == 5);
  }
  const float g = 2;
  std::vector<float> dx(kRows * 5);
  sparse_softmax_cross_entropy_gradient(p.data(), labels.data(), 5, &g, 0, dx.data(), 0, kRows);
  for (int64_t i = 15; i < 20; ++i) EXPECT_EQ(dx[i], 2 * p[i]);
}

TEST_P(SoftmaxTest, DenseCrossEntropy) {
  for (const int64_t n : kLengths) {
    const std::vector<float> x = normal(kRows * n, 3.0f);
    std::vector<float> y = uniform(kRows * n, 0, 1);
    y[0] = 0;
    std::vector<float> p(kRows * n);
    const auto loss = rows(kRows, [&](float* to, int64_t begin, int64_t end) {
      softmax_cross_entropy(x.data(), y.data(), n, to, p.data(), begin, end);
    });
    const std::vector<float> g = normal(kRows);
    const auto dx = rows(kRows * n, [&](float* to, int64_t begin, int64_t end) {
      softmax_cross_entropy_gradient(p.data(), y.data(), n, g.data(), 1, to, begin, end);
    });
    for (int64_t row = 0; row < kRows; ++row) {
      const std::vector<double> log_p = exact_log_softmax(x.data() + row * n, n);
      double want = 0;
      double sum = 0;
      for (int64_t i = 0; i < n; ++i) {
        want -= y[row * n + i] * log_p[i];
        sum += y[row * n + i];
      }
      ASSERT_NEAR(loss[row], want, 1e-6 * (1 + want)) << n;
      for (int64_t i = 0; i < n; ++i) {
        const double slope = std::exp(log_p[i]) * sum - y[row * n + i];
        const double scale = std::exp(log_p[i]) * sum + y[row * n + i];
        ASSERT_NEAR(dx[row * n + i], slope * g[row], 2e-6 * scale * std::abs(g[row])) << n;
      }
    }
  }
}

TEST_P(SoftmaxTest, DenseCrossEntropyOfImpossibleClasses) {
  const std::vector<float> x = {0, -kInfinity, 0, 0};
  const std::vector<float> y = {1, 0, 0, 0};
  float loss = 0;
  softmax_cross_entropy(x.data(), y.data(), 4, &loss, nullptr, 0, 1);
  EXPECT_NEAR(loss, std::log(3.0), 1e-6);
}

TEST_P(SoftmaxTest, BinaryCrossEntropy) {
  const int64_t n = 301;
  std::vector<float> x = normal(n, 5.0f);
  std::vector<float> y = uniform(n, 0, 1);
  x[0] = 60;  // the loss is e^-60, which 60 - 60 would hide
  y[0] = 1;
  x[1] = -60;
  y[1] = 0;
  const std::vector<float> g = normal(n);
  std::vector<float> loss(n);
  std::vector<float> dx(n);
  binary_cross_entropy(x.data(), y.data(), loss.data(), 0, 100);
  binary_cross_entropy(x.data(), y.data(), loss.data(), 100, n);
  binary_cross_entropy_gradient(x.data(), y.data(), g.data(), 1, dx.data(), 0, 33);
  binary_cross_entropy_gradient(x.data(), y.data(), g.data(), 1, dx.data(), 33, n);
  for (int64_t i = 0; i < n; ++i) {
    const double z = x[i];
    const double want = std::max(z, 0.0) - z * y[i] + std::log1p(std::exp(-std::abs(z)));
    // The rounding of z y, save where the label is exact.
    EXPECT_NEAR(loss[i], want, 1e-6 * want + (i < 2 ? 0 : 1e-7 * std::abs(z))) << z << " " << y[i];
    EXPECT_NEAR(dx[i], (1 / (1 + std::exp(-z)) - y[i]) * g[i], 1e-6 * std::abs(g[i]));
  }
  std::vector<float> whole(n);
  binary_cross_entropy(x.data(), y.data(), whole.data(), 0, n);
  EXPECT_TRUE(same_values(loss, whole));
  const float common = -3;
  binary_cross_entropy_gradient(x.data(), y.data(), &common, 0, whole.data(), 0, n);
  for (int64_t i = 0; i < n; ++i) {
    EXPECT_NEAR(whole[i], (1 / (1 + std::exp(-static_cast<double>(x[i]))) - y[i]) * -3, 3e-6);
  }
}

ANTLER_ON_EVERY_TARGET(SoftmaxTest);

}  // namespace
}  // namespace antler::cpu
