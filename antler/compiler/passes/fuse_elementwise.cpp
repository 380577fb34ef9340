#include "antler/compiler/passes/fuse_elementwise.h"

#include <unordered_set>

#include "antler/compiler/passes/elementwise_chain.h"
#include "antler/compiler/passes/readers.h"
#include "antler/graph/node.h"

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
    std::unordered_map<const Node*, std::uint8_t> done;
    const auto result = grow(chain, *node, done);
    return result ? chain.finish(*result) : Value();
  }

 private:
  using Done = std::unordered_map<const Node*, std::uint8_t>;
  static constexpr std::size_t kLongest = 24;  // ops a chain; its inputs need registers as well

  static bool is_candidate(const Node& node) {
    if (!elementwise_op_of(node)) return false;
    for (const Value& input : node.inputs()) {
      if (input.dtype() != DType::float32 && input.dtype() != DType::boolean) return false;
    }
    return node.outputs()[0].shape.size() > 0;
  }

  bool may_take_in(const Node& inner, const Node& outer, const Done& done) const {
    if (!is_candidate(inner) || done.size() >= kLongest) return false;
    if (inner.outputs()[0].shape != outer.outputs()[0].shape) return false;
    const Value value(std::const_pointer_cast<const Node>(shared(inner, outer)), 0);
    return value.dtype() == DType::boolean || readers_.count(value) == 1;
  }

  static std::shared_ptr<const Node> shared(const Node& inner, const Node& outer) {
    for (const Value& input : outer.inputs()) {
      if (&input.node() == &inner) return input.shared_node();
    }
    return nullptr;
  }

  // Depth first; chains are at most kLongest ops, so recursion is shallow.
  std::optional<std::uint8_t> grow(ElementwiseChain& chain, const Node& node, Done& done) {
    const auto known = done.find(&node);
    if (known != done.end()) return known->second;
    done.emplace(&node, 0);
    std::vector<std::uint8_t> operands;
    for (const Value& input : node.inputs()) {
      std::optional<std::uint8_t> operand;
      if (done.count(&input.node()) > 0 || may_take_in(input.node(), node, done)) {
        operand = grow(chain, input.node(), done);
      } else {
        const auto replaced = replacements_->find(key_of(input));
        operand = chain.operand(replaced == replacements_->end() ? input : replaced->second);
      }
      if (!operand) return std::nullopt;
      operands.push_back(*operand);
    }
    const auto result = chain.add(*elementwise_op_of(node), operands);
    if (result) done[&node] = *result;
    return result;
  }

  Readers readers_;
  const ValueMap* replacements_ = nullptr;
};

}  // namespace

Computation fuse_elementwise(const Computation& computation) {
  const std::vector<Value> roots = computation.roots();
  Fusion fusion(roots);
  ValueMap replacements;
  return computation.with_roots(rewrite(
      roots, replacements,
      [&](const std::shared_ptr<const Node>& node, const std::vector<Value>& inputs) {
        if (const Value fused = fusion.chain_of(node, replacements)) return std::vector{fused};
        return reapply(node, inputs);
      }));
}

}  // namespace antler::passes
