#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/axes.h"

namespace antler::ops {

/// The sum over axes.
///
/// Shapes  x without the axes, or with 1 in their place.
/// Types   floats and integers keep their type; bool and uint8 count as int32.
/// Errors  ShapeError for an axis out of range or given twice.  Source  keras.ops.sum.
struct Sum {
  std::vector<int> axes;  // sorted, in [0, rank)
  bool keepdims = false;
  static constexpr std::string_view name = "sum";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"axes", "keepdims"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value sum(const Value& x, const ReduceOptions& options = {});

}  // namespace antler::ops
