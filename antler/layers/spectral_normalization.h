#pragma once

#include <cstdint>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct SpectralNormalizationOptions {
  NamedOnly named_only = NamedOnly();
  std::int64_t power_iterations = 1;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("power_iterations", self.power_iterations);
  }
};

/// A layer whose kernel is divided by its largest singular value in each call in training:
///
///   SpectralNormalization(Dense(10))
///
/// Options  layer: one with a weight "kernel" or "embeddings"; power_iterations: steps a call of
///          the iteration that finds the singular value, which goes on from call to call.
/// Shapes   those of the layer; weights: its own, and vector_u (1, last size of the kernel).
/// Errors   ValueError for power_iterations < 1, and for a layer without such a weight.
/// Source   keras.layers.SpectralNormalization; Miyato et al. (2018), arXiv:1802.05957.
class SpectralNormalization : public Layer {
 public:
  SpectralNormalization(const Layer& layer, const SpectralNormalizationOptions& options = {});
};

}  // namespace antler
