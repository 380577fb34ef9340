#include "antler/compiler/kernel_work.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "antler/backends/fused_ops.h"
#include "antler/graph/graph.h"
#include "antler/ops/composite.h"
#include "antler/ops/matmul.h"
#include "antler/ops/scan.h"

namespace antler {
namespace {

double elements(const TensorSpec& spec) { return static_cast<double>(spec.shape.size()); }

double bytes_of(const TensorSpec& spec) {
  return elements(spec) * static_cast<double>(item_size(spec.dtype));
}

double size_of(const TensorSpec& spec, int axis) {
  return static_cast<double>(spec.shape.dim(axis));
}

// Each element of the product is a sum over the inner axis of A.
double product_flops(const TensorSpec& product, const Node& node, bool transpose_a) {
  const int inner = transpose_a ? -2 : -1;
  return 2 * elements(product) * size_of(node.inputs()[0].spec(), inner);
}

// Each element of y is a sum over the window and the channels of a group: all of a kernel but its
// filters. The gradients multiply the same pairs.
double convolution_flops(const TensorSpec& y, const TensorSpec& kernel) {
  return 2 * elements(y) * elements(kernel) / size_of(kernel, -1);
}

double body_flops(const Graph& body) {
  double flops = 0;
  for (const auto& node : topological_order(body.outputs)) {
    if (node->is_op()) flops += work_of(*node).flops;
  }
  return flops;
}

// Ops that compute nothing, they only bring bytes elsewhere.
constexpr std::string_view kMoves[] = {"broadcast_to", "cast",   "check_index",   "concatenate",
                                       "gather",       "pad",    "gather_along",  "reshape",
                                       "reverse",      "slice",  "stop_gradient", "transpose",
                                       "size_of",      "one_hot"};

double largest_side(const Node& node) {
  double most = 0;
  for (const Value& input : node.inputs()) most = std::max(most, elements(input.spec()));
  for (const TensorSpec& output : node.outputs()) most = std::max(most, elements(output));
  return most;
}

double flops_of(const Node& node) {
  const auto spec = [&](std::size_t i) { return node.inputs()[i].spec(); };
  const TensorSpec& output = node.outputs()[0];
  if (const auto* op = node.op_as<ops::Matmul>())
    return product_flops(output, node, op->transpose_a);
  if (const auto* op = node.op_as<FusedMatmul>())
    return product_flops(output, node, op->transpose_a);
  if (node.op_as<ops::Convolution>() != nullptr) return convolution_flops(output, spec(1));
  if (node.op_as<FusedConvolution>() != nullptr) return convolution_flops(output, spec(1));
  if (node.op_as<ops::ConvolutionInputGradient>() != nullptr) {
    return convolution_flops(spec(0), spec(1));
  }
  if (node.op_as<ops::ConvolutionKernelGradient>() != nullptr) {
    return convolution_flops(spec(1), output);
  }
  if (const auto* op = node.op_as<FusedUpdate>()) {
    return product_flops(op->product.infer(std::array{spec(0), spec(1)}), node,
                         op->product.transpose_a);
  }
  if (const auto* op = node.op_as<PooledConvolution>()) {
    const TensorSpec whole = op->convolution.infer(std::array{spec(0), spec(1)});
    return convolution_flops(whole, spec(1)) + elements(whole);
  }
  if (const auto* op = node.op_as<PooledInputGradient>()) {
    return convolution_flops(op->unpool.infer(std::array{spec(0)}), spec(1));
  }
  if (const auto* op = node.op_as<PooledKernelGradient>()) {
    return convolution_flops(op->unpool.infer(std::array{spec(1)}), output);
  }
  if (const auto* op = node.op_as<FusedElementwise>()) {
    return static_cast<double>(op->program.instructions.size()) *
           static_cast<double>(op->shape.size());
  }
  if (const auto* op = node.op_as<ops::Composite>()) {
    return op->body == nullptr ? largest_side(node) : body_flops(*op->body);
  }
  if (node.op_as<ops::Scan>() != nullptr) return 0;
  const bool moves =
      std::find(std::begin(kMoves), std::end(kMoves), node.op().name()) != std::end(kMoves);
  return moves ? 0 : largest_side(node);
}

// In the order of cpu::ElementwiseOp.
constexpr std::string_view kElementwiseNames[] = {
    "copy",        "negate",     "abs",           "sign",       "square",      "sqrt",
    "rsqrt",       "reciprocal", "exp",           "expm1",      "log",         "log1p",
    "sin",         "cos",        "tanh",          "sigmoid",    "relu",        "softplus",
    "erf",         "floor",      "ceil",          "round",      "logical_not", "add",
    "subtract",    "multiply",   "divide",        "maximum",    "minimum",     "power",
    "equal",       "not_equal",  "less",          "less_equal", "greater",     "greater_equal",
    "logical_and", "logical_or", "relu_gradient", "select",     "multiply_add"};
static_assert(std::size(kElementwiseNames) ==
              static_cast<std::size_t>(cpu::ElementwiseOp::kMultiplyAdd) + 1);

std::string with_epilogue(std::string_view name, bool has_bias, cpu::Activation activation) {
  std::string text = std::string(name) + (has_bias ? " bias" : "");
  if (activation != cpu::Activation::kLinear)
    text += " " + cpu::field_value(activation).as_string();
  return text;
}

}  // namespace

KernelWork work_of(const Node& node) {
  KernelWork work = {.flops = flops_of(node)};
  if (node.op_as<ops::Scan>() != nullptr) return work;
  for (const Value& input : node.inputs()) work.bytes += bytes_of(input.spec());
  for (const TensorSpec& output : node.outputs()) work.bytes += bytes_of(output);
  return work;
}

std::string kernel_name(const Node& node) {
  if (const auto* op = node.op_as<FusedMatmul>()) {
    return with_epilogue(op->name, op->has_bias, op->activation);
  }
  if (const auto* op = node.op_as<FusedConvolution>()) {
    return with_epilogue(op->name, op->has_bias, op->activation);
  }
  if (const auto* op = node.op_as<PooledConvolution>()) {
    return with_epilogue(op->name, op->convolution.has_bias, op->convolution.activation);
  }
  if (const auto* op = node.op_as<FusedUpdate>()) {
    return std::string(FusedMatmul::name) + " " + op->update.kernel;
  }
  if (const auto* op = node.op_as<ops::Composite>()) return op->kernel;
  std::string name(node.op().name());
  if (const auto* op = node.op_as<FusedElementwise>()) {
    for (const cpu::ElementwiseInstruction& instruction : op->program.instructions) {
      name += ' ';
      name += kElementwiseNames[static_cast<std::size_t>(instruction.op)];
    }
  }
  return name;
}

}  // namespace antler
