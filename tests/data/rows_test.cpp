#include "antler/data/rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "antler/core/thread_pool.h"
#include "tests/data/files.h"

namespace antler {
namespace {

using testing::error_text;
using Order = std::vector<std::int64_t>;

Tensor counting(std::int64_t rows, std::int64_t columns) {
  std::vector<std::int32_t> values(static_cast<std::size_t>(rows * columns));
  std::iota(values.begin(), values.end(), 0);
  return Tensor::from(values, Shape{rows, columns});
}

TEST(ShuffledOrder, IsAPermutationKeyedBySeedAndStep) {
  Order all(1000);
  std::iota(all.begin(), all.end(), 0);
  const Order order = shuffled_order(1000, 7, 3);
  EXPECT_TRUE(std::is_permutation(order.begin(), order.end(), all.begin()));
  EXPECT_NE(order, all);
  EXPECT_EQ(order, shuffled_order(1000, 7, 3));
  EXPECT_NE(order, shuffled_order(1000, 8, 3));
  EXPECT_NE(order, shuffled_order(1000, 7, 4));
  EXPECT_EQ(shuffled_order(1, 7, 3), (Order{0}));
  EXPECT_TRUE(shuffled_order(0, 7, 3).empty());
}

// A file keeps seed and step only: these orders must never change.
TEST(ShuffledOrder, StaysWhatItIs) {
  EXPECT_EQ(shuffled_order(8, 1, 0), (Order{1, 6, 0, 2, 4, 3, 5, 7}));
}

// Each of the 24 orders of 4 comes up about as often: chi-square with 23 degrees of freedom, of
// which 49.7 is passed once in a thousand.
TEST(ShuffledOrder, IsFair) {
  constexpr int kDraws = 24000;
  std::vector<int> counts(256, 0);
  for (int step = 0; step < kDraws; ++step) {
    const Order order = shuffled_order(4, 5, static_cast<std::uint64_t>(step));
    ++counts[static_cast<std::size_t>(order[0] * 64 + order[1] * 16 + order[2] * 4 + order[3])];
  }
  double chi_square = 0;
  int seen = 0;
  for (const int count : counts) {
    if (count == 0) continue;
    ++seen;
    chi_square += (count - 1000.0) * (count - 1000.0) / 1000.0;
  }
  EXPECT_EQ(seen, 24);
  EXPECT_LT(chi_square, 49.7);
}

TEST(GatherRows, CopiesRowsAndKeepsTheRest) {
  const Tensor from = counting(4, 2);
  Tensor into = Tensor::full({3, 2}, -1, DType::int32);
  gather_rows(from, Order{3, 0}, into);
  EXPECT_TRUE(identical(into, Tensor::from<std::int32_t>({6, 7, 0, 1, -1, -1}, {3, 2})));
  copy_rows(from, 1, 3, into);
  EXPECT_TRUE(identical(into, Tensor::from<std::int32_t>({2, 3, 4, 5, 6, 7}, {3, 2})));
  gather_rows(from, {}, into);
  EXPECT_EQ(into.item<int>(0), 2);
}

TEST(GatherRows, LargeCopiesAreTheSameForAnyThreadCount) {
  const Tensor from = counting(6000, 301);
  const Order order = shuffled_order(6000, 1, 1);
  const int before = num_threads();
  for (const int threads : {1, 2, 3}) {
    set_num_threads(threads);
    Tensor into = Tensor::uninitialized(DType::int32, {6000, 301});
    gather_rows(from, order, into);
    for (std::int64_t i = 0; i < 6000; ++i) {
      ASSERT_EQ(into.item<int>(i * 301 + 300), order[static_cast<std::size_t>(i)] * 301 + 300);
    }
    Tensor whole = Tensor::uninitialized(DType::int32, {6000, 301});
    copy_rows(from, 0, 6000, whole);
    EXPECT_TRUE(identical(whole, from));
  }
  set_num_threads(before);
}

TEST(GatherRows, NamesWhatDoesNotFit) {
  const Tensor from = counting(4, 2);
  Tensor into = Tensor::zeros({1, 2}, DType::int32);
  EXPECT_EQ(error_text<ShapeError>([&] {
              gather_rows(from, Order{0, 1}, into);
            }),
            "gather_rows: expected a target of at least 2 rows of (4, 2), got (1, 2)");
  EXPECT_EQ(error_text<ShapeError>([&] { gather_rows(from, Order{4}, into); }),
            "gather_rows: expected rows in [0, 4), got 4");
  EXPECT_EQ(error_text<ShapeError>([&] { gather_rows(from, Order{-1}, into); }),
            "gather_rows: expected rows in [0, 4), got -1");
  EXPECT_EQ(error_text<ShapeError>([&] { copy_rows(from, 4, 1, into); }),
            "copy_rows: expected rows in [0, 4), got [4, 5)");
  Tensor floats = Tensor::zeros({4, 2});
  EXPECT_EQ(error_text<TypeError>([&] { gather_rows(from, Order{0}, floats); }),
            "gather_rows: expected a target of type int32, got float32");
}

}  // namespace
}  // namespace antler
