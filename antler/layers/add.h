#pragma once

#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct AddOptions {
  NamedOnly named_only = NamedOnly();
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) { visit_common(self, field); }
};

/// The elementwise sum of several inputs: Add()({a, b}).
///
/// Shapes   (batch, ...) each; sizes of 1 stretch, missing axes are put in after the batch axis.
///          Its mask holds where any input's does, if all have one.
/// Errors   ShapeError for shapes that do not broadcast.
/// Source   keras.layers.Add.
class Add : public Layer {
 public:
  Add(const AddOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
