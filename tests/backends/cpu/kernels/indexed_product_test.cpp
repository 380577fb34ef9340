#include "antler/backends/cpu/kernels/indexed_product.h"

#include <algorithm>
#include <numeric>

#include "tests/backends/cpu/kernels/kernel_test.h"

namespace antler::cpu {
namespace {

struct Sizes {
  int64_t rows, columns, runs, length;
};

class IndexedProductTest : public KernelTest {
 protected:
  // Places in a random order, at least `room` apart.
  std::vector<int64_t> places(int64_t count, int64_t room) {
    std::vector<int64_t> at(static_cast<size_t>(count));
    std::iota(at.begin(), at.end(), int64_t{0});
    for (size_t i = at.size(); i > 1; --i) {
      std::swap(at[i - 1], at[static_cast<size_t>(below(static_cast<int64_t>(i)))]);
    }
    for (int64_t& place : at) place = place * room + below(2);
    return at;
  }

  void check(const Sizes& s, bool transpose, bool accumulate, bool bias, Activation activation) {
    const int64_t a_step = 1 + below(3);
    const std::vector<int64_t> rows = places(s.rows, 3), runs = places(s.runs, 5);
    const int64_t reach = 3 * s.rows + 5 * s.runs + s.length * a_step + 2;
    const std::vector<float> a = normal(reach);
    const int64_t depth = s.runs * s.length;
    const int64_t ldb = (transpose ? depth : s.columns) + 2;
    const std::vector<float> b = normal((transpose ? s.columns : depth) * ldb);
    const std::vector<int64_t> c_rows = places(s.rows, s.columns + 3);
    const std::vector<float> before = normal((s.columns + 3) * s.rows + 2);
    const std::vector<float> biases = normal(s.columns);
    const Runs all{runs.data(), s.runs, s.length};
    std::vector<float> packed(static_cast<size_t>(packed_floats(all, s.columns)));
    pack_columns(all, b.data(), ldb, transpose, s.columns, packed.data());
    std::vector<float> c = before;
    indexed_product({.rows = s.rows,
                     .columns = s.columns,
                     .a = a.data(),
                     .a_rows = {.at = rows.data()},
                     .runs = all,
                     .a_step = a_step,
                     .b = packed.data(),
                     .c = c.data(),
                     .c_rows = {.at = c_rows.data()},
                     .accumulate = accumulate,
                     .epilogue = {bias ? biases.data() : nullptr, activation}});
    std::vector<float> expected = before;
    for (int64_t r = 0; r < s.rows; ++r) {
      for (int64_t j = 0; j < s.columns; ++j) {
        float& to = expected[c_rows[r] + j];
        double sum = accumulate ? to : 0.0;
        for (int64_t i = 0; i < s.runs; ++i) {
          for (int64_t step = 0; step < s.length; ++step) {
            const int64_t k = i * s.length + step;
            sum += static_cast<double>(a[rows[r] + runs[i] + step * a_step]) *
                   (transpose ? b[j * ldb + k] : b[k * ldb + j]);
          }
        }
        if (bias) sum += biases[j];
        if (activation == Activation::kRelu) sum = std::max(sum, 0.0);
        if (activation == Activation::kSigmoid) sum = 1 / (1 + std::exp(-sum));
        if (activation == Activation::kTanh) sum = std::tanh(sum);
        to = static_cast<float>(sum);
      }
    }
    const double scale = 2e-6 * std::sqrt(static_cast<double>(depth) + 1);
    for (size_t i = 0; i < c.size(); ++i) {
      ASSERT_NEAR(c[i], expected[i], scale * (1 + std::abs(expected[i])))
          << s.rows << "x" << s.columns << ", " << s.runs << " runs of " << s.length << " at " << i;
    }
  }
};

TEST_P(IndexedProductTest, MatchesPlainLoops) {
  const Sizes sizes[] = {{1, 1, 1, 1},    {5, 10, 9, 1},    {13, 33, 3, 96}, {27, 17, 9, 8},
                         {300, 20, 2, 7}, {11, 64, 3, 400}, {19, 5, 700, 1}, {7, 48, 5, 250},
                         {6, 16, 1, 641}, {97, 100, 4, 30}};
  for (const Sizes& s : sizes) {
    for (int variant = 0; variant < 8; ++variant) {
      check(s, (variant & 1) != 0, (variant & 2) != 0, (variant & 4) != 0,
            static_cast<Activation>((variant + s.rows) % 4));
    }
  }
}

TEST_P(IndexedProductTest, RowsMayBeEquallyFarApart) {
  const std::vector<float> a = normal(40 * 7), b = normal(7 * 19);
  const Runs one{.length = 7};
  std::vector<float> packed(static_cast<size_t>(packed_floats(one, 19)));
  pack_columns(one, b.data(), 19, false, 19, packed.data());
  std::vector<float> c(40 * 19), expected(40 * 19);
  std::vector<int64_t> a_rows, c_rows;
  for (int64_t r = 0; r < 40; ++r) {
    a_rows.push_back(r * 7);
    c_rows.push_back(r * 19);
  }
  IndexedProduct product{.rows = 40,
                         .columns = 19,
                         .a = a.data(),
                         .a_rows = {.step = 7},
                         .runs = one,
                         .b = packed.data(),
                         .c = c.data(),
                         .c_rows = {.step = 19},
                         .epilogue = {nullptr, Activation::kTanh}};
  indexed_product(product);
  product.a_rows = {.at = a_rows.data()};
  product.c_rows = {.at = c_rows.data()};
  product.c = expected.data();
  indexed_product(product);
  EXPECT_TRUE(same_values(c, expected));
}

TEST_P(IndexedProductTest, PlainRowsOfBGiveTheSameBits) {
  const std::vector<int64_t> runs = {0, 50, 20};
  const std::vector<float> a = normal(40 * 9 + 50 + 130), b = normal(390 * 51);
  const Runs all{runs.data(), 3, 130};
  std::vector<float> packed(static_cast<size_t>(packed_floats(all, 48)));
  pack_columns(all, b.data(), 51, false, 48, packed.data());
  std::vector<float> c(40 * 48), expected(40 * 48);
  IndexedProduct product{.rows = 40,
                         .columns = 48,
                         .a = a.data(),
                         .a_rows = {.step = 9},
                         .runs = all,
                         .b = b.data(),
                         .ldb = 51,
                         .c = c.data(),
                         .c_rows = {.step = 48}};
  indexed_product(product);
  product.b = packed.data();
  product.ldb = 0;
  product.c = expected.data();
  indexed_product(product);
  EXPECT_TRUE(same_values(c, expected));
}

TEST_P(IndexedProductTest, AnEmptySumLeavesOrClears) {
  const Runs none{.count = 0, .length = 3};
  std::vector<float> c = {1, 2, 3};
  IndexedProduct product{.rows = 1, .columns = 3, .runs = none, .c = c.data(), .accumulate = true};
  indexed_product(product);
  EXPECT_TRUE(same_values(c, {1, 2, 3}));
  product.accumulate = false;
  indexed_product(product);
  EXPECT_TRUE(same_values(c, {0, 0, 0}));
}

ANTLER_ON_EVERY_TARGET(IndexedProductTest);

}  // namespace
}  // namespace antler::cpu
