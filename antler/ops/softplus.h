#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

// Elementwise. The functions take integers and bools as float32.
//
// Shapes  any, which the result keeps.  Types  float32, float64.
// Errors  TypeError when the op itself gets other types.

namespace antler::ops {

/// log(1 + e^x), without overflow.  Source  keras.ops.softplus.
struct Softplus : detail::FloatingUnary<Softplus> {
  static constexpr std::string_view name = "softplus";
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value softplus(const Value& x);

}  // namespace antler::ops
