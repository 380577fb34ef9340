#pragma once

#include <optional>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct ReLUOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<double> max_value = {};
  double negative_slope = 0.0;
  double threshold = 0.0;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("max_value", self.max_value);
    field("negative_slope", self.negative_slope);
    field("threshold", self.threshold);
  }
};

/// y = min(x, max_value) where x > threshold, negative_slope * (x - threshold) elsewhere; with the
/// defaults max(x, 0).
///
/// Options  max_value: no limit without one. None may be negative.
/// Shapes   x any -> y, same shape.
/// Errors   ValueError for a negative option.
/// Source   keras.layers.ReLU.
class ReLU : public Layer {
 public:
  ReLU(const ReLUOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
