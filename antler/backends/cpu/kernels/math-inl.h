// Vectorized exp, log, tanh, ... of float32: relative error below 5e-7, with the special values of
// the C library (NaN, infinities, signed zeros, denormals).
//
// Polynomials: minimax fits (Remez) on the reduced ranges named beside them. Without fused
// multiply-add (SSE4) the reductions stay exact because their constants have few significant bits.
// Compiled once per instruction set: the guard toggles, as Highway's own do.
#if defined(ANTLER_CPU_MATH_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANTLER_CPU_MATH_INL_H_
#undef ANTLER_CPU_MATH_INL_H_
#else
#define ANTLER_CPU_MATH_INL_H_
#endif

#include <cmath>
#include <limits>

#include "antler/backends/cpu/kernels/partial_vector-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {

using IntTag = hn::RebindToSigned<FloatTag>;
using IntVector = hn::Vec<IntTag>;

HWY_INLINE FloatVector set(float x) { return hn::Set(FloatTag(), x); }

HWY_INLINE FloatVector infinity() { return set(std::numeric_limits<float>::infinity()); }

HWY_INLINE FloatVector not_a_number() { return set(std::numeric_limits<float>::quiet_NaN()); }

// True also where one side is NaN, which Highway leaves to the instruction set.
HWY_INLINE hn::Mask<FloatTag> not_equal(FloatVector a, FloatVector b) {
  return hn::Not(hn::Eq(a, b));
}

// `value`, or NaN where x is NaN: the operations that made `value` may have lost it.
HWY_INLINE FloatVector keep_nan(FloatVector x, FloatVector value) {
  return hn::IfThenElse(hn::Eq(x, x), value, x);
}

// Negative lanes are 0; NaN and -0 stay.
HWY_INLINE FloatVector relu(FloatVector x) {
  const FloatVector zero = hn::Zero(FloatTag());
  return hn::IfThenZeroElse(hn::Lt(x, zero), x);
}

// Unlike the machine's own, these give NaN when either side is NaN.
HWY_INLINE FloatVector nan_max(FloatVector a, FloatVector b) {
  return hn::IfThenElse(hn::Or(hn::Gt(a, b), not_equal(a, a)), a, b);
}
HWY_INLINE FloatVector nan_min(FloatVector a, FloatVector b) {
  return hn::IfThenElse(hn::Or(hn::Lt(a, b), not_equal(a, a)), a, b);
}

// 2^n for n in [-126, 127], given as a float.
HWY_INLINE FloatVector power_of_two(IntVector n) {
  const IntTag di;
  return hn::BitCast(FloatTag(), hn::ShiftLeft<23>(hn::Add(n, hn::Set(di, 127))));
}

// The nearest integer to x c, as an integer and as a float; |x c| < 2^22. The sum with 3/2 2^23 has
// no room for a fraction: this costs less than the machine's rounding and Highway's safe
// conversion.
HWY_INLINE FloatVector nearest_integer(FloatVector x, float c, IntVector& n) {
  const IntTag di;
  const FloatVector shift = set(12582912.0f);
  const FloatVector shifted = hn::MulAdd(x, set(c), shift);
  n = hn::Sub(hn::BitCast(di, shifted), hn::BitCast(di, shift));
  return hn::Sub(shifted, shift);
}

// x = n ln 2 + r with |r| <= ln(2) / 2; returns e^r - 1 and gives n. |x| < 2^13 ln 2.
HWY_INLINE FloatVector reduced_expm1(FloatVector x, IntVector& n) {
  const FloatVector quotient = nearest_integer(x, 1.44269504f, n);
  FloatVector r = hn::NegMulAdd(quotient, set(0.6923828125f), x);
  r = hn::NegMulAdd(quotient, set(0.000764368060f), r);
  FloatVector p = hn::MulAdd(set(0.00139505335f), r, set(0.00836888235f));
  p = hn::MulAdd(p, r, set(0.041666206f));
  p = hn::MulAdd(p, r, set(0.166665196f));
  p = hn::MulAdd(p, r, set(0.5f));
  return hn::MulAdd(hn::Mul(r, r), p, r);
}

// e^x for x in [-104.5, 89]: no NaN, no infinity.
HWY_INLINE FloatVector bounded_exp(FloatVector x) {
  IntVector n;
  const FloatVector y = hn::Add(reduced_expm1(x, n), set(1.0f));
  // Two factors: 2^n alone is no float for results that are denormal or above 2^127.
  const IntVector half = hn::ShiftRight<1>(n);
  return hn::Mul(hn::Mul(y, power_of_two(half)), power_of_two(hn::Sub(n, half)));
}

HWY_INLINE FloatVector vector_exp(FloatVector x) {
  return keep_nan(x, bounded_exp(hn::Min(hn::Max(x, set(-104.5f)), set(89.0f))));
}

