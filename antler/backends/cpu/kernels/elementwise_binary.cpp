#include <cmath>

#include "antler/backends/cpu/kernels/elementwise_loops.h"
#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/elementwise_binary.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

using V = FloatVector;

// An operand as a loop reads it: from memory, or the same vector each time.
struct FromMemory {
  const float* data;
  HWY_INLINE V at(int64_t i) const { return hn::LoadU(FloatTag(), data + i); }
  HWY_INLINE V rest(int64_t i, int64_t count) const {
    return load_partial(FloatTag(), data + i, count);
  }
};
struct FromScalar {
  V value;
  HWY_INLINE V at(int64_t) const { return value; }
  HWY_INLINE V rest(int64_t, int64_t) const { return value; }
};

template <class Function, class... Operands>
HWY_INLINE void loop(const Function& function, float* y, int64_t count,
                     const Operands&... operands) {
  int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    hn::StoreU(function(operands.at(i)...), FloatTag(), y + i);
  }
  if (i < count) {
    const V last = function(operands.rest(i, count - i)...);
    store_partial(FloatTag(), last, y + i, count - i);
  }
}

template <class Function>
HWY_INLINE void binary_loop(const Function& function, ElementwiseSource a, ElementwiseSource b,
                            float* y, int64_t count) {
  if (b.scalar) {
    loop(function, y, count, FromMemory{a.data}, FromScalar{set(*b.data)});
  } else if (a.scalar) {
    loop(function, y, count, FromScalar{set(*a.data)}, FromMemory{b.data});
  } else {
    loop(function, y, count, FromMemory{a.data}, FromMemory{b.data});
  }
}

HWY_INLINE V mask(hn::Mask<FloatTag> m) { return hn::IfThenElseZero(m, set(1.0f)); }
HWY_INLINE hn::Mask<FloatTag> truth(V x) { return not_equal(x, hn::Zero(FloatTag())); }

// The C library's: vectorized logarithms would lose digits in proportion to the exponent.
HWY_INLINE float power_of(float x, float exponent) {
  if (exponent == 2.0f) return x * x;
  if (exponent == 3.0f) return x * x * x;
  return std::pow(x, exponent);
}

void power(ElementwiseSource a, ElementwiseSource b, float* y, int64_t count) {
  for (int64_t i = 0; i < count; ++i) {
    y[i] = power_of(a.data[a.scalar ? 0 : i], b.data[b.scalar ? 0 : i]);
  }
}

// At most one of the operands is a scalar.
void binary(ElementwiseOp op, ElementwiseSource a, ElementwiseSource b, float* y, int64_t count) {
  const auto run = [&](auto function)
                       ANTLER_INLINE_LAMBDA { binary_loop(function, a, b, y, count); };
  switch (op) {
    case ElementwiseOp::kAdd:
      return run([](V x, V z) ANTLER_INLINE_LAMBDA { return hn::Add(x, z); });
    case ElementwiseOp::kSubtract:
      return run([](V x, V z) ANTLER_INLINE_LAMBDA { return hn::Sub(x, z); });
    case ElementwiseOp::kMultiply:
      return run([](V x, V z) ANTLER_INLINE_LAMBDA { return hn::Mul(x, z); });
    case ElementwiseOp::kDivide:
      return run([](V x, V z) ANTLER_INLINE_LAMBDA { return hn::Div(x, z); });
    case ElementwiseOp::kMaximum:
      return run([](V x, V z) ANTLER_INLINE_LAMBDA { return nan_max(x, z); });
    case ElementwiseOp::kMinimum:
      return run([](V x, V z) ANTLER_INLINE_LAMBDA { return nan_min(x, z); });
    case ElementwiseOp::kPower:
      return power(a, b, y, count);
    case ElementwiseOp::kEqual:
      return run([](V x, V z) ANTLER_INLINE_LAMBDA { return mask(hn::Eq(x, z)); });
    case ElementwiseOp::kNotEqual:
      return run([](V x, V z) ANTLER_INLINE_LAMBDA { return mask(not_equal(x, z)); });
    case ElementwiseOp::kLess:
      return run([](V x, V z) ANTLER_INLINE_LAMBDA { return mask(hn::Lt(x, z)); });
    case ElementwiseOp::kLessEqual:
      return run([](V x, V z) ANTLER_INLINE_LAMBDA { return mask(hn::Le(x, z)); });
    case ElementwiseOp::kGreater:
      return run([](V x, V z) ANTLER_INLINE_LAMBDA { return mask(hn::Gt(x, z)); });
    case ElementwiseOp::kGreaterEqual:
      return run([](V x, V z) ANTLER_INLINE_LAMBDA { return mask(hn::Ge(x, z)); });
    case ElementwiseOp::kLogicalAnd:
      return run([](V x, V z) ANTLER_INLINE_LAMBDA { return mask(hn::And(truth(x), truth(z))); });
    case ElementwiseOp::kReluGradient:
      return run([](V x, V z) ANTLER_INLINE_LAMBDA {
        return hn::IfThenElseZero(hn::Gt(x, hn::Zero(FloatTag())), z);
      });
    default:
      return run([](V x, V z) ANTLER_INLINE_LAMBDA { return mask(hn::Or(truth(x), truth(z))); });
  }
}

