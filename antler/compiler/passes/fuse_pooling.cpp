#include "antler/compiler/passes/fuse_pooling.h"

#include "antler/backends/fused_ops.h"
#include "antler/compiler/passes/constants.h"
#include "antler/compiler/passes/readers.h"
#include "antler/graph/node.h"
#include "antler/graph/rewrite.h"
#include "antler/ops/comparison.h"
#include "antler/ops/pooling.h"
#include "antler/ops/where.h"

namespace antler::passes {
namespace {

// Whether `condition` is x > 0.
bool is_positive(const Value& condition, const Value& x) {
  const Node& node = condition.node();
  return node.op_as<ops::Greater>() != nullptr && key_of(node.inputs()[0]) == key_of(x) &&
         is_constant(node.inputs()[1], 0.0);
}

}  // namespace

Computation fuse_pooling(const Computation& computation) {
  const std::vector<Value> roots = computation.roots();
  const Readers readers(roots);
  ValueMap replacements;
  const auto fuse = [&](const std::shared_ptr<const Node>& node, const std::vector<Value>& inputs) {
    if (node->op_as<ops::Where>() != nullptr) {
      const auto* pool = inputs[1].node().op_as<ops::MaxPoolGradient>();
      if (pool != nullptr && inputs[1].dtype() == DType::float32 &&
          readers.count(node->inputs()[1]) == 1 && is_constant(inputs[2], 0.0)) {
        const std::vector<Value>& of_pool = inputs[1].node().inputs();
        if (is_positive(inputs[0], of_pool[0])) {
          return apply_all(FusedMaxPoolGradient{pool->window}, of_pool);
        }
      }
    }
    return reapply(node, inputs);
  };
  return computation.with_roots(rewrite(roots, replacements, fuse));
}

}  // namespace antler::passes
