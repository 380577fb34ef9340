#include "antler/ops/rounding.h"

#include "antler/ops/arithmetic.h"

namespace antler::ops {

std::vector<Value> Abs::gradient(const GradientContext& context) const {
  return {context.output_gradient(0) * sign(context.input(0))};
}

std::vector<Value> Sign::gradient(const GradientContext&) const { return {Value()}; }

std::vector<Value> Round::gradient(const GradientContext&) const { return {Value()}; }

std::vector<Value> Floor::gradient(const GradientContext&) const { return {Value()}; }

std::vector<Value> Ceil::gradient(const GradientContext&) const { return {Value()}; }

Value abs(const Value& x) { return apply(Abs{}, {x}); }
Value sign(const Value& x) { return apply(Sign{}, {x}); }
Value round(const Value& x) { return apply(Round{}, {x}); }
Value floor(const Value& x) { return apply(Floor{}, {detail::as_floating(x)}); }
Value ceil(const Value& x) { return apply(Ceil{}, {detail::as_floating(x)}); }

}  // namespace antler::ops
