#pragma once

#include <string>

#include "antler/layers/array_arg.h"
#include "antler/layers/layer.h"

namespace antler {

struct RescalingOptions {
  NamedOnly named_only = NamedOnly();
  ArrayArg offset = 0.0;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("offset", self.offset);
  }
};

/// y = x * scale + offset, in the layer's dtype: images of bytes become numbers.
///
/// Options  scale, offset: a number each, or one for each position of the last axis.
/// Shapes   x (batch, ...) -> y, same shape.  Types  x any.
/// Errors   ShapeError when x has another last axis than a list.
/// Source   keras.layers.Rescaling.
class Rescaling : public Layer {
 public:
  Rescaling(const ArrayArg& scale, const RescalingOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
