#pragma once

#include "antler/core/named_only.h"
#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// A last axis with 1 at the class and 0 elsewhere; a class outside [0, classes) gives zeros.
///
/// Shapes  (...) -> (..., classes).  Types  integers -> `dtype`.
/// Errors  TypeError for floats and bools, ValueError for fewer than one class.
/// Source  keras.ops.one_hot, with the axis last.
struct OneHot {
  std::int64_t classes = 0;
  DType dtype = DType::float32;
  static constexpr std::string_view name = "one_hot";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"classes", "dtype"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  /// None flows to integers.
  std::vector<Value> gradient(const GradientContext& context) const;
};

struct OneHotOptions {
  NamedOnly named_only = NamedOnly();
  int axis = -1;  // where the new axis stands in the result
  DType dtype = DType::float32;
};

/// OneHot with the new axis at `axis`.  Errors  also ShapeError for an axis out of range.
/// Source  keras.ops.one_hot.
Value one_hot(const Value& x, std::int64_t num_classes, const OneHotOptions& options = {});

}  // namespace antler::ops
