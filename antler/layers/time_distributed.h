#pragma once

#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct TimeDistributedOptions {
  NamedOnly named_only = NamedOnly();
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) { visit_common(self, field); }
};

/// A layer applied to each time step alone: y[:, t] = layer(x[:, t]), all steps at once; one after
/// the other where a layer in it is stateful, whose states then go on from step to step.
///
/// Shapes   x (batch, time, ...) -> y (batch, time, ...). Weights: those of the layer.
/// Masks    (batch, time, ...): axes behind time go to the layer; the mask goes on.
/// Errors   ShapeError for an input of rank below 3.
/// Source   keras.layers.TimeDistributed. A layer that looks across examples (BatchNormalization in
///          training) sees those of all steps together, where Keras gives it one step at a time.
class TimeDistributed : public Layer {
 public:
  TimeDistributed(const Layer& layer, const TimeDistributedOptions& options = {});
};

}  // namespace antler
