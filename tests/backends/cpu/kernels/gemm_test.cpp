#include "antler/backends/cpu/kernels/gemm.h"

#include <algorithm>
#include <tuple>

#include "tests/backends/cpu/kernels/kernel_test.h"

namespace antler::cpu {
namespace {

struct Product {
  GemmShape shape;
  GemmFlags flags;
  std::vector<float> a = {}, b = {}, c = {}, bias = {};
  int64_t lda = 0, ldb = 0, ldc = 0;
  Activation activation = Activation::kLinear;

  std::vector<float> run(const std::vector<int64_t>& cuts) const {
    std::vector<float> result = c;
    const auto floats = static_cast<size_t>(gemm_scratch_floats(shape, flags));
    for (size_t i = 0; i + 1 < cuts.size(); ++i) {
      std::vector<float> scratch(floats);  // exactly as large as promised, for ASan to see
      gemm(shape, flags, a.data(), lda, b.data(), ldb, result.data(), ldc,
           {bias.empty() ? nullptr : bias.data(), activation}, scratch.data(), cuts[i],
           cuts[i + 1]);
    }
    return result;
  }

  // The exact value, and the scale of its rounding errors.
  std::tuple<double, double> exact(int64_t i, int64_t j) const {
    double sum = flags.accumulate ? c[i * ldc + j] : 0.0;
    double scale = std::abs(sum);
    for (int64_t p = 0; p < shape.k; ++p) {
      const double product =
          static_cast<double>(flags.transpose_a ? a[p * lda + i] : a[i * lda + p]) *
          (flags.transpose_b ? b[j * ldb + p] : b[p * ldb + j]);
      sum += product;
      scale += std::abs(product);
    }
    if (!bias.empty()) sum += bias[j];
    switch (activation) {
      case Activation::kRelu:
        return {std::max(sum, 0.0), scale + 1};
      case Activation::kSigmoid:
        return {1 / (1 + std::exp(-sum)), scale + 1};
      case Activation::kTanh:
        return {std::tanh(sum), scale + 1};
      default:
        return {sum, scale + 1};
    }
  }
};

class GemmTest : public KernelTest {
 protected:
  // `gap`: how far the leading dimensions exceed the rows' lengths.
  Product product(const GemmShape& shape, const GemmFlags& flags, int64_t gap, bool bias,
                  Activation activation) {
    Product p{.shape = shape, .flags = flags};
    const int64_t a_rows = flags.transpose_a ? shape.k : shape.m;
    const int64_t b_rows = flags.transpose_b ? shape.n : shape.k;
    const int64_t a_columns = flags.transpose_a ? shape.m : shape.k;
    const int64_t b_columns = flags.transpose_b ? shape.k : shape.n;
    p.lda = a_columns + gap;
    p.ldb = b_columns + gap;
    p.ldc = shape.n + gap;
    // Nothing behind the last row: the gap is only between rows.
    p.a = normal(std::max<int64_t>(0, (a_rows - 1) * p.lda + a_columns));
    p.b = normal(std::max<int64_t>(0, (b_rows - 1) * p.ldb + b_columns));
    p.c = normal((shape.m - 1) * p.ldc + shape.n);
    if (bias) p.bias = normal(shape.n);
    p.activation = activation;
    return p;
  }

