#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// a where `condition` holds, else b, with broadcasting of all three.
///
/// Shapes  any three that broadcast.
/// Types   condition bool; a and b of one type, which the result keeps.
/// Errors  TypeError; ShapeError for shapes that do not broadcast.  Source  keras.ops.where.
struct Where {
  static constexpr std::string_view name = "where";
  static constexpr int arity = 3;
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// `condition` is cast to bool, a and b to their common type.
Value where(const Value& condition, const Value& a, const Value& b);

}  // namespace antler::ops
