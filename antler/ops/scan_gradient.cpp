// The gradient of a loop is a loop the other way round.
//
// The derivative of the body is taken once, with leaves for what flows into its outputs. Of the
// body's own values it reads some: slices and invariants are there already, all others are asked
// from a second Scan over the same body that stacks them; the compiler's merge_scans makes one loop
// of the two. An invariant's gradient is a sum over steps: where the summand is a product A^T B or
// a sum over axes, A and B are stacked, and one product or sum after the loop does it.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "antler/core/error.h"
#include "antler/graph/rewrite.h"
#include "antler/graph/vector_jacobian_product.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/cast.h"
#include "antler/ops/creation.h"
#include "antler/ops/logical.h"
#include "antler/ops/matmul.h"
#include "antler/ops/reshape.h"
#include "antler/ops/scan.h"
#include "antler/ops/sum.h"
#include "antler/ops/transpose.h"

namespace antler::ops {
namespace {

Value zeros_of(const TensorSpec& spec) { return zeros(spec.shape, spec.dtype); }

// Values under numbers, each once.
class ValueList {
 public:
  std::size_t add(const Value& value) {
    const auto [entry, is_new] = numbers_.try_emplace(key_of(value), values_.size());
    if (is_new) values_.push_back(value);
    return entry->second;
  }
  const std::vector<Value>& values() const { return values_; }

 private:
  std::vector<Value> values_;
  ValueTable<std::size_t> numbers_;
};

// A summand of an invariant's gradient, for one step.
struct Summand {
  Value left, right;  // a product left^T right; without right: the sum of left over `axes`
  std::vector<int> axes;
};

class ReverseLoop {
 public:
  ReverseLoop(const Scan& scan, const GradientContext& context)
      : scan_(scan), context_(context), body_(*scan.body) {
    std::vector<TensorSpec> specs;
    for (const Value& input : context.node().inputs()) specs.push_back(input.spec());
    length_ = scan.length_for(specs);
    find_body_values();
  }

  std::vector<Value> gradients() {
    differentiate_body();
    split_sums();
    ask_for_outputs();
    bring_in_body_values();
    run();
    return collect();
  }

 private:
  std::size_t carried() const { return static_cast<std::size_t>(scan_.carried); }
  std::size_t first_invariant() const {
    return static_cast<std::size_t>(scan_.carried + scan_.sequences);
  }
  const Value& outer_input(std::size_t i) const { return context_.input(static_cast<int>(i)); }
  const Value& outer_gradient(std::size_t i) const {
    return context_.output_gradient(static_cast<int>(i));
  }

  // Ops that cost less than keeping their result: the reverse loop runs them again.
  static bool is_cheap(const Node& node) {
    return node.is_op() && (node.op().is_view() || node.op_as<BroadcastTo>() != nullptr ||
                            node.op_as<Cast>() != nullptr || node.op_as<LogicalNot>() != nullptr);
  }

  void find_body_values() {
    for (const auto& node : topological_order(body_.outputs)) {
      if (node->kind() != NodeKind::constant && !is_cheap(*node)) own_.insert(node.get());
      for (const Value& input : node->inputs()) {
        if (varying_.count(&input.node()) > 0) varying_.insert(node.get());
      }
      for (std::size_t i = 0; i < first_invariant(); ++i) {
        if (&body_.inputs[i].node() == node.get()) varying_.insert(node.get());
      }
    }
    for (const Value& input : body_.inputs) own_.insert(&input.node());
  }
  bool is_own(const Value& value) const { return own_.count(&value.node()) > 0; }

