#include "antler/compiler/passes/fuse_elementwise.h"

#include <unordered_set>

#include "antler/compiler/passes/elementwise_chain.h"
#include "antler/compiler/passes/readers.h"
#include "antler/graph/node.h"
#include "antler/graph/rewrite.h"

namespace antler::passes {
namespace {

// A chain is grown from each value that must exist on its own: it takes in the ops behind it as
// long as nobody else reads them. Masks (bool) never exist outside: they are computed again where
// they are needed, which costs less than storing them.
class Fusion {
 public:
  explicit Fusion(const std::vector<Value>& roots) : readers_(roots) {}

  // The chain that ends in `node`, or an empty value when it is no chain.
  Value chain_of(const std::shared_ptr<const Node>& node, const ValueMap& replacements) {
    if (!is_candidate(*node) || node->outputs()[0].dtype != DType::float32) return Value();
    replacements_ = &replacements;
    ElementwiseChain chain(node->outputs()[0].shape);
    chain.reserve(node->inputs().size());
    Done done;
    return chain.finish(grow(chain, *node, done));
  }

 private:
  using Done = std::unordered_map<const Node*, std::uint8_t>;

  static bool is_candidate(const Node& node) {
    if (!elementwise_op_of(node)) return false;
    for (const Value& input : node.inputs()) {
      if (input.dtype() != DType::float32 && input.dtype() != DType::boolean) return false;
    }
    return true;
  }

  bool may_take_in(const Value& input, const Node& outer) const {
    if (!is_candidate(input.node()) || input.shape() != outer.outputs()[0].shape) return false;
    return input.dtype() == DType::boolean || readers_.count(input) == 1;
  }

  // Depth first; chains have no more ops than registers, so recursion is shallow.
  std::uint8_t grow(ElementwiseChain& chain, const Node& node, Done& done) {
    std::vector<std::uint8_t> operands;
    for (const Value& input : node.inputs()) {
      const auto known = done.find(&input.node());
      if (known != done.end()) {
        operands.push_back(known->second);
      } else if (may_take_in(input, node) && chain.reserve(input.node().inputs().size())) {
        operands.push_back(grow(chain, input.node(), done));
      } else {
        const auto replaced = replacements_->find(key_of(input));
        operands.push_back(
            chain.operand(replaced == replacements_->end() ? input : replaced->second));
      }
    }
    return done[&node] = chain.add(*elementwise_op_of(node), operands);
  }

  Readers readers_;
  const ValueMap* replacements_ = nullptr;
};

}  // namespace

Computation fuse_elementwise(const Computation& computation) {
  const std::vector<Value> roots = computation.roots();
  Fusion fusion(roots);
  ValueMap replacements;
  return computation.with_roots(
      rewrite(roots, replacements,
              [&](const std::shared_ptr<const Node>& node, const std::vector<Value>& inputs) {
                if (const Value fused = fusion.chain_of(node, replacements))
                  return std::vector{fused};
                return reapply(node, inputs);
              }));
}

}  // namespace antler::passes
