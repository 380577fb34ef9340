#pragma once

#include <string_view>

#include "antler/metrics/metric.h"
#include "antler/metrics/metric_options.h"

namespace antler::metrics {

/// The mean of a loss before its reduction, which is better when it is smaller. An empty name
/// becomes that of the class.
Metric mean_of_loss(std::string_view class_name,
                    Value (*loss)(const Value& y_true, const Value& y_pred),
                    const MetricOptions& options);

}  // namespace antler::metrics
