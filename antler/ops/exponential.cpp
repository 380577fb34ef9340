#include "antler/ops/exponential.h"

#include "antler/ops/arithmetic.h"

namespace antler::ops {

std::vector<Value> Exp::gradient(const GradientContext& context) const {
  return {context.output_gradient(0) * context.output(0)};
}

std::vector<Value> Expm1::gradient(const GradientContext& context) const {
  return {context.output_gradient(0) * (context.output(0) + 1)};
}

std::vector<Value> Log::gradient(const GradientContext& context) const {
  return {context.output_gradient(0) / context.input(0)};
}

std::vector<Value> Log1p::gradient(const GradientContext& context) const {
  return {context.output_gradient(0) / (context.input(0) + 1)};
}

Value exp(const Value& x) { return apply(Exp{}, {detail::as_floating(x)}); }
Value expm1(const Value& x) { return apply(Expm1{}, {detail::as_floating(x)}); }
Value log(const Value& x) { return apply(Log{}, {detail::as_floating(x)}); }
Value log1p(const Value& x) { return apply(Log1p{}, {detail::as_floating(x)}); }

}  // namespace antler::ops