template <class Function>
HWY_INLINE void ternary_loop(const Function& function, ElementwiseSource a, ElementwiseSource b,
                             ElementwiseSource c, float* y, int64_t count) {
  const FromMemory memory_a{a.data};
  const FromMemory memory_b{b.data};
  const FromMemory memory_c{c.data};
  const FromScalar scalar_a{set(*a.data)};
  const FromScalar scalar_b{set(*b.data)};
  const FromScalar scalar_c{set(*c.data)};
  switch ((a.scalar ? 4 : 0) + (b.scalar ? 2 : 0) + (c.scalar ? 1 : 0)) {
    case 0:
      return loop(function, y, count, memory_a, memory_b, memory_c);
    case 1:
      return loop(function, y, count, memory_a, memory_b, scalar_c);
    case 2:
      return loop(function, y, count, memory_a, scalar_b, memory_c);
    case 3:
      return loop(function, y, count, memory_a, scalar_b, scalar_c);
    case 4:
      return loop(function, y, count, scalar_a, memory_b, memory_c);
    case 5:
      return loop(function, y, count, scalar_a, memory_b, scalar_c);
    default:
      return loop(function, y, count, scalar_a, scalar_b, memory_c);
  }
}

// At most two of the operands are scalars.
void ternary(ElementwiseOp op, ElementwiseSource a, ElementwiseSource b, ElementwiseSource c,
             float* y, int64_t count) {
  if (op == ElementwiseOp::kSelect) {
    ternary_loop([](V x, V z, V w) ANTLER_INLINE_LAMBDA { return hn::IfThenElse(truth(x), z, w); },
                 a, b, c, y, count);
  } else {
    ternary_loop([](V x, V z, V w) ANTLER_INLINE_LAMBDA { return hn::MulAdd(x, z, w); }, a, b, c, y,
                 count);
  }
}

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(binary);
HWY_EXPORT(ternary);

void elementwise_binary(ElementwiseOp op, ElementwiseSource a, ElementwiseSource b, float* y,
                        int64_t count) noexcept {
  if (a.scalar && b.scalar) {
    float value = 0;
    elementwise_binary(op, {a.data, false}, {b.data, false}, &value, 1);
    for (int64_t i = 0; i < count; ++i) y[i] = value;
    return;
  }
  HWY_DYNAMIC_DISPATCH(binary)(op, a, b, y, count);
}

void elementwise_ternary(ElementwiseOp op, ElementwiseSource a, ElementwiseSource b,
                         ElementwiseSource c, float* y, int64_t count) noexcept {
  if (a.scalar && b.scalar && c.scalar) {
    float value = 0;
    elementwise_ternary(op, {a.data, false}, {b.data, false}, {c.data, false}, &value, 1);
    for (int64_t i = 0; i < count; ++i) y[i] = value;
    return;
  }
  HWY_DYNAMIC_DISPATCH(ternary)(op, a, b, c, y, count);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
