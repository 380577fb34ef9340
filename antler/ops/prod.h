#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/axes.h"

namespace antler::ops {

/// The product over axes; 1 of no elements. Its gradient is right where elements are 0.
///
/// Shapes  x without the axes, or with 1 in their place.
/// Types   floats and integers keep their type; bool and uint8 count as int32.
/// Errors  ShapeError for an axis out of range.  Source  keras.ops.prod.
struct Prod {
  std::vector<int> axes;  // sorted, in [0, rank)
  bool keepdims = false;
  static constexpr std::string_view name = "prod";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"axes", "keepdims"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value prod(const Value& x, const ReduceOptions& options = {});

}  // namespace antler::ops
