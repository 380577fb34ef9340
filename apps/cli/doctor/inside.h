#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "antler/core/tensor.h"

namespace antler::cli {

struct Patient;

/// What a layer gives for the sampled examples.
struct LayerOutput {
  std::string name, class_name;
  /// See activation_of.
  std::string activation = {};
  Tensor values = {};
  /// The root mean square of the loss's gradient by them; 0 for layers without weights.
  double slope = 0;
  bool is_last = false;
  std::string place() const { return name + " (" + class_name + ")"; }
};

/// The loss's gradient by all trainable weights of a layer.
struct LayerGradient {
  std::string layer;
  std::int64_t elements = 0;
  double squares = 0;
  /// The root mean square: comparable between layers of different sizes.
  double size() const;
};

/// One pass forward and back over the sampled examples, as in inference.
struct Inside {
  double loss = 0;
  std::vector<LayerOutput> layers;
  std::vector<LayerGradient> gradients;
};

Inside look_inside(const Patient& patient);

}  // namespace antler::cli
