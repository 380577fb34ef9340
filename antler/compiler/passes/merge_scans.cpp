#include "antler/compiler/passes/passes.h"
#include "antler/graph/node.h"
#include "antler/graph/rewrite.h"
#include "antler/ops/scan.h"

namespace antler::passes {
namespace {

bool are_same(const std::vector<Value>& a, const std::vector<Value>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!a[i].is_same(b[i])) return false;
  }
  return true;
}

// Loops over the very same body inputs: what they stack is computed in one graph.
struct Group {
  const ops::Scan* first;
  std::vector<Value> inputs;
  Graph body;
  std::vector<Value> merged;  // the outputs of the loop that does it all, once it is made

  bool takes(const ops::Scan& scan, const std::vector<Value>& other_inputs) const {
    return scan.carried == first->carried && scan.sequences == first->sequences &&
           scan.length == first->length && scan.reverse == first->reverse &&
           are_same(scan.body->inputs, body.inputs) && are_same(inputs, other_inputs) &&
           are_same(carried(*scan.body, scan.carried), carried(body, scan.carried));
  }
  static std::vector<Value> carried(const Graph& graph, int count) {
    return {graph.outputs.begin(), graph.outputs.begin() + count};
  }
  std::size_t place(const Value& output) {
    const auto begin = static_cast<std::size_t>(first->carried);
    for (std::size_t i = begin; i < body.outputs.size(); ++i) {
      if (body.outputs[i].is_same(output)) return i;
    }
    body.outputs.push_back(output);
    return body.outputs.size() - 1;
  }
};

class Merger {
 public:
  explicit Merger(const std::vector<Value>& roots) {
    for (const auto& node : topological_order(roots)) {
      const auto* scan = node->op_as<ops::Scan>();
      if (scan != nullptr && scan->body != nullptr) add(*node, *scan);
    }
  }

  std::vector<Value> replace(const std::shared_ptr<const Node>& node,
                             const std::vector<Value>& inputs) {
    const auto found = places_.find(node.get());
    if (found == places_.end()) return reapply(node, inputs);
    Group& group = groups_[found->second.group];
    if (group.merged.empty()) {
      if (group.body.outputs.size() == group.first->body->outputs.size()) {
        group.merged = apply_all(*group.first, inputs);
      } else {
        ops::Scan all = *group.first;
        all.body = std::make_shared<Graph>(group.body);
        all.build = nullptr;
        group.merged = apply_all(all, inputs);
      }
    }
    std::vector<Value> outputs;
    for (const std::size_t place : found->second.outputs) outputs.push_back(group.merged[place]);
    return outputs;
  }

 private:
  struct Places {
    std::size_t group;
    std::vector<std::size_t> outputs;
  };

  void add(const Node& node, const ops::Scan& scan) {
    std::size_t number = 0;
    while (number < groups_.size() && !groups_[number].takes(scan, node.inputs())) ++number;
    if (number == groups_.size()) groups_.push_back({&scan, node.inputs(), *scan.body, {}});
    Places places{number, {}};
    for (std::size_t i = 0; i < scan.body->outputs.size(); ++i) {
      const bool is_carried = i < static_cast<std::size_t>(scan.carried);
      places.outputs.push_back(is_carried ? i : groups_[number].place(scan.body->outputs[i]));
    }
    places_.emplace(&node, std::move(places));
  }

  std::vector<Group> groups_;
  std::unordered_map<const Node*, Places> places_;
};

}  // namespace

Computation merge_scans(const Computation& computation) {
  const std::vector<Value> roots = computation.roots();
  Merger merger(roots);
  ValueMap replacements;
  return computation.with_roots(
      rewrite(roots, replacements,
              [&](const std::shared_ptr<const Node>& node, const std::vector<Value>& inputs) {
                return merger.replace(node, inputs);
              }));
}

}  // namespace antler::passes
