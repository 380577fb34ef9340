#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

namespace antler::ops {

/// 1 / (1 + e^-x).  Types  float32, float64.  Source  keras.ops.sigmoid.
struct Sigmoid : detail::FloatingUnary<Sigmoid> {
  static constexpr std::string_view name = "sigmoid";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// Integers and bools are taken as float32.
Value sigmoid(const Value& x);

}  // namespace antler::ops
