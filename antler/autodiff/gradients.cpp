#include "antler/autodiff/gradients.h"

#include <string>
#include <unordered_set>

#include "antler/core/error.h"
#include "antler/graph/gradient_context.h"
#include "antler/graph/origin.h"
#include "antler/graph/rewrite.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/reshape.h"
#include "antler/ops/sum.h"

namespace antler {
namespace {

// Undoes broadcasting: sums a gradient over the axes along which the value was stretched.
Value sum_to_shape(const Value& gradient, const Shape& shape) {
  if (gradient.shape() == shape) return gradient;
  std::vector<int> axes;
  const int extra = gradient.rank() - shape.rank();
  for (int axis = 0; axis < gradient.rank(); ++axis) {
    if (axis < extra || (shape.dim(axis - extra) == 1 && gradient.shape().dim(axis) != 1)) {
      axes.push_back(axis);
    }
  }
  return ops::reshape(axes.empty() ? gradient : ops::sum(gradient, {.axis = axes}), shape);
}

class NodeGradientContext final : public GradientContext {
 public:
  NodeGradientContext(std::shared_ptr<const Node> node, std::vector<Value> output_gradients,
                      std::vector<bool> needs)
      : GradientContext(std::move(node)),
        output_gradients_(std::move(output_gradients)),
        needs_(std::move(needs)) {}

  const Value& output_gradient(int i) const override {
    return output_gradients_[static_cast<std::size_t>(i)];
  }
  bool needs(int i) const override { return needs_[static_cast<std::size_t>(i)]; }

  // The body's leaves are its own, so no path outside the body is walked.
  std::vector<Value> differentiate(const Graph& body) const override {
    std::vector<Value> cotangents;
    for (std::size_t i = 0; i < body.outputs.size(); ++i) {
      cotangents.push_back(output_gradient(static_cast<int>(i)));
    }
    const std::vector<Value> inner = vector_jacobian_product(body.outputs, cotangents, body.inputs);
    return inline_graph({body.inputs, inner}, node().inputs());
  }

 private:
  std::vector<Value> output_gradients_;
  std::vector<bool> needs_;
};

class ReverseMode {
 public:
  ReverseMode(std::span<const Value> outputs, std::span<const Value> wrt)
      : order_(topological_order(outputs)) {
    for (const Value& w : wrt) wanted_.emplace(key_of(w), true);
    for (const auto& node : order_) mark(*node);
  }

  void add(const Value& value, const Value& gradient) {
    if (!gradient || !leads_to_wanted(value)) return;
    const Value whole = sum_to_shape(gradient, value.shape());
    const auto [entry, is_new] = totals_.try_emplace(key_of(value), whole);
    if (!is_new) entry->second = entry->second + whole;
  }

  void run() {
    for (std::size_t i = order_.size(); i-- > 0;) visit(order_[i]);
  }

  Value total(const Value& value) const {
    const auto found = totals_.find(key_of(value));
    return found == totals_.end() ? Value() : found->second;
  }

 private:
  bool leads_to_wanted(const Value& value) const {
    return is_floating(value.dtype()) &&
           (reaching_.count(&value.node()) > 0 || wanted_.count(key_of(value)) > 0);
  }

  void mark(const Node& node) {
    for (const Value& input : node.inputs()) {
      if (leads_to_wanted(input)) {
        reaching_.insert(&node);
        return;
      }
    }
  }

  void visit(const std::shared_ptr<const Node>& node) {
    if (reaching_.count(node.get()) == 0) return;
    std::vector<Value> output_gradients;
    bool any = false;
    for (std::size_t i = 0; i < node->outputs().size(); ++i) {
      output_gradients.push_back(total({node, static_cast<int>(i)}));
      any = any || output_gradients.back();
    }
    if (!any) return;
    if (!node->op().is_differentiable()) {
      throw ValueError(std::string(node->op().name()) +
                       ": has no gradient; put ops::stop_gradient around it if none is wanted");
    }
    std::vector<bool> needs;
    for (const Value& input : node->inputs()) needs.push_back(leads_to_wanted(input));
    const OriginScope same(*node);
    const NodeGradientContext context(node, std::move(output_gradients), needs);
    const std::vector<Value> inputs = node->op().gradient(context);
    for (std::size_t i = 0; i < inputs.size(); ++i) add(node->inputs()[i], inputs[i]);
  }

  std::vector<std::shared_ptr<const Node>> order_;
  ValueTable<bool> wanted_;
  std::unordered_set<const Node*> reaching_;  // nodes that depend on something wanted
  ValueMap totals_;
};

}  // namespace

std::vector<Value> vector_jacobian_product(std::span<const Value> outputs,
                                           std::span<const Value> cotangents,
                                           std::span<const Value> wrt) {
  ReverseMode reverse(outputs, wrt);
  for (std::size_t i = 0; i < outputs.size(); ++i) reverse.add(outputs[i], cotangents[i]);
  reverse.run();
  std::vector<Value> results;
  for (const Value& w : wrt) results.push_back(reverse.total(w));
  return results;
}

std::vector<Value> gradients(const Value& loss, std::span<const Value> wrt) {
  if (loss.rank() != 0) {
    throw ShapeError("gradients: expected a scalar loss, got " + loss.shape().to_string() +
                     "; reduce it with ops::mean or ops::sum");
  }
  if (!is_floating(loss.dtype())) {
    throw TypeError("gradients: expected a float loss, got " + std::string(name(loss.dtype())));
  }
  const Value one(Tensor::ones({}, loss.dtype()));
  return vector_jacobian_product(std::span(&loss, 1), std::span(&one, 1), wrt);
}

std::vector<Value> gradients(const Value& loss, const std::vector<Variable>& wrt) {
  std::vector<Value> values;
  for (const Variable& variable : wrt) values.push_back(variable.value());
  return gradients(loss, values);
}

}  // namespace antler