  // A carried value has a gradient when the loss reaches it at the end, or through later steps.
  void differentiate_body() {
    cotangents_.resize(body_.outputs.size());
    const auto give_leaf = [&](std::size_t i) {
      cotangents_[i] = make_input(body_.outputs[i].spec());
    };
    for (std::size_t i = 0; i < body_.outputs.size(); ++i) {
      if (outer_gradient(i)) give_leaf(i);
    }
    std::vector<std::size_t> wanted;
    std::vector<Value> wrt;
    for (std::size_t i = 0; i < body_.inputs.size(); ++i) {
      if (i >= carried() && !context_.needs(static_cast<int>(i))) continue;
      wanted.push_back(i);
      wrt.push_back(body_.inputs[i]);
    }
    for (bool again = true; again;) {
      again = false;
      gradients_.assign(body_.inputs.size(), Value());
      const std::vector<Value> found = vector_jacobian_product(body_.outputs, cotangents_, wrt);
      for (std::size_t i = 0; i < wanted.size(); ++i) gradients_[wanted[i]] = found[i];
      for (std::size_t i = 0; i < carried(); ++i) {
        if (!gradients_[i] || cotangents_[i]) continue;
        give_leaf(i);
        again = true;
      }
    }
    for (std::size_t i = 0; i < carried(); ++i) {
      if (cotangents_[i] && !gradients_[i]) gradients_[i] = zeros_of(body_.inputs[i].spec());
    }
  }

  void add_summands(const Value& value, std::vector<Value>& list) const {
    const Node& node = value.node();
    if (node.op_as<Add>() == nullptr || is_own(value) ||
        node.inputs()[0].shape() != value.shape() || node.inputs()[1].shape() != value.shape()) {
      list.push_back(value);
      return;
    }
    for (const Value& part : node.inputs()) add_summands(part, list);
  }

  // The summand as one that can be summed after the loop; `left` is empty where it cannot.
  Summand after_loop(const Value& value) const {
    if (is_own(value)) return {};
    const Node* node = &value.node();
    if (const auto* matmul = node->op_as<Matmul>()) {
      const bool fits = matmul->transpose_a && !matmul->transpose_b &&
                        node->inputs()[0].rank() == 2 && node->inputs()[1].rank() == 2;
      return fits ? Summand{node->inputs()[0], node->inputs()[1], {}} : Summand{};
    }
    while (node->op_as<Reshape>() != nullptr) node = &node->inputs()[0].node();
    if (const auto* sum = node->op_as<Sum>()) return {node->inputs()[0], Value(), sum->axes};
    return {};
  }

  void split_sums() {
    summands_.resize(body_.inputs.size());
    for (std::size_t i = first_invariant(); i < body_.inputs.size(); ++i) {
      if (!gradients_[i]) continue;
      std::vector<Value> parts;
      add_summands(gradients_[i], parts);
      Value within;
      for (const Value& part : parts) {
        const Summand summand = after_loop(part);
        if (summand.left) {
          summands_[i].push_back(summand);
        } else {
          within = within ? within + part : part;
        }
      }
      gradients_[i] = within;
    }
  }

  // What the reverse body gives at each step: gradients of carried values, running sums, stacks.
  void ask_for_outputs() {
    for (std::size_t i = 0; i < body_.inputs.size(); ++i) {
      if (!gradients_[i]) continue;
      if (i < carried()) {
        loop_carried_.push_back({i, cotangents_[i], gradients_[i]});
      } else if (i >= first_invariant()) {
        const Value total = make_input(gradients_[i].spec());
        loop_carried_.push_back({i, total, total + gradients_[i]});
      } else {
        stacked_.add(gradients_[i]);
      }
    }
    for (const auto& summands : summands_) {
      for (const Summand& summand : summands) {
        for (const Value& value : {summand.left, summand.right}) {
          if (value && !is_own(value)) stacked_.add(value);
        }
      }
    }
  }

  // The values of the body that the reverse body, or a product after it, reads.
  void bring_in_body_values() {
    ValueList frontier;
    std::vector<Value> roots = stacked_.values();
    for (const Carried& c : loop_carried_) roots.push_back(c.next);
    for (const Value& root : roots) {
      if (is_own(root)) frontier.add(root);
    }
    for (const auto& node : topological_order(roots)) {
      if (own_.count(node.get()) > 0) continue;
      for (const Value& input : node->inputs()) {
        if (is_own(input)) frontier.add(input);
      }
    }
    read_in_loop_ = frontier.values().size();
    for (const auto& summands : summands_) {
      for (const Summand& summand : summands) {
        for (const Value& value : {summand.left, summand.right}) {
          if (value && is_own(value)) frontier.add(value);
        }
      }
    }
    own_read_ = frontier.values();
    find_outside();
  }

