// Losses and metrics of compile: which belong to which output, and under which name.
#include <algorithm>
#include <set>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/models/mean_tracker.h"
#include "antler/models/model_base.h"
#include "antler/models/trainer.h"

namespace antler {
namespace {

std::size_t output_index(const std::string& what, const std::string& name,
                         const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return i;
  }
  throw ValueError("compile: " + what + ": " +
                   unknown_name("output", name, {names.begin(), names.end()}));
}

}  // namespace

const std::vector<Loss>& Trainer::losses(const std::vector<Value>& y_true,
                                         const std::vector<Value>& y_pred) {
  if (losses_resolved_) return losses_;
  const CompileOptions& compiled = options();
  if (compiled.loss.empty()) {
    throw StateError(model_.shown_name() +
                     ": expected a loss; give one to compile(), for example .loss = \"mse\"");
  }
  if (y_true.size() != y_pred.size()) {
    throw ValueError(model_.shown_name() + ": expected targets for " +
                     std::to_string(y_pred.size()) + " outputs, got " +
                     std::to_string(y_true.size()));
  }
  const std::vector<std::string> names = model_.output_names();
  std::vector<LossArg> arguments(y_pred.size());
  const auto& given = compiled.loss.losses();
  if (compiled.loss.is_named()) {
    for (const auto& named : given) {
      arguments[output_index("loss", named.output, names)] = named.loss;
    }
  } else if (compiled.loss.is_single()) {
    for (LossArg& argument : arguments) argument = given[0].loss;
  } else if (given.size() == arguments.size()) {
    for (std::size_t i = 0; i < given.size(); ++i) arguments[i] = given[i].loss;
  } else {
    throw ValueError("compile: loss: expected one for each of the " +
                     std::to_string(arguments.size()) + " outputs, got " +
                     std::to_string(given.size()));
  }
  losses_.assign(y_pred.size(), Loss());
  loss_weights_.assign(y_pred.size(), 1.0);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i]) losses_[i] = arguments[i].resolve(y_true[i].spec(), y_pred[i].spec());
  }
  const auto& weights = compiled.loss_weights.weights();
  if (!compiled.loss_weights.is_named() && !weights.empty() &&
      weights.size() != loss_weights_.size()) {
    throw ValueError("compile: loss_weights: expected " + std::to_string(loss_weights_.size()) +
                     " numbers, got " + std::to_string(weights.size()));
  }
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::size_t output = compiled.loss_weights.is_named()
                                   ? output_index("loss_weights", weights[i].first, names)
                                   : i;
    loss_weights_[output] = weights[i].second;
  }
  if (losses_.size() > 1) {
    for (const std::string& name : names) {
      output_loss_trackers_.push_back(std::make_shared<MeanTracker>(name + "_loss"));
    }
  }
  losses_resolved_ = true;
  list_metrics();
  return losses_;
}

void Trainer::track_loss(StepContext& context, const Value& loss) {
  loss_tracker_->add(loss, static_cast<double>(context.batch_size()), context.updates());
}

void Trainer::track_output_loss(StepContext& context, std::size_t output, const Value& loss) {
  if (output_loss_trackers_.empty()) return;
  output_loss_trackers_[output]->add(loss, static_cast<double>(context.batch_size()),
                                     context.updates());
}

// In the order of the outputs, however they were given.
void Trainer::add_output_metrics(const MetricsArg& argument, bool weighted,
                                 const std::vector<Value>& y_true,
                                 const std::vector<Value>& y_pred) {
  const char* what = weighted ? "weighted_metrics" : "metrics";
  const std::vector<std::string> names = model_.output_names();
  std::vector<std::vector<MetricArg>> of_outputs(y_pred.size());
  if (argument.is_named()) {
    for (const MetricsArg::Named& entry : argument.metrics()) {
      auto& of_output = of_outputs[output_index(what, entry.output, names)];
      of_output.insert(of_output.end(), entry.metrics.begin(), entry.metrics.end());
    }
  } else if (!argument.empty()) {
    of_outputs = argument.in_order(what, y_pred.size());
  }
  for (std::size_t i = 0; i < std::min(y_pred.size(), y_true.size()); ++i) {
    for (const MetricArg& metric : of_outputs[i]) {
      output_metrics_.push_back({i, metric.resolve(y_true[i].spec(), y_pred[i].spec()), weighted});
    }
  }
}

void Trainer::resolve_metrics(const std::vector<Value>& y_true, const std::vector<Value>& y_pred) {
  if (metrics_resolved_) return;
  add_output_metrics(options().metrics, false, y_true, y_pred);
  add_output_metrics(options().weighted_metrics, true, y_true, y_pred);
  metrics_resolved_ = true;
  list_metrics();
}

void Trainer::update_compiled_metrics(StepContext& context, const std::vector<Value>& y_pred) {
  if (context.y.empty()) return;
  resolve_metrics(context.y, y_pred);
  for (const OutputMetric& entry : output_metrics_) {
    context.update_metric(
        entry.metric, context.y[entry.output], y_pred[entry.output],
        entry.weighted ? weight_of_output(context.sample_weight, entry.output) : Value());
  }
}

// The order: loss, the losses of single outputs, the user's own, then compile's metrics. With
// several outputs a metric is named after its output. As in Keras, a weighted one whose name is
// taken becomes weighted_<name>, and equal names are numbered.
void Trainer::list_metrics() {
  metrics_.clear();
  metric_names_.clear();
  const auto list = [&](const Metric& metric, const std::string& name) {
    std::string unique = name;
    const auto is_taken = [&] {
      return std::find(metric_names_.begin(), metric_names_.end(), unique) != metric_names_.end();
    };
    for (int i = 1; is_taken(); ++i) unique = name + "_" + std::to_string(i);
    metrics_.push_back(metric);
    metric_names_.push_back(unique);
  };
  list(Metric(loss_tracker_), "loss");
  for (const auto& tracker : output_loss_trackers_) list(Metric(tracker), tracker->name());
  for (const Metric& metric : own_metrics_) list(metric, metric.name());
  const std::vector<std::string> outputs = model_.output_names();
  std::set<std::string> given;
  for (const OutputMetric& entry : output_metrics_) {
    const std::string prefix = outputs.size() > 1 ? outputs[entry.output] + "_" : "";
    std::string name = prefix + entry.metric.name();
    if (entry.weighted && given.contains(name)) name = prefix + "weighted_" + entry.metric.name();
    given.insert(name);
    list(entry.metric, name);
  }
  results_program_.reset();
}

}  // namespace antler
