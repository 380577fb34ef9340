#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// The matrix product over the last two axes: C = op(A) op(B), op being the identity or (with a
/// flag) the transposition of the last two axes; axes before them broadcast.
///
/// Shapes  (..., m, k), (..., k, n) -> (..., m, n), before transposition.
/// Types   every type but bool; both operands have the same.
/// Errors  ShapeError for a rank below 2, for inner sizes that differ and for leading axes that do
///         not broadcast; TypeError.  Source  keras.ops.matmul.
struct Matmul {
  bool transpose_a = false;
  bool transpose_b = false;
  static constexpr std::string_view name = "matmul";
  static constexpr int arity = 2;
  static constexpr const char* fields[] = {"transpose_a", "transpose_b"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The matrix product under NumPy's rules: a vector on the left is a row, one on the right a
/// column, and its axis is dropped from the result. Operands are promoted to one type, bool counts
/// as int32. A batch times one matrix is a single product: (..., m, k) is seen as (rows, k).
///
/// Shapes  (n,), (n,) -> (); (m, k), (k,) -> (m,); (..., m, k), (..., k, n) -> (..., m, n).
/// Errors  ShapeError for scalars and for sizes that do not fit.  Source  keras.ops.matmul.
Value matmul(const Value& a, const Value& b);

}  // namespace antler::ops
