#include "antler/backends/cpu/kernels/convert.h"

#include <limits>

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/convert.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

void bytes_to_floats(const uint8_t* x, float* y, int64_t begin, int64_t end) {
  const hn::ScalableTag<float> d;
  const hn::RebindToSigned<decltype(d)> di;
  const hn::Rebind<uint8_t, decltype(d)> d8;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  int64_t i = begin;
  for (; i + lanes <= end; i += lanes) {
    hn::StoreU(hn::ConvertTo(d, hn::PromoteTo(di, hn::LoadU(d8, x + i))), d, y + i);
  }
  for (; i < end; ++i) y[i] = x[i];
}

void ints_to_floats(const int32_t* x, float* y, int64_t begin, int64_t end) {
  const hn::ScalableTag<float> d;
  const hn::RebindToSigned<decltype(d)> di;
  const auto lanes = static_cast<int64_t>(hn::Lanes(d));
  int64_t i = begin;
  for (; i + lanes <= end; i += lanes) {
    hn::StoreU(hn::ConvertTo(d, hn::LoadU(di, x + i)), d, y + i);
  }
  for (; i < end; ++i) y[i] = static_cast<float>(x[i]);
}

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {
namespace {

// A plain cast of what does not fit has no meaning in C++.
template <class Integer>
Integer truncate(float x) {
  using Limits = std::numeric_limits<Integer>;
  // As floats: the highest is rounded up to a power of two, or exact.
  constexpr float kLowest = static_cast<float>(Limits::lowest());
  constexpr float kHighest = static_cast<float>(Limits::max());
  if (x >= kHighest) return Limits::max();
  if (x >= kLowest) return static_cast<Integer>(x);
  return x < kLowest ? Limits::lowest() : Integer{0};
}

template <class Integer>
void truncate_all(const float* x, Integer* y, int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end; ++i) y[i] = truncate<Integer>(x[i]);
}

}  // namespace

HWY_EXPORT(bytes_to_floats);
HWY_EXPORT(ints_to_floats);

void convert(const uint8_t* x, float* y, int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(bytes_to_floats)(x, y, begin, end);
}

void convert(const bool* x, float* y, int64_t begin, int64_t end) noexcept {
  static_assert(sizeof(bool) == 1);
  HWY_DYNAMIC_DISPATCH(bytes_to_floats)(reinterpret_cast<const uint8_t*>(x), y, begin, end);
}

void convert(const int32_t* x, float* y, int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(ints_to_floats)(x, y, begin, end);
}

void convert(const int64_t* x, float* y, int64_t begin, int64_t end) noexcept {
  for (int64_t i = begin; i < end; ++i) y[i] = static_cast<float>(x[i]);
}

void convert(const float* x, uint8_t* y, int64_t begin, int64_t end) noexcept {
  truncate_all(x, y, begin, end);
}

void convert(const float* x, bool* y, int64_t begin, int64_t end) noexcept {
  for (int64_t i = begin; i < end; ++i) y[i] = x[i] != 0.0f;
}

void convert(const float* x, int32_t* y, int64_t begin, int64_t end) noexcept {
  truncate_all(x, y, begin, end);
}

void convert(const float* x, int64_t* y, int64_t begin, int64_t end) noexcept {
  truncate_all(x, y, begin, end);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