  // Where each of these values is found outside the body: an input, an output, or a new stack.
  void find_outside() {
    std::vector<std::size_t> missing;
    Graph extended{
        body_.inputs,
        {body_.outputs.begin(), body_.outputs.begin() + static_cast<std::ptrdiff_t>(carried())}};
    for (const Value& value : own_read_) {
      Outside place = find_present(value);
      if (!place.value) {
        missing.push_back(outside_.size());
        extended.outputs.push_back(value);
      }
      outside_.push_back(std::move(place));
    }
    if (missing.empty()) return;
    Scan keeping = scan_;
    keeping.body = std::make_shared<Graph>(std::move(extended));
    keeping.build = nullptr;
    const std::vector<Value> kept = apply_all(keeping, context_.node().inputs());
    for (std::size_t i = 0; i < missing.size(); ++i) {
      outside_[missing[i]].value = kept[carried() + i];
    }
  }

  struct Outside {
    Value value;
    bool is_stack = true;  // else the same at every step
  };

  Outside find_present(const Value& value) const {
    for (std::size_t i = carried(); i < body_.inputs.size(); ++i) {
      if (value.is_same(body_.inputs[i])) return {outer_input(i), i < first_invariant()};
    }
    for (std::size_t i = carried(); i < body_.outputs.size(); ++i) {
      if (value.is_same(body_.outputs[i])) return {context_.output(static_cast<int>(i)), true};
    }
    if (varying_.count(&value.node()) > 0) return {};
    return {inline_graph({body_.inputs, {value}}, context_.node().inputs()).front(), false};
  }

  void run() {
    if (loop_carried_.empty() && stacked_.values().empty()) return;
    Scan loop{.carried = static_cast<int>(loop_carried_.size()), .reverse = !scan_.reverse};
    std::vector<Value> inputs;
    std::vector<Value> leaves;
    for (const Carried& c : loop_carried_) {
      const bool flows_in = c.input < carried() && outer_gradient(c.input);
      inputs.push_back(flows_in ? outer_gradient(c.input) : zeros_of(c.leaf.spec()));
      leaves.push_back(c.leaf);
    }
    for (std::size_t i = carried(); i < body_.outputs.size(); ++i) {
      if (!cotangents_[i]) continue;
      inputs.push_back(outer_gradient(i));
      leaves.push_back(cotangents_[i]);
    }
    ValueMap replacements;
    for (const bool stacks : {true, false}) {
      for (std::size_t i = 0; i < read_in_loop_; ++i) {
        if (outside_[i].is_stack != stacks) continue;
        inputs.push_back(outside_[i].value);
        leaves.push_back(make_input(own_read_[i].spec()));
        replacements.emplace(key_of(own_read_[i]), leaves.back());
      }
      if (stacks) loop.sequences = static_cast<int>(inputs.size()) - loop.carried;
    }
    if (loop.sequences == 0) loop.length = length_;
    Graph graph{leaves, {}};
    for (const Carried& c : loop_carried_) graph.outputs.push_back(c.next);
    graph.outputs.insert(graph.outputs.end(), stacked_.values().begin(), stacked_.values().end());
    graph.outputs = rewrite(graph.outputs, replacements, reapply);
    transpose_before_loop(graph, static_cast<std::size_t>(loop.carried + loop.sequences), inputs);
    loop.body = std::make_shared<Graph>(std::move(graph));
    results_ = apply_all(loop, std::move(inputs));
  }

