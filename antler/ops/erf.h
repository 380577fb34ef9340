#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

// Elementwise. The functions take integers and bools as float32.
//
// Shapes  any, which the result keeps.  Types  float32, float64.
// Errors  TypeError when the op itself gets other types.

namespace antler::ops {

/// The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x.
///
/// Source  keras.ops.erf.
struct Erf : detail::FloatingUnary<Erf> {
  static constexpr std::string_view name = "erf";
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value erf(const Value& x);

}  // namespace antler::ops
