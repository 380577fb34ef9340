#include "antler/ops/division.h"

#include "antler/ops/arithmetic.h"

namespace antler::ops {

std::vector<Value> FloorDivide::gradient(const GradientContext&) const {
  return {Value(), Value()};
}

std::vector<Value> Mod::gradient(const GradientContext& context) const {
  const Value& g = context.output_gradient(0);
  return {g, context.needs(1) ? -(g * floor_divide(context.input(0), context.input(1))) : Value()};
}

Value floor_divide(const Value& a, const Value& b) {
  auto [x, y] = detail::promote_operands(a, b);
  return apply(FloorDivide{}, {x, y});
}

Value mod(const Value& a, const Value& b) {
  auto [x, y] = detail::promote_operands(a, b);
  return apply(Mod{}, {x, y});
}

}  // namespace antler::ops
