#pragma once

#include <string>

#include "antler/core/named_only.h"
#include "antler/models/arguments.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

/// compile's arguments, as Keras'; and what is ours.  Source  keras.Model.compile.
struct CompileOptions {
  NamedOnly named_only = NamedOnly();
  OptimizerArg optimizer = "rmsprop";
  LossesArg loss = {};
  LossWeightsArg loss_weights = {};
  MetricsArg metrics = {};
  MetricsArg weighted_metrics = {};
  /// Cross-entropies of probabilities are computed from the logits behind them, and logarithms of
  /// probabilities take their stable forms. Off: the numbers of Keras on JAX, clipped at 1e-7.
  bool stable_rewrites = true;
  /// "cpu" or "reference".
  std::string backend = "cpu";
};

}  // namespace antler
