#pragma once

#include <cstdint>
#include <string>

#include "antler/core/tensor.h"
#include "antler/graph/value.h"

namespace antler {

class LayerBase;

/// What callbacks want to see of a training step beyond its logs: another program for each choice.
struct Probes {
  bool finite = false;  // where a value stops being finite
  bool norms = false;   // of weights, gradients and updates, and which ReLU units are active
  bool any() const { return finite || norms; }
  bool operator==(const Probes&) const = default;
};

/// One value that a program gives out beside its work, and what was read of it in the last step.
struct Probe {
  enum class Kind : std::uint8_t {
    finite,    // bool: whether all of it is
    weight,    // float32: sums of squares, by the variable's path
    gradient,  //
    update,    //
    active,    // bool for each unit of a layer: whether it was above 0 for some example
  };
  Kind kind;
  std::string name;
  Value value;
  Tensor read = {};
};

/// Whether a layer ends in relu: a unit that is 0 for all examples gets no gradient then.
bool ends_in_relu(const LayerBase& layer);

}  // namespace antler
