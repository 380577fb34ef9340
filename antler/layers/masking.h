#pragma once

#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct MaskingOptions {
  NamedOnly named_only = NamedOnly();
  double mask_value = 0;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("mask_value", self.mask_value);
  }
};

/// Leaves out the steps whose features are all `mask_value`: they become 0, and the mask tells the
/// layers behind to skip them.
///
/// Shapes   x (batch, ..., features) -> y, same shape; mask (batch, ...).
/// Errors   ShapeError for a rank below 2.
/// Source   keras.layers.Masking.
class Masking : public Layer {
 public:
  Masking(const MaskingOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
