#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// The elements along an axis in ascending order; NaN counts as the greatest.
///
/// Shapes  any of rank 1 or more, which is kept.  Types  any, which is kept.
/// Errors  ShapeError for an axis out of range.  Source  keras.ops.sort.
struct Sort {
  int axis = -1;
  static constexpr std::string_view name = "sort";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"axis"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The indices that put the elements along an axis in ascending order; equal ones keep theirs.
///
/// Shapes  as Sort.  Types  any -> int32.  Errors  as Sort.  Source  keras.ops.argsort.
struct Argsort {
  int axis = -1;
  static constexpr std::string_view name = "argsort";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"axis"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  /// None: indices do not change with small changes of x.
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The k greatest elements along the last axis, in descending order, and their indices; of equal
/// elements the one with the lower index comes first, NaN counts as the greatest.
///
/// Shapes  (..., n) -> values (..., k), indices (..., k).  Types  any -> the same, int32.
/// Errors  ShapeError for k outside [1, n] and for scalars.  Source  keras.ops.top_k.
struct TopK {
  std::int64_t k = 1;
  static constexpr std::string_view name = "top_k";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"k"};
  std::vector<TensorSpec> infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value sort(const Value& x, int axis = -1);
Value argsort(const Value& x, int axis = -1);

struct TopKResult {
  Value values;
  Value indices;
};
TopKResult top_k(const Value& x, std::int64_t k);

}  // namespace antler::ops
