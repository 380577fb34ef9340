#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/axes.h"

namespace antler::ops {

/// Axes turned over: element i comes from n - 1 - i.
///
/// Shapes  any, which is kept.  Types  any, which is kept.
/// Errors  ShapeError for an axis out of range or given twice.  Source  keras.ops.flip.
struct Reverse {
  std::vector<int> axes = {};  // sorted, in [0, rank)
  static constexpr std::string_view name = "reverse";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"axes"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// All axes by default.
Value flip(const Value& x, const Axes& axis = {});

}  // namespace antler::ops
