// Loads and stores of the first lanes of a vector, for the ragged end of a row. They touch no
// memory beyond those lanes, on every instruction set.
//
// Compiled once per instruction set: the guard toggles, as Highway's own do.
#if defined(ANTLER_PARTIAL_VECTOR_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANTLER_PARTIAL_VECTOR_INL_H_
#undef ANTLER_PARTIAL_VECTOR_INL_H_
#else
#define ANTLER_PARTIAL_VECTOR_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

#include "antler/backends/cpu/kernels/simd_targets.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// The widest vector of floats here.
using FloatTag = hn::ScalableTag<float>;
using FloatVector = hn::Vec<FloatTag>;
constexpr int64_t kLanes = static_cast<int64_t>(hn::MaxLanes(FloatTag()));

// Lanes [0, count) from p, the others zero; 0 <= count < lanes.
template <class D>
HWY_INLINE hn::Vec<D> load_partial(D d, const float* p, int64_t count) {
#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3
  return hn::MaskedLoad(hn::FirstN(d, static_cast<size_t>(count)), d, p);
#else
  HWY_ALIGN float lanes[hn::MaxLanes(d)] = {};
  for (int64_t i = 0; i < count; ++i) lanes[i] = p[i];
  return hn::Load(d, lanes);
#endif
}

// Lanes [0, count) to p; 0 <= count < lanes.
//
// Halves rather than a masked store: that one takes a dozen cycles on AMD's AVX2 and, on SSE4 and
// NEON, writes back the lanes it should leave alone.
template <class D>
HWY_INLINE void store_partial([[maybe_unused]] D d, [[maybe_unused]] hn::Vec<D> v,
                              [[maybe_unused]] float* p, [[maybe_unused]] int64_t count) {
#if HWY_TARGET == HWY_AVX3
  if constexpr (hn::MaxLanes(D()) > 4) {
    hn::BlendedStore(v, hn::FirstN(d, static_cast<size_t>(count)), d, p);
    return;
  }
#endif
#if HWY_TARGET != HWY_SCALAR  // whose vectors of one lane are never partial
  if constexpr (hn::MaxLanes(D()) > 1) {
    constexpr int64_t kHalf = static_cast<int64_t>(hn::MaxLanes(D()) / 2);
    const hn::Half<D> half;
    if (count & kHalf) {
      hn::StoreU(hn::LowerHalf(half, v), half, p);
      store_partial(half, hn::UpperHalf(half, v), p + kHalf, count - kHalf);
    } else {
      store_partial(half, hn::LowerHalf(half, v), p, count);
    }
  }
#endif
}

// How a loop body reads and writes a vector: all of it, or its first `count` lanes.
struct WholeVector {
  HWY_INLINE FloatVector load(const float* p) const { return hn::LoadU(FloatTag(), p); }
  HWY_INLINE void store(FloatVector v, float* p) const { hn::StoreU(v, FloatTag(), p); }
};
struct PartialVector {
  int64_t count;
  HWY_INLINE FloatVector load(const float* p) const { return load_partial(FloatTag(), p, count); }
  HWY_INLINE void store(FloatVector v, float* p) const { store_partial(FloatTag(), v, p, count); }
};

// Calls body(access, i) for each vector of the elements [begin, end).
template <class Body>
HWY_INLINE void for_each_vector(int64_t begin, int64_t end, const Body& body) {
  int64_t i = begin;
  for (; i + kLanes <= end; i += kLanes) body(WholeVector(), i);
  if (i < end) body(PartialVector{end - i}, i);
}

}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // toggled guard