  // A product with a transposed invariant would transpose it at each step.
  static void transpose_before_loop(Graph& graph, std::size_t first, std::vector<Value>& inputs) {
    ValueMap transposed;  // by leaf
    const std::size_t last = graph.inputs.size();
    const auto leaf_of = [&](const Value& value) -> Value {
      for (std::size_t i = first; i < last; ++i) {
        if (!value.is_same(graph.inputs[i]) || value.rank() != 2) continue;
        Value& leaf = transposed[key_of(value)];
        if (leaf) return leaf;
        inputs.push_back(transpose(inputs[i]));
        leaf = make_input(inputs.back().spec());
        graph.inputs.push_back(leaf);
        return leaf;
      }
      return Value();
    };
    ValueMap replacements;
    graph.outputs =
        rewrite(graph.outputs, replacements,
                [&](const std::shared_ptr<const Node>& node, const std::vector<Value>& in) {
                  const auto* matmul = node->op_as<Matmul>();
                  if (matmul != nullptr && matmul->transpose_b && !matmul->transpose_a) {
                    if (const Value leaf = leaf_of(in[1]))
                      return apply_all(Matmul{}, {in[0], leaf});
                  }
                  return reapply(node, in);
                });
  }

  // All steps of a value of the body or of the reverse body.
  Value all_steps(const Value& value) {
    if (!is_own(value)) return results_[loop_carried_.size() + stacked_.add(value)];
    for (std::size_t i = 0; i < own_read_.size(); ++i) {
      if (!value.is_same(own_read_[i])) continue;
      if (outside_[i].is_stack) return outside_[i].value;
      return broadcast_to(outside_[i].value, value.shape().inserted(0, length_));
    }
    return Value();
  }

  Value summed_after_loop(const Summand& summand, const Shape& shape) {
    const Value left = all_steps(summand.left);
    if (summand.right) {
      const Value right = all_steps(summand.right);
      const auto rows = [](const Value& x) {
        return reshape(x, {x.shape().dim(0) * x.shape().dim(1), x.shape().dim(2)});
      };
      return apply(Matmul{true, false}, {rows(left), rows(right)});
    }
    std::vector<int> axes = {0};
    for (const int axis : summand.axes) axes.push_back(axis + 1);
    return reshape(sum(left, {.axis = axes}), shape);
  }

  std::vector<Value> collect() {
    std::vector<Value> gradients(body_.inputs.size());
    for (std::size_t c = 0; c < loop_carried_.size(); ++c) {
      gradients[loop_carried_[c].input] = results_[c];
    }
    for (std::size_t i = carried(); i < first_invariant(); ++i) {
      if (gradients_[i]) gradients[i] = all_steps_of_gradient(gradients_[i]);
    }
    for (std::size_t i = first_invariant(); i < body_.inputs.size(); ++i) {
      for (const Summand& summand : summands_[i]) {
        const Value part = summed_after_loop(summand, body_.inputs[i].shape());
        gradients[i] = gradients[i] ? gradients[i] + part : part;
      }
    }
    return gradients;
  }
  // A slice's gradient is always asked from the reverse loop, also when it is a body's own value.
  Value all_steps_of_gradient(const Value& value) {
    return results_[loop_carried_.size() + stacked_.add(value)];
  }

  struct Carried {
    std::size_t input;  // of the forward body
    Value leaf, next;
  };

  const Scan& scan_;
  const GradientContext& context_;
  const Graph& body_;
  std::int64_t length_ = 0;
  std::unordered_set<const Node*> own_;      // nodes of the body whose values are kept, not redone
  std::unordered_set<const Node*> varying_;  // nodes of the body that differ from step to step
  std::vector<Value> cotangents_;            // by output of the body
  std::vector<Value> gradients_;             // by input of the body: within the loop
  std::vector<std::vector<Summand>> summands_;  // by input of the body: after the loop
  std::vector<Carried> loop_carried_;
  ValueList stacked_;
  std::vector<Value> own_read_;   // values of the body that are read
  std::size_t read_in_loop_ = 0;  // the first so many within the reverse loop
  std::vector<Outside> outside_;  // where they are
  std::vector<Value> results_;
};

}  // namespace

std::vector<Value> Scan::gradient(const GradientContext& context) const {
  if (body == nullptr) {
    throw StateError("scan: expected known sizes for a gradient, got " +
                     context.input(0).shape().to_string());
  }
  return ReverseLoop(*this, context).gradients();
}

}  // namespace antler::ops
