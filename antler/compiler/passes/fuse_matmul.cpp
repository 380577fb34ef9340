#include "antler/compiler/passes/fuse_matmul.h"

#include <optional>

#include "antler/backends/fused_ops.h"
#include "antler/compiler/passes/readers.h"
#include "antler/graph/node.h"
#include "antler/graph/rewrite.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/convolution.h"
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

// x + bias where bias is a vector along the last axis of x: the fused product behind x with the
// bias in it, or null.
template <class Fused>
Value with_bias(const Value& product, const Value& bias) {
  const auto* fused = product.node().op_as<Fused>();
  if (fused == nullptr || fused->has_bias || fused->activation != cpu::Activation::kLinear ||
      bias.shape() != Shape{product.shape().back()}) {
    return Value();
  }
  Fused op = *fused;
  op.has_bias = true;
  const std::vector<Value>& inputs = product.node().inputs();
  return antler::apply(op, {inputs[0], inputs[1], bias});
}

template <class Fused>
Value with_activation(const Value& product, cpu::Activation activation) {
  const auto* fused = product.node().op_as<Fused>();
  if (fused == nullptr || fused->activation != cpu::Activation::kLinear) return Value();
  Fused op = *fused;
  op.activation = activation;
  return antler::apply(op, product.node().inputs());
}

// Depthwise convolutions are no products, and their kernel has no room for more.
bool is_product(const ops::Convolution& convolution, const Value& x) {
  return x.dtype() == DType::float32 &&
         (convolution.groups == 1 || convolution.groups < x.shape().back());
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
    if (const auto* convolution = node->op_as<ops::Convolution>()) {
      if (is_product(*convolution, inputs[0])) {
        return apply_all(FusedConvolution{*convolution}, inputs);
      }
    }
    if (node->op_as<ops::Add>() != nullptr) {
      for (const std::size_t i : {0, 1}) {
        if (!read_here_only(i)) continue;
        for (const auto with : {&with_bias<FusedMatmul>, &with_bias<FusedConvolution>}) {
          if (const Value fused = with(inputs[i], inputs[1 - i])) return std::vector{fused};
        }
      }
    }
    if (const auto activation = activation_of(*node); activation && read_here_only(0)) {
      for (const auto with : {&with_activation<FusedMatmul>, &with_activation<FusedConvolution>}) {
        if (const Value fused = with(inputs[0], *activation)) return std::vector{fused};
      }
    }
    return reapply(node, inputs);
  };
  return computation.with_roots(rewrite(roots, replacements, fuse));
}

}  // namespace antler::passes
