#include "antler/ops/matmul.h"

#include <string>

#include "antler/core/error.h"
#include "antler/ops/cast.h"
#include "antler/ops/composite.h"
#include "antler/ops/operands.h"
#include "antler/ops/reshape.h"

namespace antler::ops {
namespace {

Value product(const Value& a, const Value& b, bool transpose_a = false, bool transpose_b = false) {
  return apply(Matmul{transpose_a, transpose_b}, {a, b});
}

// Vectors become matrices, and a batch of rows one long matrix.
Value product_of_any_rank(const Value& a, const Value& b) {
  if (a.rank() == 1) {
    const Value row = reshape(a, {1, a.shape().dim(0)});
    const Value y = product_of_any_rank(row, b);
    return reshape(y, y.shape().erased(b.rank() == 1 ? -1 : y.rank() - 2));
  }
  if (b.rank() == 1) {
    const Value y = product_of_any_rank(a, reshape(b, {b.shape().dim(0), 1}));
    return reshape(y, y.shape().erased(-1));
  }
  if (a.rank() == 2 || b.rank() > 2) return product(a, b);
  const Shape& shape = a.shape();
  const Value rows = reshape(a, {shape.size(0, shape.rank() - 1), shape.back()});
  Shape out = shape;
  out.set(-1, b.shape().back());
  return reshape(product(rows, b), out);
}

void check_operand(const Value& a, const Value& b) {
  if (a.rank() > 0 && b.rank() > 0) return;
  throw ShapeError("matmul: expected operands of rank 1 or more, got " + a.shape().to_string() +
                   " and " + b.shape().to_string() + "; multiply by a scalar with *");
}

}  // namespace

TensorSpec Matmul::infer(std::span<const TensorSpec> inputs) const {
  const Shape& a = inputs[0].shape;
  const Shape& b = inputs[1].shape;
  if (inputs[0].dtype != inputs[1].dtype || inputs[0].dtype == DType::boolean) {
    throw TypeError("matmul: expected operands of one type other than bool, got " +
                    std::string(antler::name(inputs[0].dtype)) + " and " +
                    std::string(antler::name(inputs[1].dtype)) + "; convert with ops::cast");
  }
  if (a.rank() < 2 || b.rank() < 2) {
    throw ShapeError("matmul: expected operands of rank 2 or more, got " + a.to_string() + " and " +
                     b.to_string());
  }
  if (a.dim(transpose_a ? -2 : -1) != b.dim(transpose_b ? -1 : -2)) {
    const auto text = [](const Shape& shape, bool transposed) {
      return shape.to_string() + (transposed ? " transposed" : "");
    };
    throw ShapeError("matmul: expected inner sizes that are equal, got " + text(a, transpose_a) +
                     " and " + text(b, transpose_b));
  }
  const Shape batch =
      broadcast_shapes(name, a.subshape(0, a.rank() - 2), b.subshape(0, b.rank() - 2));
  return {batch.inserted(batch.rank(), a.dim(transpose_a ? -1 : -2))
              .inserted(batch.rank() + 1, b.dim(transpose_b ? -2 : -1)),
          inputs[0].dtype};
}

// The flags say what a transposition would, so that none appears: dA = G B^T, dB = A^T G, and the
// same turned over where an operand was transposed. Reverse mode sums over broadcast batch axes.
std::vector<Value> Matmul::gradient(const GradientContext& context) const {
  const Value& a = context.input(0);
  const Value& b = context.input(1);
  const Value& g = context.output_gradient(0);
  Value da;
  Value db;
  if (context.needs(0)) {
    da = transpose_a ? product(b, g, transpose_b, true) : product(g, b, false, !transpose_b);
  }
  if (context.needs(1)) {
    db = transpose_b ? product(g, a, true, transpose_a) : product(a, g, !transpose_a, false);
  }
  return {da, db};
}

Value matmul(const Value& a, const Value& b) {
  check_operand(a, b);
  auto [x, y] = detail::promote_operands(a, b);
  if (x.dtype() == DType::boolean) {
    x = cast(x, DType::int32);
    y = cast(y, DType::int32);
  }
  if (x.rank() >= 2 && y.rank() >= 2 && (x.rank() == 2 || y.rank() > 2)) return product(x, y);
  return when_shapes_known("matmul", {x, y}, Config::map(), [](std::span<const Value> operands) {
    return product_of_any_rank(operands[0], operands[1]);
  });
}

}  // namespace antler::ops
