#include "antler/ops/arithmetic.h"

namespace antler::ops {
namespace {

template <class Op>
Value binary(const Value& a, const Value& b) {
  auto [x, y] = detail::promote_operands(a, b);
  return apply(Op{}, {x, y});
}

}  // namespace

std::vector<Value> Add::gradient(const GradientContext& context) const {
  const Value& g = context.output_gradient(0);
  return {g, g};
}

std::vector<Value> Subtract::gradient(const GradientContext& context) const {
  const Value& g = context.output_gradient(0);
  return {g, context.needs(1) ? -g : Value()};
}

std::vector<Value> Multiply::gradient(const GradientContext& context) const {
  const Value& g = context.output_gradient(0);
  return {context.needs(0) ? g * context.input(1) : Value(),
          context.needs(1) ? g * context.input(0) : Value()};
}

std::vector<Value> Divide::gradient(const GradientContext& context) const {
  const Value& g = context.output_gradient(0);
  const Value& b = context.input(1);
  return {context.needs(0) ? g / b : Value(),
          context.needs(1) ? -(g * context.output(0)) / b : Value()};
}

std::vector<Value> Negative::gradient(const GradientContext& context) const {
  return {-context.output_gradient(0)};
}

Value add(const Value& a, const Value& b) { return binary<Add>(a, b); }
Value subtract(const Value& a, const Value& b) { return binary<Subtract>(a, b); }
Value multiply(const Value& a, const Value& b) { return binary<Multiply>(a, b); }

Value divide(const Value& a, const Value& b) {
  auto [x, y] = detail::promote_operands(a, b);
  return apply(Divide{}, {detail::as_floating(x), detail::as_floating(y)});
}

Value negative(const Value& x) { return apply(Negative{}, {x}); }

}  // namespace antler::ops
