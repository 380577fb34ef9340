#pragma once

#include <optional>

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// The running sum along an axis: y_i = x_0 + ... + x_i, or from the end, x_i + ... + x_(n-1).
///
/// Shapes  any of rank 1 or more, which is kept.  Types  floats and integers, kept.
/// Errors  ShapeError for an axis out of range.  Source  keras.ops.cumsum.
struct Cumsum {
  int axis = -1;
  bool reverse = false;
  static constexpr std::string_view name = "cumsum";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"axis", "reverse"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// Without an axis, over all elements in row-major order. bool and uint8 count as int32.
Value cumsum(const Value& x, std::optional<int> axis = {});

}  // namespace antler::ops
