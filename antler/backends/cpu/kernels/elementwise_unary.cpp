#include "antler/backends/cpu/kernels/elementwise_loops.h"
#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/elementwise_unary.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

HWY_INLINE FloatVector sign(FloatVector x) {
  const FloatVector zero = hn::Zero(FloatTag());
  const auto not_zero = hn::Or(hn::Lt(x, zero), hn::Gt(x, zero));
  return hn::IfThenElse(not_zero, hn::CopySign(set(1.0f), x), x);
}

// The scalar fallback of Highway loses the sign of zero.
HWY_INLINE FloatVector with_sign(FloatVector rounded, FloatVector x) {
  return hn::CopySign(rounded, x);
}

void unary(ElementwiseOp op, const float* a, float* y, int64_t count) {
  const auto loop = [&](auto function) ANTLER_INLINE_LAMBDA {
    for_each_vector(0, count, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
      access.store(function(access.load(a + i)), y + i);
    });
  };
  using V = FloatVector;
  const V one = set(1.0f);
  switch (op) {
    case ElementwiseOp::kNegate:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return hn::Neg(x); });
    case ElementwiseOp::kAbs:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return hn::Abs(x); });
    case ElementwiseOp::kSign:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return sign(x); });
    case ElementwiseOp::kSquare:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return hn::Mul(x, x); });
    case ElementwiseOp::kSqrt:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return hn::Sqrt(x); });
    case ElementwiseOp::kRsqrt:
      return loop([one](V x) ANTLER_INLINE_LAMBDA { return hn::Div(one, hn::Sqrt(x)); });
    case ElementwiseOp::kReciprocal:
      return loop([one](V x) ANTLER_INLINE_LAMBDA { return hn::Div(one, x); });
    case ElementwiseOp::kExp:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return vector_exp(x); });
    case ElementwiseOp::kExpm1:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return vector_expm1(x); });
    case ElementwiseOp::kLog:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return vector_log(x); });
    case ElementwiseOp::kLog1p:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return vector_log1p(x); });
    case ElementwiseOp::kSin:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return vector_sine<false>(x); });
    case ElementwiseOp::kCos:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return vector_sine<true>(x); });
    case ElementwiseOp::kTanh:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return vector_tanh(x); });
    case ElementwiseOp::kSigmoid:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return vector_sigmoid(x); });
    case ElementwiseOp::kRelu:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return relu(x); });
    case ElementwiseOp::kSoftplus:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return vector_softplus(x); });
    case ElementwiseOp::kErf:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return vector_erf(x); });
    case ElementwiseOp::kFloor:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return with_sign(hn::Floor(x), x); });
    case ElementwiseOp::kCeil:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return with_sign(hn::Ceil(x), x); });
    case ElementwiseOp::kRound:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return with_sign(hn::Round(x), x); });
    case ElementwiseOp::kLogicalNot:
      return loop([one](V x) ANTLER_INLINE_LAMBDA {
        return hn::IfThenElseZero(hn::Eq(x, hn::Zero(FloatTag())), one);
      });
    default:
      return loop([](V x) ANTLER_INLINE_LAMBDA { return x; });
  }
}

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(unary);

void elementwise_unary(ElementwiseOp op, const float* a, float* y, int64_t count) noexcept {
  HWY_DYNAMIC_DISPATCH(unary)(op, a, y, count);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
