#include "antler/compiler/passes/fuse_convolution_pool.h"

#include "antler/backends/fused_ops.h"
#include "antler/compiler/passes/readers.h"
#include "antler/graph/graph.h"
#include "antler/graph/node.h"
#include "antler/graph/rewrite.h"
#include "antler/ops/comparison.h"
#include "antler/ops/pooling.h"
#include "antler/ops/sum.h"
#include "antler/ops/where.h"

namespace antler::passes {
namespace {

constexpr std::int64_t kMostCells = 256;  // a place is a byte

bool suits(const ops::Window& window) {
  for (int axis = 0; axis < window.rank(); ++axis) {
    const auto i = static_cast<std::size_t>(axis);
    if (window.strides[i] < window.span(axis)) return false;
  }
  return window.cells() <= kMostCells;
}

bool are_equal(const ops::Window& a, const ops::Window& b) {
  return Op(ops::MaxPool{a}) == Op(ops::MaxPool{b});
}

const ops::Window* pool_window(const Node& node) {
  const auto* pool = node.op_as<ops::MaxPool>();
  return pool == nullptr ? nullptr : &pool->window;
}

const ops::Window* pool_gradient_window(const Node& node) {
  if (const auto* pool = node.op_as<ops::MaxPoolGradient>()) return &pool->window;
  if (const auto* pool = node.op_as<FusedMaxPoolGradient>()) return &pool->window;
  return nullptr;
}

// Each fused convolution that one pool and its gradients read, and nothing else.
class PooledConvolutions {
 public:
  explicit PooledConvolutions(const std::vector<Value>& roots) {
    const auto nodes = topological_order(roots);
    for (const auto& node : nodes) {
      const ops::Window* window = pool_window(*node);
      if (window == nullptr || !suits(*window)) continue;
      const Value& x = node->inputs()[0];
      if (x.node().op_as<FusedConvolution>() != nullptr) pools_.try_emplace(key_of(x), *window);
    }
    ValueTable<std::int64_t> reads;
    for (const auto& node : nodes) {
      const ops::Window* window = pool_window(*node);
      if (window == nullptr) window = pool_gradient_window(*node);
      if (window != nullptr && pool_of(node->inputs()[0], *window) != nullptr) {
        ++reads[key_of(node->inputs()[0])];
      }
    }
    const Readers readers(roots);
    for (const auto& node : nodes) {
      const Value y(node, 0);
      const auto found = pools_.find(key_of(y));
      if (found != pools_.end() && reads[key_of(y)] != readers.count(y)) pools_.erase(found);
    }
  }

  // That window, when it pools such a convolution.
  const ops::Window* pool_of(const Value& x, const ops::Window& window) const {
    const auto found = pools_.find(key_of(x));
    return found != pools_.end() && are_equal(found->second, window) ? &found->second : nullptr;
  }

 private:
  ValueTable<ops::Window> pools_;
};

// What gives the gradient of a whole image from that of its pool, or null.
const MaxUnpool* unpool_of(const Value& gradient) { return gradient.node().op_as<MaxUnpool>(); }

// Whether it sums over all but the last axis.
bool is_channel_sum(const Node& node) {
  const auto* sum = node.op_as<ops::Sum>();
  if (sum == nullptr || sum->keepdims || sum->axes.empty()) return false;
  const int kept = node.inputs()[0].rank() - 1;
  return static_cast<int>(sum->axes.size()) == kept && sum->axes.back() == kept - 1;
}

}  // namespace

Computation fuse_convolution_pool(const Computation& computation) {
  const std::vector<Value> roots = computation.roots();
  const PooledConvolutions convolutions(roots);
  ValueTable<std::vector<Value>> made;  // y and places, by convolution
  const auto pooled = [&](const Value& old, const Value& x, const ops::Window& window) {
    std::vector<Value>& both = made[key_of(old)];
    if (both.empty()) {
      const auto* convolution = x.node().op_as<FusedConvolution>();
      both = apply_all(PooledConvolution{*convolution, window}, x.node().inputs());
    }
    return both;
  };
  const auto fuse = [&](const std::shared_ptr<const Node>& node,
                        const std::vector<Value>& inputs) -> std::vector<Value> {
    if (const ops::Window* window = pool_window(*node)) {
      if (convolutions.pool_of(node->inputs()[0], *window)) {
        return {pooled(node->inputs()[0], inputs[0], *window)[0]};
      }
    }
    if (const ops::Window* window = pool_gradient_window(*node)) {
      if (convolutions.pool_of(node->inputs()[0], *window)) {
        const std::vector<Value> y = pooled(node->inputs()[0], inputs[0], *window);
        const bool behind_relu = node->op_as<FusedMaxPoolGradient>() != nullptr;
        const Value g = behind_relu ? ops::where(y[0] > 0, inputs[1], 0) : inputs[1];
        return apply_all(MaxUnpool{*window, ops::spatial_sizes(inputs[0].shape())}, {g, y[1]});
      }
    }
    if (const auto* gradient = node->op_as<ops::ConvolutionInputGradient>()) {
      const MaxUnpool* unpool = unpool_of(inputs[0]);
      if (unpool != nullptr && gradient->groups == 1) {
        const std::vector<Value>& of = inputs[0].node().inputs();
        return apply_all(PooledInputGradient{*gradient, *unpool}, {of[0], inputs[1], of[1]});
      }
    }
    if (const auto* gradient = node->op_as<ops::ConvolutionKernelGradient>()) {
      const MaxUnpool* unpool = unpool_of(inputs[1]);
      if (unpool != nullptr && gradient->groups == 1) {
        const std::vector<Value>& of = inputs[1].node().inputs();
        return apply_all(PooledKernelGradient{*gradient, *unpool}, {inputs[0], of[0], of[1]});
      }
    }
    // Zeros add nothing.
    if (is_channel_sum(*node) && unpool_of(inputs[0]) != nullptr) {
      return apply_all(node->op(), {inputs[0].node().inputs()[0]});
    }
    return reapply(node, inputs);
  };
  ValueMap replacements;
  return computation.with_roots(rewrite(roots, replacements, fuse));
}

}  // namespace antler::passes
