#include "antler/core/error.h"
#include "antler/core/serialized.h"
#include "antler/losses/by_shape.h"
#include "antler/metrics/catalog.h"
#include "antler/metrics/metric.h"

namespace antler {
namespace {

bool is_accuracy(std::string_view name) {
  return losses::equals_ignoring_case(name, "accuracy") ||
         losses::equals_ignoring_case(name, "acc");
}

std::string class_by_shape(const std::string& name, losses::LabelKind kind) {
  const std::string noun = is_accuracy(name) ? "Accuracy" : "Crossentropy";
  switch (kind) {
    case losses::LabelKind::binary:
      return "Binary" + noun;
    case losses::LabelKind::sparse:
      return "SparseCategorical" + noun;
    case losses::LabelKind::categorical:
      break;
  }
  return "Categorical" + noun;
}

}  // namespace

MetricArg::MetricArg(const std::string& name) : name_(name) {
  if (!is_accuracy(name) && !losses::is_crossentropy(name)) metrics::get(name);
}

Metric MetricArg::resolve(const TensorSpec& y_true, const TensorSpec& y_pred) const {
  if (metric_) return metric_;
  if (!is_accuracy(name_) && !losses::is_crossentropy(name_)) return metrics::get(name_);
  return metrics::from_config(class_by_shape(name_, losses::label_kind(y_true, y_pred)),
                              Config::map({{"name", name_}}));
}

Config to_config(const MetricArg& metric) {
  return metric.given_name().empty() ? to_config(metric.object()) : Config(metric.given_name());
}

Metric Metric::from_config(const Config& config) {
  if (config.is_string()) return metrics::get(config.as_string());
  const SerializedObject object = parse_serialized("metric", config);
  if (object.class_name == "function" && object.config.is_string()) {
    throw ValueError("metric: expected a built-in metric, got the function \"" +
                     object.config.as_string() + "\", whose code the file does not hold");
  }
  return metrics::from_config(object.class_name, object.config);
}

MetricArg metric_from_config(const Config& config) {
  if (config.is_string()) return MetricArg(config.as_string());
  return MetricArg(Metric::from_config(config));
}

}  // namespace antler
