#pragma once

#include <string>
#include <utility>
#include <vector>

#include "antler/layers/call_context.h"
#include "antler/losses/loss.h"
#include "antler/metrics/metric.h"

namespace antler {

class Trainer;

/// One batch and all that a train_step or test_step may do with it, while it is traced.
class StepContext {
 public:
  StepContext(Trainer& trainer, const CallOptions& options) : trainer_(trainer), call_(options) {}

  std::vector<Value> x, y;
  Value sample_weight;   // empty: none
  /// Whether this step updates the weights, or only adds up gradients (accumulation).
  bool updating = true;
  /// Whether the program carries probes.
  bool probing = false;

  /// What layers are called with.
  CallContext& call() { return call_; }
  bool training() const { return call_.training(); }
  Updates& updates() { return call_.updates(); }
  Trainer& trainer() const { return trainer_; }
  LossContext loss_context() const;
  /// The number of examples in the batch.
  std::int64_t batch_size() const;

  /// Adds the batch's loss to the mean over examples that logs show as "loss".
  void track_loss(const Value& loss);
  /// Adds the batch to compile's metrics.
  void update_metrics(const std::vector<Value>& y_pred);
  /// Adds one batch to a metric.
  void update_metric(const Metric& metric, const Value& y_true, const Value& y_pred,
                     const Value& weight = Value());
  /// Flags that the program gives out beside its work: whether all of `value` is finite.
  void probe_finite(std::string name, const Value& value);
  const std::vector<std::pair<std::string, Value>>& probes() const { return probes_; }

 private:
  Trainer& trainer_;
  CallContext call_;
  std::vector<std::pair<std::string, Value>> probes_;
};

}  // namespace antler