// e^x - 1 for x in [-25, 89]: no NaN.
HWY_INLINE FloatVector bounded_expm1(FloatVector x) {
  IntVector n;
  const FloatVector y = reduced_expm1(x, n);
  // 2 (2^(n-1) y + (2^(n-1) - 1/2)): exact for n = 0, and n = 128 does not overflow early.
  const FloatVector half_scale = power_of_two(hn::Sub(n, hn::Set(IntTag(), 1)));
  const FloatVector half = hn::MulAdd(half_scale, y, hn::Sub(half_scale, set(0.5f)));
  return hn::Add(half, half);
}

HWY_INLINE FloatVector vector_expm1(FloatVector x) {
  const FloatVector y = bounded_expm1(hn::Min(hn::Max(x, set(-25.0f)), set(89.0f)));
  return keep_nan(x, hn::IfThenElse(hn::Eq(x, hn::Zero(FloatTag())), x, y));
}

// log(x) + e ln 2 for positive, finite and normal x.
HWY_INLINE FloatVector normal_log(FloatVector x, FloatVector e) {
  const FloatTag d;
  const IntTag di;
  // x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2))
  const IntVector bits = hn::BitCast(di, x);
  const IntVector exponent = hn::ShiftRight<23>(hn::Sub(bits, hn::Set(di, 0x3F3504F3)));
  const FloatVector mantissa = hn::BitCast(d, hn::Sub(bits, hn::ShiftLeft<23>(exponent)));
  const FloatVector f = hn::Sub(mantissa, set(1.0f));
  e = hn::Add(hn::ConvertTo(d, exponent), e);
  FloatVector p = hn::MulAdd(set(0.0691558644f), f, set(-0.11789839f));
  p = hn::MulAdd(p, f, set(0.118728951f));
  p = hn::MulAdd(p, f, set(-0.123843387f));
  p = hn::MulAdd(p, f, set(0.142186686f));
  p = hn::MulAdd(p, f, set(-0.16669251f));
  p = hn::MulAdd(p, f, set(0.200022265f));
  p = hn::MulAdd(p, f, set(-0.249999866f));
  p = hn::MulAdd(p, f, set(0.333333105f));
  const FloatVector square = hn::Mul(f, f);
  FloatVector low = hn::Mul(hn::Mul(f, square), p);
  low = hn::MulAdd(e, set(0.000764368060f), low);
  low = hn::NegMulAdd(set(0.5f), square, low);
  return hn::MulAdd(e, set(0.6923828125f), hn::Add(f, low));
}

HWY_INLINE FloatVector vector_log(FloatVector x) {
  const FloatVector zero = hn::Zero(FloatTag());
  const auto denormal = hn::Lt(x, set(std::numeric_limits<float>::min()));
  const FloatVector normal = hn::IfThenElse(denormal, hn::Mul(x, set(8388608.0f)), x);
  FloatVector y = normal_log(normal, hn::IfThenElseZero(denormal, set(-23.0f)));
  y = hn::IfThenElse(hn::Lt(x, infinity()), y, x);  // also NaN
  y = hn::IfThenElse(hn::Lt(x, zero), not_a_number(), y);
  return hn::IfThenElse(hn::Eq(x, zero), hn::Neg(infinity()), y);
}

HWY_INLINE FloatVector vector_log1p(FloatVector x) {
  const FloatVector one = set(1.0f);
  const FloatVector zero = hn::Zero(FloatTag());
  const FloatVector u = hn::Add(one, x);
  // What the sum lost, exactly (Knuth), repairs the logarithm to first order.
  const FloatVector t = hn::Sub(u, one);
  const FloatVector lost = hn::Add(hn::Sub(one, hn::Sub(u, t)), hn::Sub(x, t));
  FloatVector y = hn::Add(normal_log(u, zero), hn::Div(lost, u));
  y = hn::IfThenElse(hn::Lt(x, infinity()), y, x);  // also NaN
  y = hn::IfThenElse(hn::Lt(u, zero), not_a_number(), y);
  y = hn::IfThenElse(hn::Eq(u, zero), hn::Neg(infinity()), y);
  return hn::IfThenElse(hn::Eq(x, zero), x, y);
}

// log(1 + x) for x in [0, 1]
HWY_INLINE FloatVector unit_log1p(FloatVector x) {
  const FloatVector one = set(1.0f);
  const FloatVector u = hn::Add(one, x);
  const FloatVector lost = hn::Sub(x, hn::Sub(u, one));
  // 1 - x / 2 is near enough to 1 / u: where it is not, `lost` is small beside the result.
  const FloatVector inverse = hn::NegMulAdd(set(0.5f), x, one);
  return hn::MulAdd(lost, inverse, normal_log(u, hn::Zero(FloatTag())));
}

// log(1 + e^-|x|), for any x but NaN
HWY_INLINE FloatVector softplus_of_minus_magnitude(FloatVector x) {
  return unit_log1p(bounded_exp(hn::Max(hn::Neg(hn::Abs(x)), set(-104.5f))));
}

HWY_INLINE FloatVector vector_tanh(FloatVector x) {
  // Above 9.02 the nearest float is 1.
  const FloatVector magnitude = hn::Min(hn::Abs(x), set(9.5f));
  const FloatVector y = bounded_expm1(hn::Add(magnitude, magnitude));
  return keep_nan(x, hn::CopySign(hn::Div(y, hn::Add(y, set(2.0f))), x));
}

