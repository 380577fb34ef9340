#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

namespace antler::ops {

/// max(x, 0), elementwise; NaN stays, the derivative at 0 is 0.
///
/// Shapes  any, which is kept.  Types  any, kept; the function takes bool as int32.
/// Source  keras.ops.relu.
struct Relu : detail::AnyUnary<Relu> {
  static constexpr std::string_view name = "relu";
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value relu(const Value& x);

}  // namespace antler::ops
