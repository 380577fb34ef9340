#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// The number of elements along axes, as a scalar: the size of a batch that is not known yet. Reads
/// no data.
///
/// Shapes  x -> ().  Types  any -> `dtype`.
/// Errors  ShapeError for an axis out of range.  Source  keras.ops.size, over chosen axes.
struct SizeOf {
  std::vector<int> axes;  // sorted, in [0, rank)
  DType dtype = DType::float32;
  static constexpr std::string_view name = "size_of";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"axes", "dtype"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;

  /// The number itself, for an input of known shape.
  std::int64_t count(const Shape& shape) const;
};

/// A constant when the sizes are known.
Value size_of(const Value& x, std::vector<int> axes, DType dtype = DType::float32);

}  // namespace antler::ops
