#include "antler/compiler/passes/fuse_matmul.h"

#include <optional>

#include "antler/backends/fused_ops.h"
#include "antler/compiler/passes/readers.h"
#include "antler/graph/node.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/matmul.h"
#include "antler/ops/relu.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/trigonometric.h"

namespace antler::passes {
namespace {

bool is_float_matrix(const Value& value) {
  return value.dtype() == DType::float32 && value.rank() == 2;
}

std::optional<cpu::Activation> activation_of(const Node& node) {
  if (node.op_as<ops::Relu>() != nullptr) return cpu::Activation::kRelu;
  if (node.op_as<ops::Sigmoid>() != nullptr) return cpu::Activation::kSigmoid;
  if (node.op_as<ops::Tanh>() != nullptr) return cpu::Activation::kTanh;
  return std::nullopt;
}

// x + bias where bias is a vector along the columns of x: the fused product behind x with the bias
// in it, or null.
Value with_bias(const Value& product, const Value& bias) {
  const auto* fused = product.node().op_as<FusedMatmul>();
  if (fused == nullptr || fused->has_bias ||
      fused->activation != cpu::Activation::kLinear ||
      bias.shape() != Shape{product.shape().back()}) {
    return Value();
  }
  FusedMatmul op = *fused;
  op.has_bias = true;
  const std::vector<Value>& inputs = product.node().inputs();
  return antler::apply(op, {inputs[0], inputs[1], bias});
}

Value with_activation(const Value& product, cpu::Activation activation) {
  const auto* fused = product.node().op_as<FusedMatmul>();
  if (fused == nullptr || fused->activation != cpu::Activation::kLinear) return Value();
  FusedMatmul op = *fused;
  op.activation = activation;
  return antler::apply(op, product.node().inputs());
}

}  // namespace

Computation fuse_matmul(const Computation& computation) {
  const std::vector<Value> roots = computation.roots();
  const Readers readers(roots);
  ValueMap replacements;
  const auto fuse = [&](const std::shared_ptr<const Node>& node, const std::vector<Value>& inputs) {
    const auto read_here_only = [&](std::size_t i) {
      return readers.count(node->inputs()[i]) == 1;
    };
    if (const auto* matmul = node->op_as<ops::Matmul>()) {
      if (is_float_matrix(inputs[0]) && is_float_matrix(inputs[1])) {
        return apply_all(FusedMatmul{matmul->transpose_a, matmul->transpose_b}, inputs);
      }
    }
    if (node->op_as<ops::Add>() != nullptr) {
      for (const std::size_t i : {0, 1}) {
        if (!read_here_only(i)) continue;
        if (const Value fused = with_bias(inputs[i], inputs[1 - i])) return std::vector{fused};
      }
    }
    if (const auto activation = activation_of(*node); activation && read_here_only(0)) {
      if (const Value fused = with_activation(inputs[0], *activation)) return std::vector{fused};
    }
    return reapply(node, inputs);
  };
  return computation.with_roots(rewrite(roots, replacements, fuse));
}

}  // namespace antler::passes
