#include <fmt/format.h>

#include "antler/models/trainer.h"
#include "apps/cli/doctor/checks.h"

namespace antler::cli {
namespace {

struct Threshold {
  std::string measured, change;
};

// The first number of a threshold, or of a list of them.
double first_number(const Config& config) {
  if (config.is_number()) return config.as_number();
  return config.is_list() && config.size() > 0 ? first_number(config[0]) : 0.5;  // null: 0.5
}

// A metric's threshold for probabilities; none for other metrics.
std::optional<Threshold> threshold_of(const MetricBase& metric) {
  const std::string_view kind = metric.class_name();
  const Config config = metric.get_config();
  if (kind == "AUC" && !config.at("from_logits").as_bool()) {
    return Threshold{"thresholds from 0 to 1", "give it from_logits=true"};
  }
  const bool takes_probabilities =
      kind == "BinaryAccuracy" || kind == "Precision" || kind == "Recall";
  if (!takes_probabilities) return std::nullopt;
  const char* key = kind == "BinaryAccuracy" ? "threshold" : "thresholds";
  const double value = first_number(config.at(key));
  if (value <= 0 || value >= 1) return std::nullopt;
  return Threshold{
      fmt::format("threshold {:g}", value),
      fmt::format("compile with {}({}=0): a logit over 0 is a probability over 0.5", kind, key)};
}

}  // namespace

std::vector<Finding> check_metrics(const Patient& patient) {
  const bool is_logit = patient.activation == "linear" && patient.from_logits().value_or(false);
  if (!is_logit) return {};
  patient.model().test_on_batch(patient.sample_x, patient.sample_y);  // which makes the metrics
  std::vector<Finding> findings;
  for (const Metric& metric : patient.model().model_base().trainer().metrics()) {
    const std::string_view kind = metric.base().class_name();
    if (kind != "BinaryAccuracy" && kind != "Precision" && kind != "Recall" && kind != "AUC") {
      continue;
    }
    const std::optional<Threshold> threshold = threshold_of(metric.base());
    if (!threshold) continue;
    findings.push_back({.kind = "metric_on_logits",
                        .place = fmt::format("{} ({})", metric.name(), kind),
                        .measured = fmt::format("{} on the logits of {}", threshold->measured,
                                                patient.last_place()),
                        .meaning = "logits are no probabilities, and 0.5 is no even chance there: "
                                   "the metric is wrong, the training is not",
                        .change = threshold->change});
  }
  return findings;
}

}  // namespace antler::cli
