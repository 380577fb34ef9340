#include "antler/ops/roots.h"

#include "antler/ops/arithmetic.h"

namespace antler::ops {

std::vector<Value> Sqrt::gradient(const GradientContext& context) const {
  return {context.output_gradient(0) * 0.5 / context.output(0)};
}

// -y^3 / 2: products only, where -1 / (2 x sqrt(x)) would divide.
std::vector<Value> Rsqrt::gradient(const GradientContext& context) const {
  const Value y = context.output(0);
  return {context.output_gradient(0) * -0.5 * (y * y * y)};
}

Value sqrt(const Value& x) { return apply(Sqrt{}, {detail::as_floating(x)}); }
Value rsqrt(const Value& x) { return apply(Rsqrt{}, {detail::as_floating(x)}); }

}  // namespace antler::ops
