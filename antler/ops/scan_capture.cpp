#include "antler/ops/scan_capture.h"

#include <algorithm>
#include <unordered_set>

#include "antler/graph/rewrite.h"
#include "antler/ops/all_ops.h"

namespace antler::ops::detail {
namespace {

using Nodes = std::unordered_set<const Node*>;

// The nodes that depend on the body's inputs.
Nodes dynamic_nodes(const Graph& graph) {
  Nodes dynamic;
  for (const Value& input : graph.inputs) dynamic.insert(&input.node());
  for (const auto& node : topological_order(graph.outputs)) {
    for (const Value& input : node->inputs()) {
      if (dynamic.count(&input.node()) > 0) dynamic.insert(node.get());
    }
  }
  return dynamic;
}

bool is_constant(const Value& value) { return value.node().kind() == NodeKind::constant; }

template <class... T>
bool is_any_of(const Node& node, TypeList<T...>) {
  return ((node.op_as<T>() != nullptr) || ...);
}
using Elementwise = TypeList<Add, Subtract, Multiply, Divide, Negative, Cast>;

Value with_time(const Value& value, std::int64_t steps, const Shape& slice) {
  return reshape(value, slice.inserted(0, steps));
}

class Lifting {
 public:
  explicit Lifting(const LoopBody& loop)
      : steps_(loop.sequences.front().shape().front()), dynamic_(dynamic_nodes(loop.graph)) {
    for (std::size_t s = 0; s < loop.sequences.size(); ++s) {
      const Value& slice = loop.graph.inputs[loop.initial.size() + s];
      lifted_[key_of(slice)] = {loop.sequences[s], false};
    }
    for (const auto& node : topological_order(loop.graph.outputs)) {
      if (dynamic_.count(node.get()) > 0 && node->is_op()) visit(node);
    }
  }

  // Values of the body that hold a product, with what they are for all steps.
  std::vector<std::pair<Value, Value>> products() const { return products_; }

 private:
  struct Lifted {
    Value all_steps;
    bool has_product = false;
  };

  const Lifted* find(const Value& value) const {
    const auto found = lifted_.find(key_of(value));
    return found == lifted_.end() ? nullptr : &found->second;
  }
  bool is_outside(const Value& value) const { return dynamic_.count(&value.node()) == 0; }

  void visit(const std::shared_ptr<const Node>& node) {
    const Shape& slice = node->outputs()[0].shape;
    Lifted result;
    if (const auto* matmul = node->op_as<Matmul>()) {
      result = {product(*matmul, *node), true};
    } else if (node->op_as<Reshape>() != nullptr) {
      const Lifted* x = find(node->inputs()[0]);
      if (x != nullptr) result = {with_time(x->all_steps, steps_, slice), x->has_product};
    } else if (is_any_of(*node, Elementwise{})) {
      result = elementwise(*node);
    }
    if (!result.all_steps) return;
    const Value value(node, 0);
    lifted_[key_of(value)] = result;
    if (result.has_product) products_.emplace_back(value, result.all_steps);
  }

  Value product(const Matmul& matmul, const Node& node) const {
    const Lifted* x = find(node.inputs()[0]);
    const Value& w = node.inputs()[1];
    if (x == nullptr || !is_outside(w) || matmul.transpose_a || w.rank() != 2 ||
        node.inputs()[0].rank() != 2) {
      return Value();
    }
    const Shape& all = x->all_steps.shape();
    const Value rows = reshape(x->all_steps, {all.dim(0) * all.dim(1), all.dim(2)});
    return with_time(antler::apply(matmul, {rows, w}), steps_, node.outputs()[0].shape);
  }

  // The time axis goes in front, so that broadcasting must not reach over the slice's first axis.
  Lifted elementwise(const Node& node) const {
    std::vector<Value> inputs;
    bool any = false;
    bool has_product = false;
    int rank = 0;
    for (const Value& input : node.inputs()) {
      const Lifted* x = find(input);
      if (x == nullptr && !is_outside(input)) return {};
      if (x != nullptr) {
        if (any && rank != input.rank()) return {};
        rank = input.rank();
      }
      any = any || x != nullptr;
      has_product = has_product || (x != nullptr && x->has_product);
      inputs.push_back(x != nullptr ? x->all_steps : input);
    }
    for (const Value& input : node.inputs()) {
      if (find(input) == nullptr && input.rank() > rank) return {};
    }
    const Value all = antler::apply(node.op(), inputs);
    return all.shape() == node.outputs()[0].shape.inserted(0, steps_) ? Lifted{all, has_product}
                                                                      : Lifted{};
  }

  std::int64_t steps_;
  Nodes dynamic_;
  ValueTable<Lifted> lifted_;
  std::vector<std::pair<Value, Value>> products_;
};

// Drops the sequences whose slices nothing reads.
void drop_unread(LoopBody& loop) {
  Nodes read;
  for (const auto& node : topological_order(loop.graph.outputs)) read.insert(node.get());
  std::vector<Value> inputs(
      loop.graph.inputs.begin(),
      loop.graph.inputs.begin() + static_cast<std::ptrdiff_t>(loop.initial.size()));
  std::vector<Value> sequences;
  for (std::size_t s = 0; s < loop.sequences.size(); ++s) {
    const Value& slice = loop.graph.inputs[loop.initial.size() + s];
    if (read.count(&slice.node()) == 0) continue;
    inputs.push_back(slice);
    sequences.push_back(loop.sequences[s]);
  }
  loop.graph.inputs = std::move(inputs);
  loop.sequences = std::move(sequences);
}

}  // namespace

void lift_products(LoopBody& loop) {
  const auto known = [](const std::vector<Value>& values) {
    return std::all_of(values.begin(), values.end(),
                       [](const Value& v) { return v.shape().is_known(); });
  };
  if (loop.sequences.empty() || !known(loop.initial) || !known(loop.sequences)) return;
  ValueMap replacements;
  for (const auto& [value, all_steps] : Lifting(loop).products()) {
    const Value slice = make_input(value.spec());
    replacements.emplace(key_of(value), slice);
    loop.graph.inputs.push_back(slice);
    loop.sequences.push_back(all_steps);
  }
  loop.graph.outputs = rewrite(loop.graph.outputs, replacements, reapply);
  drop_unread(loop);
}

void capture(LoopBody& loop) {
  const Nodes dynamic = dynamic_nodes(loop.graph);
  ValueMap replacements;
  const auto replace = [&](const Value& value) {
    if (dynamic.count(&value.node()) > 0 || is_constant(value)) return;
    const Value leaf = make_input(value.spec());
    if (!replacements.emplace(key_of(value), leaf).second) return;
    loop.graph.inputs.push_back(leaf);
    loop.invariants.push_back(value);
  };
  for (const auto& node : topological_order(loop.graph.outputs)) {
    if (dynamic.count(node.get()) == 0) continue;
    for (const Value& input : node->inputs()) replace(input);
  }
  for (const Value& output : loop.graph.outputs) replace(output);
  loop.graph.outputs = rewrite(loop.graph.outputs, replacements, reapply);
}

}  // namespace antler::ops::detail
