#pragma once

#include <string>

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"
#include "antler/metrics/metric.h"

namespace antler::metrics {

struct MeanMetricWrapperOptions {
  NamedOnly named_only = NamedOnly();
  std::string name = "mean_metric_wrapper";
  static void visit(auto& self, auto&& field) { field("name", self.name); }
};

/// The mean of a function of labels and predictions over samples.
///
/// Options  fn: a function of (y_true, y_pred) that gives one value a sample, or several, which are
///          averaged first; the name of a loss function ("huber"), for its values before reduction;
///          or a Loss, whose one number a batch counts as one sample.
/// Shapes   what fn takes.
/// Errors   what fn reports; ValueError for a name that is no loss function's; StateError for the
///          config of a user's function.
/// Source   keras.metrics.MeanMetricWrapper.
class MeanMetricWrapper : public Metric {
 public:
  MeanMetricWrapper(const LossArg& fn, const MeanMetricWrapperOptions& options = {});
  /// Beside fn and name, the config may hold arguments of the loss function.
  static Metric from_config(const Config& config);
};

}  // namespace antler::metrics
