#pragma once

#include <span>
#include <string_view>
#include <utility>

#include "antler/graph/tensor_spec.h"
#include "antler/graph/value.h"

namespace antler::ops::detail {

/// Both operands under one element type: a weak number takes the other's (a weak real with an
/// integer gives float32), else the wider type wins (see promote).
std::pair<Value, Value> promote_operands(const Value& a, const Value& b);
/// `x`, or `x` cast to float32 when it is an integer or bool: what Keras does before exp, mean, ...
Value as_floating(const Value& x);
/// `x`, or `x` cast to int32 when it is bool or uint8: what sums and products are made in.
Value as_summable(const Value& x);
/// `number` in the element type of `x`, not rounded to float32 on the way.
Value number_like(const Value& x, double number);

/// Rules shared by elementwise ops; errors open with the op's name.
TensorSpec infer_unary(std::string_view op, std::span<const TensorSpec> inputs);
TensorSpec infer_floating_unary(std::string_view op, std::span<const TensorSpec> inputs);
/// Operands of one type, shapes that broadcast.
TensorSpec infer_binary(std::string_view op, std::span<const TensorSpec> inputs);
TensorSpec infer_comparison(std::string_view op, std::span<const TensorSpec> inputs);
/// A float operand, a bool result.
TensorSpec infer_predicate(std::string_view op, std::span<const TensorSpec> inputs);

/// The base of unary ops on floats: arity and inference.
template <class Derived>
struct FloatingUnary {
  static constexpr int arity = 1;
  TensorSpec infer(std::span<const TensorSpec> inputs) const {
    return infer_floating_unary(Derived::name, inputs);
  }
};
/// The base of unary ops on any type that keep it.
template <class Derived>
struct AnyUnary {
  static constexpr int arity = 1;
  TensorSpec infer(std::span<const TensorSpec> inputs) const {
    return infer_unary(Derived::name, inputs);
  }
};
/// The base of binary ops that broadcast and keep the type.
template <class Derived>
struct Binary {
  static constexpr int arity = 2;
  TensorSpec infer(std::span<const TensorSpec> inputs) const {
    return infer_binary(Derived::name, inputs);
  }
};
/// The base of comparisons: as Binary, with a bool result.
template <class Derived>
struct Comparison {
  static constexpr int arity = 2;
  TensorSpec infer(std::span<const TensorSpec> inputs) const {
    return infer_comparison(Derived::name, inputs);
  }
};

/// The base of unary tests of floats, with a bool result.
template <class Derived>
struct Predicate {
  static constexpr int arity = 1;
  TensorSpec infer(std::span<const TensorSpec> inputs) const {
    return infer_predicate(Derived::name, inputs);
  }
};

}  // namespace antler::ops::detail
