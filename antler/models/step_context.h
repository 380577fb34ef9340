#pragma once

#include <string>
#include <utility>
#include <vector>

#include "antler/graph/variable.h"
#include "antler/layers/call_context.h"
#include "antler/losses/loss.h"
#include "antler/metrics/metric.h"
#include "antler/models/probes.h"

namespace antler {

class Optimizer;
class Trainer;

/// What weighs the examples of one output, of a StepContext's sample_weight; empty: nothing.
Value weight_of_output(const std::vector<Value>& sample_weight, std::size_t output);

/// One batch and all that a train_step or test_step may do with it, while it is traced: what `self`
/// and `data` are in keras.Model.train_step.
class StepContext {
 public:
  StepContext(Trainer& trainer, const CallOptions& options);
  ~StepContext();
  StepContext(const StepContext&) = delete;
  StepContext& operator=(const StepContext&) = delete;

  std::vector<Value> x, y;
  /// None; one for all outputs; or one an output, empty where it has none.
  std::vector<Value> sample_weight;
  /// Whether this step updates the weights, or only adds up gradients (accumulation).
  bool updating = true;
  /// What the program gives out beside its work.
  Probes probes_wanted;

  /// What layers are called with.
  CallContext& call() { return call_; }
  bool training() const { return call_.training(); }
  Updates& updates() { return call_.updates(); }
  Trainer& trainer() const { return trainer_; }
  /// The optimizer given to compile.
  const Optimizer& optimizer() const;
  LossContext loss_context() const;
  /// The number of examples in the batch.
  std::int64_t batch_size() const;

  /// What the model trains, in Keras' order; complete once all of it was called in this step.
  std::vector<Variable> trainable_weights() const;
  /// One step of compile's optimizer down the loss, for trainable_weights().
  /// Errors: ShapeError for a loss that is no scalar; ValueError when it reaches no weight.
  void minimize(const Value& loss);
  /// The same for some weights, with an optimizer that the model keeps for them (a GAN has two).
  void minimize(const Value& loss, const std::vector<Variable>& weights,
                const Optimizer& optimizer);

  /// Adds the batch's loss to the mean over examples that logs show as "loss".
  void track_loss(const Value& loss);
  /// Adds the batch to compile's metrics.
  void update_metrics(const std::vector<Value>& y_pred);
  /// Adds one batch to a metric.
  void update_metric(const Metric& metric, const Value& y_true, const Value& y_pred,
                     const Value& weight = Value());
  /// Flags that the program gives out beside its work: whether all of `value` is finite.
  void probe_finite(std::string name, const Value& value);
  /// A layer's outputs: whether they are finite, and which units of a ReLU are active, as wanted.
  void probe_layer(const LayerBase& layer, const Value& output);
  const std::vector<Probe>& probes() const { return probes_; }

 private:
  void probe_norms(const std::vector<Variable>& weights, const std::vector<Value>& slopes,
                   double scale);

  Trainer& trainer_;
  CallContext call_;
  std::vector<Probe> probes_;
};

}  // namespace antler
