#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// `x` stretched to a shape by NumPy's rule.
///
/// Shapes  x -> `shape`.  Types  any, which is kept.
/// Errors  ShapeError when x does not broadcast to `shape`.  Source  keras.ops.broadcast_to.
struct BroadcastTo {
  Shape shape;
  static constexpr std::string_view name = "broadcast_to";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"shape"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// `x` itself when it has that shape already.
Value broadcast_to(const Value& x, const Shape& shape);

}  // namespace antler::ops
