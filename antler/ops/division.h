#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

// Elementwise with broadcasting.
//
// Shapes  any two that broadcast.  Types  any, brought to one as in arithmetic.h.
// Errors  ShapeError; TypeError when an op itself gets operands of two types.

namespace antler::ops {

/// The largest integer not above a / b; integers divided by 0 give -1, as on JAX. The derivative is
/// 0.
///
/// Source  keras.ops.floor_divide.
struct FloorDivide : detail::Binary<FloorDivide> {
  static constexpr std::string_view name = "floor_divide";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// a - b floor(a / b): the remainder with the sign of b; an integer modulo 0 is itself.
///
/// Source  keras.ops.mod.
struct Mod : detail::Binary<Mod> {
  static constexpr std::string_view name = "mod";
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value floor_divide(const Value& a, const Value& b);
Value mod(const Value& a, const Value& b);

}  // namespace antler::ops
