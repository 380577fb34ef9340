#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

namespace antler::ops {

/// log(1 + e^x), without overflow.  Types  float32, float64.  Source  keras.ops.softplus.
struct Softplus : detail::FloatingUnary<Softplus> {
  static constexpr std::string_view name = "softplus";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// Integers and bools are taken as float32.
Value softplus(const Value& x);

}  // namespace antler::ops
