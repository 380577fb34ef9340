#pragma once

#include "antler/metrics/metric.h"
#include "antler/metrics/metric_options.h"

// The means of the losses of these names, with their shapes, types and errors.
namespace antler::metrics {

/// The mean of max(1 - y p, 0), with labels -1 and 1; 0 and 1 are taken for those.
///
/// Source  keras.metrics.Hinge.
class Hinge : public Metric {
 public:
  Hinge(const MetricOptions& options = {});
};

/// The mean of max(1 - y p, 0)^2, with labels as Hinge.
///
/// Source  keras.metrics.SquaredHinge.
class SquaredHinge : public Metric {
 public:
  SquaredHinge(const MetricOptions& options = {});
};

/// The mean of max(1 + the largest p of a wrong class - p of the right one, 0), with one-hot
/// labels.
///
/// Source  keras.metrics.CategoricalHinge.
class CategoricalHinge : public Metric {
 public:
  CategoricalHinge(const MetricOptions& options = {});
};

}  // namespace antler::metrics
