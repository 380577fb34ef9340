#pragma once

#include <optional>

#include "antler/core/named_only.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// The position of the largest element along an axis: the first one of equals, the first NaN if
/// there is any.
///
/// Shapes  x without the axis, or with 1 in its place.  Types  any -> int32.
/// Errors  ShapeError for an axis out of range or of size 0.  Source  keras.ops.argmax.
struct ArgMax {
  int axis = -1;
  bool keepdims = false;
  static constexpr std::string_view name = "argmax";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"axis", "keepdims"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
};

/// The position of the smallest element; otherwise as ArgMax.  Source  keras.ops.argmin.
struct ArgMin {
  int axis = -1;
  bool keepdims = false;
  static constexpr std::string_view name = "argmin";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"axis", "keepdims"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
};

/// Without an axis the position counts in row-major order over all elements.
struct ArgOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<int> axis = {};
  bool keepdims = false;
};

Value argmax(const Value& x, const ArgOptions& options = {});
Value argmin(const Value& x, const ArgOptions& options = {});

}  // namespace antler::ops