  void check(const Product& p) {
    const GemmShape& shape = p.shape;
    const std::vector<float> whole = p.run({0, shape.m});
    for (int64_t i = 0; i < shape.m; ++i) {
      for (int64_t j = 0; j < p.ldc && i * p.ldc + j < static_cast<int64_t>(p.c.size()); ++j) {
        const float got = whole[i * p.ldc + j];
        if (j >= shape.n) {
          ASSERT_EQ(got, p.c[i * p.ldc + j]) << "wrote between rows";
        } else {
          const auto [want, scale] = p.exact(i, j);
          ASSERT_NEAR(got, want, 4e-7 * scale)
              << shape.m << "x" << shape.n << "x" << shape.k << " at " << i << ", " << j;
        }
      }
    }
    const int64_t cut = below(shape.m + 1);
    const int64_t second = cut + below(shape.m - cut + 1);
    ASSERT_TRUE(same_values(whole, p.run({0, cut, second, shape.m})));
  }
};

TEST_P(GemmTest, MatchesPlainLoops) {
  const GemmShape shapes[] = {
      {1, 1, 1},      {1, 25, 400},  {3, 3, 3},     {2, 17, 1},   {17, 1, 9},   {32, 25, 400},
      {32, 15, 25},   {32, 10, 15},  {7, 8, 5},     {6, 16, 64},  {13, 33, 31}, {25, 64, 127},
      {40, 25, 1},    {25, 15, 1},   {9, 10, 1},    {5, 8, 1},    {3, 70, 1},   {1, 31, 1},
      {1, 48, 50},    {1, 1100, 7},  {1, 133, 643}, {1, 64, 330}, {64, 48, 33}, {65, 49, 32},
      {33, 127, 321}, {40, 50, 641}, {257, 3, 17},  {300, 70, 40}};
  for (const GemmShape& shape : shapes) {
    for (int variant = 0; variant < 8; ++variant) {
      const GemmFlags flags{.transpose_a = (variant & 1) != 0,
                            .transpose_b = (variant & 2) != 0,
                            .accumulate = (variant & 4) != 0};
      check(product(shape, flags, variant == 3 || variant == 4 ? 3 : 0, variant % 3 == 0,
                    static_cast<Activation>(variant % 4)));
    }
  }
}

TEST_P(GemmTest, EmptySumIsTheBias) {
  const Product p = product({5, 19, 0}, {}, 0, true, Activation::kRelu);
  const std::vector<float> c = p.run({0, 5});
  for (int64_t i = 0; i < 5 * 19; ++i) EXPECT_EQ(c[i], std::max(0.0f, p.bias[i % 19]));
}

TEST_P(GemmTest, BitsDoNotDependOnTheOtherRowsAndColumns) {
  const Product p = product({70, 90, 700}, {}, 0, true, Activation::kTanh);
  const std::vector<float> whole = p.run({0, 70});
  Product one = p;
  one.shape.m = 1;
  one.shape.n = 1;
  for (const auto& [i, j] : {std::pair{0, 0}, {69, 89}, {33, 64}, {5, 87}}) {
    one.a.assign(p.a.begin() + i * p.lda, p.a.begin() + (i + 1) * p.lda);
    one.b.assign(p.b.begin() + j, p.b.end());
    one.bias = {p.bias[j]};
    one.c = {0.0f};
    one.ldc = 1;
    EXPECT_EQ(one.run({0, 1})[0], whole[i * p.ldc + j]);
  }
}

// A row alone is read in another way.
TEST_P(GemmTest, OneRowGivesTheBitsOfMany) {
  const Product p = product({3, 1105, 650}, {}, 0, true, Activation::kRelu);
  const std::vector<float> whole = p.run({0, 3});
  Product one = p;
  one.shape.m = 1;
  one.a.assign(p.a.begin() + p.lda, p.a.begin() + 2 * p.lda);
  one.c.assign(p.c.begin(), p.c.begin() + 1105);
  const std::vector<float> row = one.run({0, 1});
  EXPECT_TRUE(same_values(row, {whole.begin() + p.ldc, whole.begin() + p.ldc + 1105}));
}

TEST_P(GemmTest, NotANumberStays) {
  Product p = product({4, 11, 6}, {}, 0, true, Activation::kRelu);
  p.a[2 * 6 + 3] = NAN;
  const std::vector<float> c = p.run({0, 4});
  for (int64_t i = 0; i < 4 * 11; ++i) EXPECT_EQ(std::isnan(c[i]), i / 11 == 2);
}

ANTLER_ON_EVERY_TARGET(GemmTest);

}  // namespace
}  // namespace antler::cpu
