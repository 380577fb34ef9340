#pragma once

#include <string>
#include <vector>

#include "antler/metrics/metric.h"

namespace antler::metrics {

/// A new metric of a class name, snake_case name or alias, which also becomes the metric's name.
/// "accuracy" is here the class Accuracy: see MetricArg for what it means beside a model.
///
/// Errors  ValueError for an unknown name, with the nearest one.  Source  keras.metrics.get.
Metric get(const std::string& name);

/// A new metric of a class name and its get_config. Errors: ValueError for an unknown class or key.
Metric from_config(const std::string& class_name, const Config& config);

/// get_config of a class with its default arguments, which files may leave out; empty for a class
/// that has arguments without a default.
Config default_config(const std::string& class_name);

/// All names that get() and MetricArg take.
std::vector<std::string> names();

}  // namespace antler::metrics
