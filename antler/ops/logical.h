#pragma once

#include "antler/graph/op.h"

// Elementwise on bools, with broadcasting; no gradient flows. The functions take numbers:
// true where they are not 0.
//
// Shapes  any that broadcast.  Types  bool -> bool.
// Errors  ShapeError; TypeError when an op itself gets other types.
namespace antler::ops {
namespace detail {

TensorSpec infer_logical(std::string_view op, std::span<const TensorSpec> inputs);

/// The base of the logical ops: arity and inference.
template <class Derived, int kArity>
struct Logical {
  static constexpr int arity = kArity;
  TensorSpec infer(std::span<const TensorSpec> inputs) const {
    return infer_logical(Derived::name, inputs);
  }
};

}  // namespace detail

/// Source  keras.ops.logical_and.
struct LogicalAnd : detail::Logical<LogicalAnd, 2> {
  static constexpr std::string_view name = "logical_and";
};

/// Source  keras.ops.logical_or.
struct LogicalOr : detail::Logical<LogicalOr, 2> {
  static constexpr std::string_view name = "logical_or";
};

/// Source  keras.ops.logical_not.
struct LogicalNot : detail::Logical<LogicalNot, 1> {
  static constexpr std::string_view name = "logical_not";
};

Value logical_and(const Value& a, const Value& b);
Value logical_or(const Value& a, const Value& b);
Value logical_not(const Value& x);

}  // namespace antler::ops
