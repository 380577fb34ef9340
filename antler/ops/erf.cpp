#include "antler/ops/erf.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/exponential.h"

namespace antler::ops {

std::vector<Value> Erf::gradient(const GradientContext& context) const {
  constexpr double kTwoOverSqrtPi = 1.1283791670955126;
  const Value& x = context.input(0);
  return {context.output_gradient(0) * (detail::number_like(x, kTwoOverSqrtPi) * exp(-(x * x)))};
}

Value erf(const Value& x) { return apply(Erf{}, {detail::as_floating(x)}); }

}  // namespace antler::ops
