#include "antler/models/step_context.h"

#include <optional>

#include "antler/autodiff/gradients.h"
#include "antler/core/error.h"
#include "antler/models/model_base.h"
#include "antler/models/trainer.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/finite.h"
#include "antler/ops/max_min.h"
#include "antler/ops/sum.h"

namespace antler {

Value weight_of_output(const std::vector<Value>& sample_weight, std::size_t output) {
  if (sample_weight.empty()) return {};
  return sample_weight.size() == 1 ? sample_weight[0] : sample_weight.at(output);
}

StepContext::StepContext(Trainer& trainer, const CallOptions& options)
    : trainer_(trainer), call_(options) {}

StepContext::~StepContext() = default;

LossContext StepContext::loss_context() const {
  return {.stable_rewrites = trainer_.options().stable_rewrites};
}

std::int64_t StepContext::batch_size() const { return x.empty() ? 0 : x[0].shape().dim(0); }

const Optimizer& StepContext::optimizer() const { return trainer_.optimizer(); }

std::vector<Variable> StepContext::trainable_weights() const {
  return Layer(trainer_.model().shared_from_this()).trainable_weights();
}

void StepContext::minimize(const Value& loss) { minimize(loss, trainable_weights(), optimizer()); }

void StepContext::minimize(const Value& loss, const std::vector<Variable>& weights,
                           const Optimizer& optimizer) {
  if (loss.rank() != 0) {
    throw ShapeError(trainer_.model().shown_name() + ": expected a scalar loss, got " +
                     loss.shape().to_string() + "; give the loss another reduction than \"none\"");
  }
  OptimizerBase& base = optimizer.base();
  base.build(weights);
  const std::vector<Value> slopes = gradients(base.scale_loss(loss), weights);
  for (std::size_t i = 0; probes_wanted.finite && i < slopes.size(); ++i) {
    if (slopes[i]) probe_finite("the gradient of " + weights[i].path(), slopes[i]);
  }
  base.apply(slopes, updates(), updating);
  if (probes_wanted.norms) {
    probe_norms(weights, slopes, base.common().loss_scale_factor.value_or(1));
  }
}

void StepContext::track_loss(const Value& loss) { trainer_.track_loss(*this, loss); }

void StepContext::update_metrics(const std::vector<Value>& y_pred) {
  trainer_.update_compiled_metrics(*this, y_pred);
}

void StepContext::update_metric(const Metric& metric, const Value& y_true, const Value& y_pred,
                                const Value& weight) {
  metric.base().ensure_built(y_true, y_pred);
  metric.base().update_state(y_true, y_pred, weight, updates());
}

void StepContext::probe_finite(std::string name, const Value& value) {
  probes_.push_back({Probe::Kind::finite, std::move(name), ops::all(ops::isfinite(value))});
}

void StepContext::probe_layer(const LayerBase& layer, const Value& output) {
  if (!is_floating(output.dtype())) return;
  if (probes_wanted.finite) probe_finite(layer.name(), output);
  if (!probes_wanted.norms || output.rank() < 2 || !ends_in_relu(layer)) return;
  std::vector<int> examples;  // every axis but that of the units
  for (int axis = 0; axis + 1 < output.rank(); ++axis) examples.push_back(axis);
  probes_.push_back(
      {Probe::Kind::active, layer.name(), ops::any(output > 0.0, {.axis = examples})});
}

void StepContext::probe_norms(const std::vector<Variable>& weights,
                              const std::vector<Value>& slopes, double scale) {
  const auto add = [&](Probe::Kind kind, const std::string& path, const Value& value) {
    const Value numbers = ops::cast(value, DType::float32);
    probes_.push_back({kind, path, ops::sum(numbers * numbers)});
  };
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Value before = weights[i];
    add(Probe::Kind::weight, weights[i].path(), before);
    if (!slopes[i]) continue;  // the loss does not reach it
    add(Probe::Kind::gradient, weights[i].path(), scale == 1 ? slopes[i] : slopes[i] / scale);
    add(Probe::Kind::update, weights[i].path(), updates().value(weights[i]) - before);
  }
}

}  // namespace antler
