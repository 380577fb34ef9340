#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/models/callback.h"

namespace antler {

struct GradientMonitorOptions {
  NamedOnly named_only = NamedOnly();
  double vanishing = 1e-4;
  double exploding = 1e3;
  double large_update = 0.2;
  double dead_units = 0.2;
};

/// What a layer did in one epoch: Euclidean norms over its trainable weights, means over the steps.
struct LayerGradients {
  std::string layer;
  double weight_norm = 0;
  double gradient_norm = 0;  // before clipping
  double update_norm = 0;    // of what a step added
  std::int64_t elements = 0;
  std::int64_t relu_units = 0;  // 0: it does not end in relu
  std::int64_t dead_units = 0;  // of these, 0 for every example of the epoch
};

/// Watches the gradients of every layer and says in words what looks wrong: no gradient, one that
/// vanishes or explodes, steps that are too large, dead ReLU units. Training programs then carry
/// probes; a step without this callback pays nothing, and the numbers of training stay the same.
///
///   GradientMonitor monitor;
///   model.fit(x, y, {.epochs = 5, .callbacks = {monitor}});
///   std::puts(monitor.report().c_str());
///
/// Options  a warning comes when, in the mean of an epoch, vanishing: a layer's gradient an element
///          is below this share of the largest layer's; exploding: the norm of its gradient is
///          above this; large_update: a step changes the weights by more than this share of their
///          norm; dead_units: more than this share of its ReLU units are dead.
/// Errors   ValueError for an option that is not positive.
/// Source   none in Keras; the words follow Glorot and Bengio (2010) and Lu et al. (2019).
class GradientMonitor : public Callback {
 public:
  GradientMonitor(const GradientMonitorOptions& options = {});

  /// The layers in the model's order, in the last epoch.
  const std::vector<LayerGradients>& layers() const;
  /// Each with the first epoch in which it was seen; also shown when fit's verbose is not 0.
  const std::vector<std::string>& warnings() const;
  /// layers() as a table.
  std::string report() const;
};

}  // namespace antler
