#pragma once

#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct ReshapeOptions {
  NamedOnly named_only = NamedOnly();
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) { visit_common(self, field); }
};

/// Each example's elements in row-major order under another shape.
///
/// Options  target_shape: without the batch axis; one size may be None (or -1): it follows from the
///          others.
/// Shapes   x (batch, ...) -> y (batch, ...target_shape).
/// Errors   ValueError for several None; ShapeError when the element counts differ.
/// Source   keras.layers.Reshape.
class Reshape : public Layer {
 public:
  Reshape(const Shape& target_shape, const ReshapeOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
