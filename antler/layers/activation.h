#pragma once

#include <string>

#include "antler/activations/activation.h"
#include "antler/layers/layer.h"

namespace antler {

struct ActivationOptions {
  NamedOnly named_only = NamedOnly();
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) { visit_common(self, field); }
};

/// An activation as a layer: y = activation(x), elementwise or along the last axis.
///
/// Options  activation: a name ("relu"), or a function of a Value, which no file can hold.
/// Shapes   x any -> y, same shape.
/// Errors   ValueError for an unknown name, with the nearest one.
/// Source   keras.layers.Activation.
class Activation : public Layer {
 public:
  Activation(const ActivationArg& activation, const ActivationOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
