#pragma once

#include <optional>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/models/callback.h"

namespace antler {

struct LearningRateFinderOptions {
  NamedOnly named_only = NamedOnly();
  double min_lr = 1e-7;
  double max_lr = 10.0;
  int batches = 100;
  double smoothing = 0.9;
  double stop_factor = 4.0;
};

/// Finds a learning rate: raises it exponentially from batch to batch, watches the loss, and puts
/// the model back as it was when fit ends.
///
///   LearningRateFinder finder;
///   model.fit(x, y, {.epochs = 5, .callbacks = {finder}});
///   Optimizer optimizer = model.optimizer();
///   optimizer.set_learning_rate(finder.suggestion().value());
///
/// Batch i of n is trained with min_lr (max_lr / min_lr)^(i / (n - 1)); its loss l is smoothed as
/// s = smoothing s + (1 - smoothing) l, divided by 1 - smoothing^(i + 1). The sweep ends after n
/// batches, or when s is over stop_factor times the least so far or not finite. The suggestion is
/// the rate about which s falls most within a twentieth of the sweep, before its least, less the
/// smoothing / (1 - smoothing) batches by which s comes late; the first tenth does not count, since s
/// has hardly been smoothed there.
///
/// Options  batches: n, or those that fit has if they are fewer (and known); smoothing: in [0, 1).
/// Errors   ValueError for options out of range; StateError for a model that is not built, or an
///          optimizer with a schedule.
/// Source   Smith (2017), arXiv:1506.01186; Keras has none.
class LearningRateFinder : public Callback {
 public:
  LearningRateFinder(const LearningRateFinderOptions& options = {});

  /// Nothing when the loss never fell.
  std::optional<double> suggestion() const;
  /// One entry a batch: the rates, the losses, the smoothed losses.
  const std::vector<double>& rates() const;
  const std::vector<double>& losses() const;
  const std::vector<double>& smoothed_losses() const;
};

}  // namespace antler
