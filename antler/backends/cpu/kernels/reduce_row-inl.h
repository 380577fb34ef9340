// Sum, maximum and minimum of consecutive floats.
//
// Compiled once per instruction set: the guard toggles, as Highway's own do.
#if defined(ANTLER_CPU_REDUCE_ROW_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANTLER_CPU_REDUCE_ROW_INL_H_
#undef ANTLER_CPU_REDUCE_ROW_INL_H_
#else
#define ANTLER_CPU_REDUCE_ROW_INL_H_
#endif

#include <algorithm>

#include "antler/backends/cpu/kernels/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {

// The emulated target looks for the extreme of the lanes from the lowest finite number on: lanes of
// nothing but the start are the result themselves.
template <class Combine>
HWY_INLINE bool is_only_start(const Combine& combine, FloatVector v) {
  return HWY_TARGET == HWY_EMU128 && hn::AllTrue(FloatTag(), hn::Eq(v, combine.start()));
}

// What a reduction starts from, does with two vectors, and with the lanes of one: then each lane
// holds the result.
struct SumOf {
  HWY_INLINE FloatVector start() const { return hn::Zero(FloatTag()); }
  HWY_INLINE FloatVector operator()(FloatVector a, FloatVector b) const { return hn::Add(a, b); }
  HWY_INLINE FloatVector lanes(FloatVector v) const { return hn::SumOfLanes(FloatTag(), v); }
};
struct MaximumOf {
  HWY_INLINE FloatVector start() const { return hn::Neg(infinity()); }
  HWY_INLINE FloatVector operator()(FloatVector a, FloatVector b) const { return nan_max(a, b); }
  HWY_INLINE FloatVector lanes(FloatVector v) const {
    if (HWY_UNLIKELY(!hn::AllTrue(FloatTag(), hn::Eq(v, v)))) return not_a_number();
    if (is_only_start(*this, v)) return v;
    return hn::MaxOfLanes(FloatTag(), v);
  }
};
struct MinimumOf {
  HWY_INLINE FloatVector start() const { return infinity(); }
  HWY_INLINE FloatVector operator()(FloatVector a, FloatVector b) const { return nan_min(a, b); }
  HWY_INLINE FloatVector lanes(FloatVector v) const {
    if (HWY_UNLIKELY(!hn::AllTrue(FloatTag(), hn::Eq(v, v)))) return not_a_number();
    if (is_only_start(*this, v)) return v;
    return hn::MinOfLanes(FloatTag(), v);
  }
};

// Over the vectors f(access, i) of the elements [0, n), four side by side.
template <class Combine, class Function>
HWY_INLINE FloatVector combine_row(const Combine& combine, int64_t n, const Function& f) {
  const FloatTag d;
  FloatVector a = combine.start();
  int64_t i = 0;
  if (n >= 4 * kLanes) {
    FloatVector b = a;
    FloatVector c = a;
    FloatVector e = a;
    for (; i + 4 * kLanes <= n; i += 4 * kLanes) {
      a = combine(a, f(WholeVector(), i));
      b = combine(b, f(WholeVector(), i + kLanes));
      c = combine(c, f(WholeVector(), i + 2 * kLanes));
      e = combine(e, f(WholeVector(), i + 3 * kLanes));
    }
    a = combine(combine(a, b), combine(c, e));
  }
  for (; i + kLanes <= n; i += kLanes) a = combine(a, f(WholeVector(), i));
  if (i < n) {
    const auto valid = hn::FirstN(d, static_cast<size_t>(n - i));
    a = hn::IfThenElse(valid, combine(a, f(PartialVector{n - i}, i)), a);
  }
  return a;
}

// The same in each lane of the result.
template <class Combine>
HWY_INLINE FloatVector reduce_row(const Combine& combine, const float* x, int64_t n) {
  return combine.lanes(combine_row(
      combine, n, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA { return access.load(x + i); }));
}

// Longer rows are summed by chunks, whose sums are added in double: their error does not grow.
constexpr int64_t kSumChunk = 4096;

// The sum of the vectors f(access, i) of the elements [0, n), in each lane of the result.
template <class Function>
HWY_INLINE FloatVector sum_row(int64_t n, const Function& f) {
  double total = 0;
  int64_t start = 0;
  const auto chunk = [&](auto access, int64_t i)
                         ANTLER_INLINE_LAMBDA { return f(access, start + i); };
  for (; n - start > kSumChunk; start += kSumChunk) {
    total += hn::GetLane(SumOf().lanes(combine_row(SumOf(), kSumChunk, chunk)));
  }
  const FloatVector rest = SumOf().lanes(combine_row(SumOf(), n - start, chunk));
  if (start == 0) return rest;
  return set(static_cast<float>(total + hn::GetLane(rest)));
}

HWY_INLINE FloatVector sum_row(const float* x, int64_t n) {
  return sum_row(n,
                 [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA { return access.load(x + i); });
}

}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // toggled guard
