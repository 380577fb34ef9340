#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct DropoutOptions {
  NamedOnly named_only = NamedOnly();
  Shape noise_shape = {};  // of rank 0: x's
  std::optional<std::int64_t> seed = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("seed", self.seed);
  }
};

/// In training y = x / (1 - rate) with probability 1 - rate, else 0; elsewhere y = x.
///
/// Options  rate: in [0, 1]; noise_shape: sizes of the random mask, 1 where one draw holds along an
///          axis, None for x's size; seed: this layer's own, else the model's. The mask follows
///          from the seed, the number of the draw and the training step alone.
/// Shapes   x any -> y, same shape.
/// Errors   ValueError for a rate outside [0, 1] or a noise_shape with a size of 0; ShapeError for
///          one that does not fit x.
/// Source   keras.layers.Dropout; Srivastava et al. (2014).
class Dropout : public Layer {
 public:
  Dropout(double rate, const DropoutOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
