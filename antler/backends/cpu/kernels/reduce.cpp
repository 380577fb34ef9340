#include "antler/backends/cpu/kernels/reduce.h"

#include <algorithm>
#include <limits>

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/reduce.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/reduce_row-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

// Combines kVectors vectors of columns side by side over rows [0, n): the rows of a block one after
// another, the blocks pairwise. `last` loads and stores the last
// vector, which need not be whole.
template <int kVectors, class Combine, class Access>
HWY_INLINE void column_tree(const Combine& combine, const Access& last, const float* x, int64_t n,
                            int64_t stride, float divisor, float* y) {
  constexpr int64_t kBlockRows = 32;
  // Level i holds the result of 2^i blocks when bit i of the count of blocks is set: a binary
  // counter whose carries are the pairs.
  constexpr int kLevels = 48;
  HWY_ALIGN float levels[kLevels][kVectors * kLanes];
  const FloatTag d;
  FloatVector sum[kVectors];
  const auto load_row = [&](const float* from, int v) ANTLER_INLINE_LAMBDA {
    return v + 1 < kVectors ? hn::LoadU(d, from + v * kLanes) : last.load(from + v * kLanes);
  };
  const auto merge_level = [&](int level) ANTLER_INLINE_LAMBDA {
    HWY_UNROLL(4)
    for (int v = 0; v < kVectors; ++v) {
      sum[v] = combine(hn::Load(d, levels[level] + v * kLanes), sum[v]);
    }
  };
  int64_t blocks = 0;
  int64_t row = 0;
  for (; row + kBlockRows <= n; row += kBlockRows) {
    const float* from = x + row * stride;
    HWY_UNROLL(4)
    for (int v = 0; v < kVectors; ++v) sum[v] = load_row(from, v);
    for (int64_t i = 1; i < kBlockRows; ++i) {
      from += stride;
      HWY_UNROLL(4)
      for (int v = 0; v < kVectors; ++v) sum[v] = combine(sum[v], load_row(from, v));
    }
    int level = 0;
    for (; blocks >> level & 1; ++level) merge_level(level);
    HWY_UNROLL(4)
    for (int v = 0; v < kVectors; ++v) hn::Store(sum[v], d, levels[level] + v * kLanes);
    ++blocks;
  }
  HWY_UNROLL(4)
  for (int v = 0; v < kVectors; ++v) sum[v] = combine.start();
  for (; row < n; ++row) {
    HWY_UNROLL(4)
    for (int v = 0; v < kVectors; ++v) sum[v] = combine(sum[v], load_row(x + row * stride, v));
  }
  for (int level = 0; blocks >> level; ++level) {
    if (blocks >> level & 1) merge_level(level);
  }
  HWY_UNROLL(4)
  for (int v = 0; v < kVectors; ++v) {
    const FloatVector result = hn::Div(sum[v], set(divisor));
    if (v + 1 < kVectors) {
      hn::StoreU(result, d, y + v * kLanes);
    } else {
      last.store(result, y + v * kLanes);
    }
  }
}

// Columns [first, last) of one slab [n, inner], four vectors at a time: two cache lines of each
// row.
template <class Combine>
HWY_INLINE void reduce_columns(const Combine& combine, float divisor, const float* x, int64_t n,
                               int64_t inner, float* y, int64_t first, int64_t last) {
  const auto group = [&](auto access, int64_t vectors, int64_t j) ANTLER_INLINE_LAMBDA {
    switch (vectors) {
      case 1:
        return column_tree<1>(combine, access, x + j, n, inner, divisor, y + j);
      case 2:
        return column_tree<2>(combine, access, x + j, n, inner, divisor, y + j);
      case 3:
        return column_tree<3>(combine, access, x + j, n, inner, divisor, y + j);
      default:
        return column_tree<4>(combine, access, x + j, n, inner, divisor, y + j);
    }
  };
  for (int64_t j = first; j < last; j += 4 * kLanes) {
    const int64_t columns = std::min(4 * kLanes, last - j);
    const int64_t rest = columns % kLanes;
    if (rest == 0) {
      group(WholeVector(), columns / kLanes, j);
    } else {
      group(PartialVector{rest}, columns / kLanes + 1, j);
    }
  }
}

template <class Combine>
void middle_loop(const Combine& combine, float divisor, const float* x, int64_t n, int64_t inner,
                 float* y, int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end;) {
    const int64_t outer = i / inner;
    const int64_t first = i % inner;
    const int64_t last = std::min(inner, first + end - i);
    reduce_columns(combine, divisor, x + outer * n * inner, n, inner, y + outer * inner, first,
                   last);
    i += last - first;
  }
}

void middle(Reduction reduction, const float* x, int64_t n, int64_t inner, float* y, int64_t begin,
            int64_t end) {
  switch (reduction) {
    case Reduction::kSum:
      return middle_loop(SumOf(), 1.0f, x, n, inner, y, begin, end);
    case Reduction::kMean:
      return middle_loop(SumOf(), static_cast<float>(n), x, n, inner, y, begin, end);
    case Reduction::kMaximum:
      return middle_loop(MaximumOf(), 1.0f, x, n, inner, y, begin, end);
    case Reduction::kMinimum:
      return middle_loop(MinimumOf(), 1.0f, x, n, inner, y, begin, end);
  }
}

void last(Reduction reduction, const float* x, int64_t n, float* y, int64_t begin, int64_t end) {
  const auto rows = [&](auto reduce) ANTLER_INLINE_LAMBDA {
    for (int64_t i = begin; i < end; ++i) y[i] = hn::GetLane(reduce(x + i * n));
  };
  switch (reduction) {
    case Reduction::kSum:
      return rows([&](const float* row) ANTLER_INLINE_LAMBDA { return sum_row(row, n); });
    case Reduction::kMean:
      return rows([&](const float* row) ANTLER_INLINE_LAMBDA {
        return hn::Div(sum_row(row, n), set(static_cast<float>(n)));
      });
    case Reduction::kMaximum:
      return rows([&](const float* row)
                      ANTLER_INLINE_LAMBDA { return reduce_row(MaximumOf(), row, n); });
    case Reduction::kMinimum:
      return rows([&](const float* row)
                      ANTLER_INLINE_LAMBDA { return reduce_row(MinimumOf(), row, n); });
  }
}

void argmax(const float* x, int64_t n, int64_t* y, int64_t begin, int64_t end) {
  const FloatTag d;
  for (int64_t row = begin; row < end; ++row) {
    const float* from = x + row * n;
    const FloatVector v = reduce_row(MaximumOf(), from, n);
    const float largest = hn::GetLane(v);
    const bool is_nan = largest != largest;
    int64_t i = 0;
    // Whole vectors without it, then one by one.
    for (; i + kLanes <= n; i += kLanes) {
      const FloatVector z = hn::LoadU(d, from + i);
      if (!hn::AllFalse(d, is_nan ? not_equal(z, z) : hn::Eq(z, v))) break;
    }
    while (i + 1 < n && !(is_nan ? from[i] != from[i] : from[i] == largest)) ++i;
    y[row] = i;
  }
}

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(argmax);
HWY_EXPORT(last);
HWY_EXPORT(middle);

void reduce_last(Reduction reduction, const float* x, int64_t n, float* y, int64_t begin,
                 int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(last)(reduction, x, n, y, begin, end);
}

void reduce_middle(Reduction reduction, const float* x, int64_t n, int64_t inner, float* y,
                   int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(middle)(reduction, x, n, inner, y, begin, end);
}

void argmax_last(const float* x, int64_t n, int64_t* y, int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(argmax)(x, n, y, begin, end);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
