#include <optional>

#include "antler/compiler/passes/constants.h"
#include "antler/compiler/passes/passes.h"
#include "antler/graph/node.h"
#include "antler/graph/rewrite.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/cast.h"
#include "antler/ops/reshape.h"
#include "antler/ops/reverse.h"
#include "antler/ops/size_of.h"

namespace antler::passes {
namespace {

constexpr std::int64_t kLargestFolded = 1 << 14;  // elements: folding must not grow programs

bool all_constant(const std::vector<Value>& inputs) {
  for (const Value& input : inputs) {
    if (input.node().kind() != NodeKind::constant) return false;
  }
  return !inputs.empty();
}

// Runs an op on constants; null when it cannot run alone. Eagerly, all that a user computes is
// folded: so the kernels are the fast ones.
std::optional<std::vector<Value>> fold(const Node& node, const std::vector<Value>& inputs,
                                       const Backend& backend) {
  KernelSpecs specs;
  std::vector<const std::byte*> in;
  for (const Value& input : inputs) {
    specs.inputs.push_back(input.spec());
    in.push_back(input.node().constant_value().raw());
  }
  specs.outputs = node.outputs();
  for (const TensorSpec& spec : specs.outputs) {
    if (spec.shape.size() > kLargestFolded) return std::nullopt;
  }
  const KernelPtr kernel = backend.kernel(node.op(), specs);
  if (kernel == nullptr || kernel->can_fail()) return std::nullopt;
  std::vector<Tensor> results;
  std::vector<std::byte*> out;
  for (const TensorSpec& spec : specs.outputs) {
    results.push_back(Tensor::uninitialized(spec.dtype, spec.shape));
    out.push_back(results.back().mutable_raw());
  }
  const auto scratch = allocate_aligned(kernel->scratch_bytes(), false);
  RunStatus status;
  kernel->run({in.data(), out.data(), scratch.get(), &status});
  return std::vector<Value>(results.begin(), results.end());
}

// A stretch that the reader's own broadcasting repeats is left out.
std::vector<Value> without_stretches(const Node& node, std::vector<Value> inputs) {
  std::vector<Value> bare = inputs;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].node().op_as<ops::BroadcastTo>() == nullptr) continue;
    std::vector<Value> trial = bare;
    trial[i] = inputs[i].node().inputs()[0];
    if (broadcast_shapes("", trial[0].shape(), trial[1].shape()) == node.outputs()[0].shape) {
      bare = trial;
    }
  }
  return bare;
}

bool is_arithmetic(const Node& node) {
  return node.op_as<ops::Add>() != nullptr || node.op_as<ops::Subtract>() != nullptr ||
         node.op_as<ops::Multiply>() != nullptr || node.op_as<ops::Divide>() != nullptr;
}

// The value that an op leaves unchanged, or an empty one.
Value unchanged(const Node& node, const std::vector<Value>& inputs) {
  const TensorSpec& spec = node.outputs()[0];
  const auto same = [&](std::size_t i) { return inputs[i].spec() == spec; };
  if (node.op_as<ops::Multiply>() != nullptr) {
    if (is_constant(inputs[1], 1.0) && same(0)) return inputs[0];
    if (is_constant(inputs[0], 1.0) && same(1)) return inputs[1];
  }
  if (node.op_as<ops::Divide>() != nullptr && is_constant(inputs[1], 1.0) && same(0)) {
    return inputs[0];
  }
  if (node.op_as<ops::Subtract>() != nullptr && is_constant(inputs[1], 0.0) && same(0)) {
    return inputs[0];
  }
  if (node.op_as<ops::Add>() != nullptr) {
    if (is_constant(inputs[1], -0.0) && same(0)) return inputs[0];
    if (is_constant(inputs[0], -0.0) && same(1)) return inputs[1];
  }
  const bool copies = node.op_as<ops::Cast>() != nullptr || node.op_as<ops::Reshape>() != nullptr ||
                      node.op_as<ops::BroadcastTo>() != nullptr;
  return copies && same(0) ? inputs[0] : Value();
}

// Steps of two that are one.
Value joined(const Node& node, const std::vector<Value>& inputs) {
  if (inputs.size() != 1 || !inputs[0].node().is_op()) return Value();
  const Node& below = inputs[0].node();
  if (node.op_as<ops::Negative>() != nullptr && below.op_as<ops::Negative>() != nullptr) {
    return below.inputs()[0];
  }
  if (node.op_as<ops::Reshape>() != nullptr && below.op_as<ops::Reshape>() != nullptr) {
    return ops::reshape(below.inputs()[0], node.outputs()[0].shape);
  }
  const bool twice = node.op_as<ops::Reverse>() != nullptr && node.op() == below.op();
  return twice ? below.inputs()[0] : Value();
}

std::vector<Value> simplified(const std::shared_ptr<const Node>& node,
                              const std::vector<Value>& inputs, const Backend& backend) {
  if (const auto* size_of = node->op_as<ops::SizeOf>()) {
    return {Value(
        Tensor::full({}, static_cast<double>(size_of->count(inputs[0].shape())), size_of->dtype))};
  }
  if (all_constant(inputs)) {
    if (auto folded = fold(*node, inputs, backend)) return *std::move(folded);
  }
  if (node->outputs().size() == 1) {
    if (const Value value = unchanged(*node, inputs)) return {value};
    if (const Value value = joined(*node, inputs)) return {value};
  }
  return reapply(node, is_arithmetic(*node) ? without_stretches(*node, inputs) : inputs);
}

}  // namespace

Computation simplify(const Computation& computation, const Backend& backend) {
  ValueMap replacements;
  const std::vector<Value> roots = computation.roots();
  const auto simplify_node = [&](const std::shared_ptr<const Node>& node,
                                 const std::vector<Value>& inputs) {
    return simplified(node, inputs, backend);
  };
  return computation.with_roots(rewrite(roots, replacements, simplify_node));
}

}  // namespace antler::passes
