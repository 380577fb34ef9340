#pragma once

#include <string>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/graph/updates.h"

namespace antler {

/// What a program is made from: values to compute from inputs, and variables to change.
struct Computation {
  std::vector<Value> inputs;   // input leaves, all shapes known
  std::vector<Value> outputs;
  std::vector<Assignment> assignments;

  /// Outputs, then assigned values: the roots of the graph.
  std::vector<Value> roots() const;
  /// The same with other roots.
  Computation with_roots(const std::vector<Value>& roots) const;
};

struct ProgramOptions {
  NamedOnly named_only = NamedOnly();
  /// "cpu" or "reference".
  std::string backend = "cpu";
  /// log(softmax(z)), log(sigmoid(z)) and log(1 - sigmoid(z)) become their stable forms.
  bool stable_rewrites = true;
  /// Whether kernels are fused where the backend can; off for looking inside.
  bool fuse = true;
};

}  // namespace antler
