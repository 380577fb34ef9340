#include "antler/metrics/hinge.h"

#include "antler/losses/hinge.h"
#include "antler/metrics/mean_of_loss.h"

namespace antler::metrics {

Hinge::Hinge(const MetricOptions& options)
    : Metric(mean_of_loss("Hinge", losses::hinge, options)) {}

SquaredHinge::SquaredHinge(const MetricOptions& options)
    : Metric(mean_of_loss("SquaredHinge", losses::squared_hinge, options)) {}

CategoricalHinge::CategoricalHinge(const MetricOptions& options)
    : Metric(mean_of_loss("CategoricalHinge", losses::categorical_hinge, options)) {}

}  // namespace antler::metrics
