#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "antler/graph/graph.h"
#include "antler/graph/node.h"

namespace antler {

/// What an op's gradient rule sees of the node it differentiates.
class GradientContext {
 public:
  virtual ~GradientContext() = default;

  const Value& input(int i) const { return node().inputs()[static_cast<std::size_t>(i)]; }
  int input_count() const { return static_cast<int>(node().inputs().size()); }
  Value output(int i) const { return {shared_node_, i}; }
  /// The derivative of the loss by output i; empty when the loss does not use that output.
  virtual const Value& output_gradient(int i) const = 0;
  /// Whether the gradient of input i is wanted: rules may leave it empty otherwise.
  virtual bool needs(int i) const = 0;
  const Node& node() const { return *shared_node_; }

  /// The gradients of a body graph's inputs, by reverse mode over the body: for ops that hold one.
  virtual std::vector<Value> differentiate(const Graph& body) const = 0;

 protected:
  explicit GradientContext(std::shared_ptr<const Node> node) : shared_node_(std::move(node)) {}

 private:
  std::shared_ptr<const Node> shared_node_;
};

}  // namespace antler
