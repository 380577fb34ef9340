#include "antler/metrics/divergence.h"

#include "antler/losses/divergence.h"
#include "antler/metrics/mean_of_loss.h"

namespace antler::metrics {

KLDivergence::KLDivergence(const MetricOptions& options)
    : Metric(mean_of_loss("KLDivergence", losses::kl_divergence, options)) {}

Poisson::Poisson(const MetricOptions& options)
    : Metric(mean_of_loss("Poisson", losses::poisson, options)) {}

}  // namespace antler::metrics
