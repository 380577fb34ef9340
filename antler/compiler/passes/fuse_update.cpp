#include "antler/compiler/passes/fuse_update.h"

#include <algorithm>
#include <string_view>

#include "antler/backends/fused_ops.h"
#include "antler/compiler/passes/readers.h"
#include "antler/graph/node.h"
#include "antler/graph/origin.h"
#include "antler/graph/rewrite.h"

namespace antler::passes {
namespace {

// Those that cpu::optimizer_kernel computes. Others were expanded before.
constexpr std::string_view kUpdates[] = {"adam_update", "sgd_update", "sgd_momentum_update",
                                         "rmsprop_update"};

// Wider products copy panels of B for each call, and want all rows in one.
constexpr std::int64_t kMostColumns = 64;

const ops::Composite* update_of(const Node& node) {
  const auto* composite = node.op_as<ops::Composite>();
  const bool is_update =
      composite != nullptr &&
      std::count(std::begin(kUpdates), std::end(kUpdates), composite->kernel) > 0;
  return is_update ? composite : nullptr;
}

}  // namespace

Computation fuse_update(const Computation& computation) {
  const std::vector<Value> roots = computation.roots();
  const Readers readers(roots);
  ValueMap replacements;
  const auto fuse = [&](const std::shared_ptr<const Node>& node, const std::vector<Value>& inputs) {
    const ops::Composite* update = update_of(*node);
    if (update == nullptr || readers.count(node->inputs()[0]) != 1) return reapply(node, inputs);
    const auto* product = inputs[0].node().op_as<FusedMatmul>();
    const bool suits = product != nullptr && !product->has_bias &&
                       product->activation == cpu::Activation::kLinear &&
                       inputs[0].shape().back() <= kMostColumns;
    if (!suits) return reapply(node, inputs);
    const OriginScope same(inputs[0].node());  // it is the layer's work more than the optimizer's
    std::vector<Value> all = inputs[0].node().inputs();
    all.insert(all.end(), inputs.begin() + 1, inputs.end());
    return apply_all(FusedUpdate{*product, *update}, all);
  };
  return computation.with_roots(rewrite(roots, replacements, fuse));
}

}  // namespace antler::passes
