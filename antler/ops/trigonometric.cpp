#include "antler/ops/trigonometric.h"

#include "antler/ops/arithmetic.h"

namespace antler::ops {

std::vector<Value> Sin::gradient(const GradientContext& context) const {
  return {context.output_gradient(0) * cos(context.input(0))};
}

std::vector<Value> Cos::gradient(const GradientContext& context) const {
  return {-(context.output_gradient(0) * sin(context.input(0)))};
}

std::vector<Value> Tanh::gradient(const GradientContext& context) const {
  const Value y = context.output(0);
  return {context.output_gradient(0) * (1 - y * y)};
}

Value sin(const Value& x) { return apply(Sin{}, {detail::as_floating(x)}); }
Value cos(const Value& x) { return apply(Cos{}, {detail::as_floating(x)}); }
Value tan(const Value& x) { return sin(x) / cos(x); }
Value tanh(const Value& x) { return apply(Tanh{}, {detail::as_floating(x)}); }

}  // namespace antler::ops
