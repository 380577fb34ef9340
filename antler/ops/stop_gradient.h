#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

namespace antler::ops {

/// x itself, through which no gradient flows.
///
/// Shapes  any.  Types  any; both are kept.
/// Source  keras.ops.stop_gradient.
struct StopGradient : detail::AnyUnary<StopGradient> {
  static constexpr std::string_view name = "stop_gradient";
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value stop_gradient(const Value& x);

}  // namespace antler::ops
