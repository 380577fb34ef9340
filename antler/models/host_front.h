#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "antler/graph/value.h"

namespace antler {

class HostLayer;

/// The part of a model that runs on the host: its HostLayers, which read the inputs. The program
/// begins with what they make.
class HostFront {
 public:
  HostFront() = default;
  /// Finds the calls of HostLayers between symbolic values. Errors: StateError naming a layer that
  /// does not stand at the inputs, TypeError naming an input of strings that another layer reads.
  HostFront(const std::vector<Value>& inputs, const std::vector<Value>& outputs);

  /// Whether there is no such layer: the program takes the inputs themselves.
  bool empty() const { return steps_.empty(); }
  /// The symbolic values that the program takes in place of the inputs.
  const std::vector<Value>& fed() const { return fed_; }
  /// Those values for one batch of inputs.
  std::vector<Tensor> run(const std::vector<Tensor>& inputs) const;

 private:
  struct Step {
    std::shared_ptr<const HostLayer> layer;
    std::vector<std::size_t> inputs;  // among the model's inputs and the results of earlier steps
  };

  std::vector<Step> steps_;
  std::vector<Value> fed_;
  std::vector<std::size_t> fed_places_;
};

}  // namespace antler
