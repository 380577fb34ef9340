#include "antler/models/step_context.h"

#include "antler/models/trainer.h"
#include "antler/ops/finite.h"
#include "antler/ops/max_min.h"

namespace antler {

LossContext StepContext::loss_context() const {
  return {.stable_rewrites = trainer_.options().stable_rewrites};
}

std::int64_t StepContext::batch_size() const { return x.empty() ? 0 : x[0].shape().dim(0); }

void StepContext::track_loss(const Value& loss) { trainer_.track_loss(*this, loss); }

void StepContext::update_metrics(const std::vector<Value>& y_pred) {
  trainer_.update_compiled_metrics(*this, y_pred);
}

void StepContext::update_metric(const Metric& metric, const Value& y_true, const Value& y_pred,
                                const Value& weight) {
  metric.base().update_state(y_true, y_pred, weight, updates());
}

void StepContext::probe_finite(std::string name, const Value& value) {
  probes_.emplace_back(std::move(name), ops::all(ops::isfinite(value)));
}

}  // namespace antler
