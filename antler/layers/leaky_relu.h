#pragma once

#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct LeakyReLUOptions {
  NamedOnly named_only = NamedOnly();
  double negative_slope = 0.3;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("negative_slope", self.negative_slope);
  }
};

/// y = x where x >= 0, else negative_slope * x. The activation "leaky_relu" has the slope 0.2.
///
/// Shapes   x any -> y, same shape.
/// Errors   ValueError for a negative slope.
/// Source   keras.layers.LeakyReLU; Maas et al. (2013).
class LeakyReLU : public Layer {
 public:
  LeakyReLU(const LeakyReLUOptions& options = {});
  /// Also reads Keras 2's `alpha`.
  static Layer from_config(const Config& config);
};

}  // namespace antler
