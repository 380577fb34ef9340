#pragma once

#include "antler/metrics/metric.h"
#include "antler/metrics/metric_options.h"

// The means of the losses of these names, with their shapes, types and errors.
namespace antler::metrics {

/// The mean of sum y log(y / p) of probabilities, which are clipped to [1e-7, 1].
///
/// Source  keras.metrics.KLDivergence.
class KLDivergence : public Metric {
 public:
  KLDivergence(const MetricOptions& options = {});
};

/// The mean of p - y log(p + 1e-7).
///
/// Source  keras.metrics.Poisson.
class Poisson : public Metric {
 public:
  Poisson(const MetricOptions& options = {});
};

}  // namespace antler::metrics
