#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// The elements converted to another type (see convert_element: truncation, saturation, `!= 0`).
/// Between floats the gradient is cast back; through integers and bools none flows.
///
/// Shapes  any, which is kept.  Types  any but strings -> `dtype`.
/// Errors  TypeError for strings.  Source  keras.ops.cast.
struct Cast {
  DType dtype = DType::float32;
  static constexpr std::string_view name = "cast";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"dtype"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// `x` itself when it has that type already; a constant number is converted at once.
Value cast(const Value& x, DType dtype);

}  // namespace antler::ops
