#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

// Elementwise. The functions take integers and bools as float32.
//
// Shapes  any, which the result keeps.  Types  float32, float64.
// Errors  TypeError when the op itself gets other types.

namespace antler::ops {

/// 1 / (1 + e^-x).  Source  keras.ops.sigmoid.
struct Sigmoid : detail::FloatingUnary<Sigmoid> {
  static constexpr std::string_view name = "sigmoid";
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value sigmoid(const Value& x);

}  // namespace antler::ops
