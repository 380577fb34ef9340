#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// The same elements in row-major order under another shape; one axis may be None, it follows from
/// the rest. Costs nothing at run time.
///
/// Shapes  x -> `shape`.  Types  any, which is kept.
/// Errors  ShapeError when the element counts differ, or for a second None.
/// Source  keras.ops.reshape.
struct Reshape {
  Shape shape;
  static constexpr std::string_view name = "reshape";
  static constexpr int arity = 1;
  static constexpr bool is_view = true;
  static constexpr const char* fields[] = {"shape"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// `x` itself when it has that shape already.
Value reshape(const Value& x, const Shape& shape);

}  // namespace antler::ops
