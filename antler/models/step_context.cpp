#include "antler/models/step_context.h"

#include <optional>

#include "antler/autodiff/gradients.h"
#include "antler/core/error.h"
#include "antler/models/model_base.h"
#include "antler/models/trainer.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/finite.h"
#include "antler/ops/max_min.h"

namespace antler {

LossContext StepContext::loss_context() const {
  return {.stable_rewrites = trainer_.options().stable_rewrites};
}

std::int64_t StepContext::batch_size() const { return x.empty() ? 0 : x[0].shape().dim(0); }

const Optimizer& StepContext::optimizer() const { return trainer_.optimizer(); }

std::vector<Variable> StepContext::trainable_weights() const {
  return Layer(trainer_.model().shared_from_this()).trainable_weights();
}

void StepContext::minimize(const Value& loss) {
  minimize(loss, trainable_weights(), optimizer());
}

void StepContext::minimize(const Value& loss, const std::vector<Variable>& weights,
                           const Optimizer& optimizer) {
  if (loss.rank() != 0) {
    throw ShapeError(trainer_.model().shown_name() + ": expected a scalar loss, got " +
                     loss.shape().to_string() + "; give the loss another reduction than \"none\"");
  }
  OptimizerBase& base = optimizer.base();
  base.build(weights);
  const std::vector<Value> slopes = gradients(base.scale_loss(loss), weights);
  for (std::size_t i = 0; probing && i < slopes.size(); ++i) {
    if (slopes[i]) probe_finite("the gradient of " + weights[i].path(), slopes[i]);
  }
  base.apply(slopes, updates(), updating);
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
  probes_.emplace_back(std::move(name), ops::all(ops::isfinite(value)));
}

}  // namespace antler