HWY_INLINE FloatVector vector_sigmoid(FloatVector x) {
  // From e^-|x|: neither side overflows, and small results keep their digits.
  const FloatVector e = bounded_exp(hn::Max(hn::Neg(hn::Abs(x)), set(-104.5f)));
  const FloatVector one = set(1.0f);
  const FloatVector top = hn::IfThenElse(hn::Lt(x, hn::Zero(FloatTag())), e, one);
  return keep_nan(x, hn::Div(top, hn::Add(one, e)));
}

// log(1 + e^x)
HWY_INLINE FloatVector vector_softplus(FloatVector x) {
  return keep_nan(x, hn::Add(relu(x), softplus_of_minus_magnitude(x)));
}

HWY_INLINE FloatVector vector_erf(FloatVector x) {
  const FloatVector s = hn::Mul(x, x);
  // |x| <= 1: x + x q(x^2)
  FloatVector q = hn::MulAdd(set(7.889072e-05f), s, set(-0.00080208265f));
  q = hn::MulAdd(q, s, set(0.00518953335f));
  q = hn::MulAdd(q, s, set(-0.0268544443f));
  q = hn::MulAdd(q, s, set(0.112836003f));
  q = hn::MulAdd(q, s, set(-0.37612626f));
  q = hn::MulAdd(q, s, set(0.128379166f));
  const FloatVector small = hn::MulAdd(q, x, x);
  // 1 < |x| < 4: 1 - e^p(|x|), where p fits the logarithm of erfc
  const FloatVector t = hn::Min(hn::Abs(x), set(4.0f));
  FloatVector p = hn::MulAdd(set(0.000185570651f), t, set(-0.00293957489f));
  p = hn::MulAdd(p, t, set(0.0218051914f));
  p = hn::MulAdd(p, t, set(-0.103037104f));
  p = hn::MulAdd(p, t, set(-0.638225973f));
  p = hn::MulAdd(p, t, set(-1.12703991f));
  p = hn::MulAdd(p, t, set(-0.000353760872f));
  const FloatVector large = hn::CopySign(hn::Sub(set(1.0f), bounded_exp(p)), x);
  return keep_nan(x, hn::IfThenElse(hn::Le(s, set(1.0f)), small, large));
}

// sin(x), or cos(x) = sin(x + pi/2).
template <bool kCosine>
HWY_INLINE FloatVector vector_sine(FloatVector x) {
  const FloatTag d;
  const IntTag di;
  // pi/2 in four parts: with up to 13 bits of quotient each product is exact.
  constexpr float kLargest = 10000.0f;
  const auto large = hn::Not(hn::Le(hn::Abs(x), set(kLargest)));
  const FloatVector bounded = hn::IfThenZeroElse(large, x);
  IntVector quadrant;
  const FloatVector quotient = nearest_integer(bounded, 0.636619772f, quadrant);
  FloatVector r = hn::NegMulAdd(quotient, set(1.5703125f), bounded);
  r = hn::NegMulAdd(quotient, set(0x1.fb4p-12f), r);
  r = hn::NegMulAdd(quotient, set(0x1.444p-24f), r);
  r = hn::NegMulAdd(quotient, set(0x1.68c234p-39f), r);
  const FloatVector s = hn::Mul(r, r);
  FloatVector p = hn::MulAdd(set(-0.000195166562f), s, set(0.00833217334f));
  p = hn::MulAdd(p, s, set(-0.166666552f));
  const FloatVector sine = hn::Mul(r, hn::MulAdd(p, s, set(1.0f)));
  FloatVector c = hn::MulAdd(set(2.44377297e-05f), s, set(-0.00138873619f));
  c = hn::MulAdd(c, s, set(0.0416666456f));
  const FloatVector cosine = hn::MulAdd(hn::Mul(s, s), c, hn::NegMulAdd(set(0.5f), s, set(1.0f)));
  if constexpr (kCosine) quadrant = hn::Add(quadrant, hn::Set(di, 1));
  const auto odd = hn::MaskFromVec(hn::BitCast(d, hn::Neg(hn::And(quadrant, hn::Set(di, 1)))));
  const FloatVector sign = hn::BitCast(d, hn::ShiftLeft<30>(hn::And(quadrant, hn::Set(di, 2))));
  FloatVector y = hn::Xor(hn::IfThenElse(odd, cosine, sine), sign);
  if (HWY_UNLIKELY(!hn::AllFalse(d, large))) {
    HWY_ALIGN float from[kLanes];
    HWY_ALIGN float to[kLanes];
    hn::Store(x, d, from);
    for (int64_t i = 0; i < kLanes; ++i) to[i] = kCosine ? std::cos(from[i]) : std::sin(from[i]);
    y = hn::IfThenElse(large, hn::Load(d, to), y);
  }
  if constexpr (!kCosine) y = hn::IfThenElse(hn::Eq(x, hn::Zero(d)), x, y);  // -0
  return y;
}

}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // toggled guard
