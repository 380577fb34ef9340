#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "antler/compiler/function.h"
#include "antler/compiler/program.h"
#include "antler/data/batch.h"
#include "antler/metrics/metric.h"
#include "antler/models/compile_options.h"
#include "antler/models/logs.h"
#include "antler/models/step_context.h"

namespace antler {

class MeanTracker;
class ModelBase;

/// What makes a program different from another: the model keeps the last 16.
struct ProgramKey {
  enum class Purpose : std::uint8_t { train, accumulate, test };
  Purpose purpose = Purpose::train;
  std::vector<TensorSpec> inputs;  // x, then y, then the sample weights
  std::size_t x_count = 0, y_count = 0;
  std::vector<bool> weighted;  // of the sample weights, which are given
  Probes probes;
  bool operator==(const ProgramKey&) const = default;
};

/// The state of compile: optimizer, losses, metrics, counters, and the programs made with them.
/// One thread at a time, but for what predict needs.
class Trainer {
 public:
  explicit Trainer(ModelBase& model);

  void compile(const CompileOptions& options);
  bool is_compiled() const { return options_.has_value(); }
  /// Errors: StateError that says to call compile first.
  const CompileOptions& options() const;
  const Optimizer& optimizer() const { return options().optimizer.get(); }

  /// One batch: runs the program for its shapes, made when it is the first of its kind.
  void train_on(const Batch& batch, const Probes& probes = {});
  void test_on(const Batch& batch);
  /// What was not all finite in the last step with probes, in the order of computing: inputs,
  /// layers by their names, the loss, gradients.
  const std::vector<std::string>& not_finite() const { return not_finite_; }
  /// What the last step with probes gave out; the values themselves are empty.
  const std::vector<Probe>& probes() const { return probes_; }

  /// Metrics in the order of logs, the loss first, and their names there. Resolved at the first
  /// batch.
  const std::vector<Metric>& metrics() const { return metrics_; }
  const std::vector<std::string>& metric_names() const { return metric_names_; }
  void add_metric(const Metric& metric) { own_metrics_.push_back(metric); }
  void reset_metrics();
  /// Sets the metrics' variables, in order, once a program for the batch has made them; an empty
  /// list or one of other shapes leaves them.
  void restore_metrics(const Batch& batch, const std::vector<Tensor>& values);
  std::vector<Variable> metric_variables() const;
  /// The present results.
  Logs results();

  /// Inference, for which these two may be called from several threads: x in the model's order, and
  /// the function, after the model was built for data of these specs if it was not.
  std::vector<Tensor> predict_inputs(const DataArg& x) const;
  const Function& predict_function(const std::vector<TensorSpec>& specs);
  /// What predict_function gives, without the values for variables that predicting changes (the
  /// states of stateful layers), which are stored.
  std::vector<Tensor> predict_batch(const Function& function, const std::vector<Tensor>& inputs);

  /// Training steps done, and the seed of shuffling and dropout. With the weights they are all that
  /// a run needs to go on with the same bits.
  std::int64_t step() const;
  void set_step(std::int64_t step);
  std::uint64_t seed() const;
  void set_seed(std::uint64_t seed);
  /// Programs are made anew: weights were frozen, thawed or replaced.
  void forget_programs();

  // What steps need while they are traced.
  /// compile's losses, one an output (empty ones do not count), resolved from the first specs.
  const std::vector<Loss>& losses(const std::vector<Value>& y_true,
                                  const std::vector<Value>& y_pred);
  double loss_weight(std::size_t output) const { return loss_weights_[output]; }
  void track_loss(StepContext& context, const Value& loss);
  void track_output_loss(StepContext& context, std::size_t output, const Value& loss);
  void update_compiled_metrics(StepContext& context, const std::vector<Value>& y_pred);
  ModelBase& model() const { return model_; }

 private:
  struct OutputMetric {
    std::size_t output;
    Metric metric;
    bool weighted;
  };
  struct Prepared {
    ProgramKey key;
    std::shared_ptr<const Program> program;
    std::shared_ptr<Workspace> workspace;
    std::vector<Probe> probes;
    std::vector<const std::byte*> inputs;
    std::vector<std::byte*> outputs;
  };

  Prepared& prepare(const Batch& batch, ProgramKey::Purpose purpose, const Probes& probes);
  std::unique_ptr<Prepared> build(const ProgramKey& key);
  void run(Prepared& prepared, const Batch& batch);
  void resolve_metrics(const std::vector<Value>& y_true, const std::vector<Value>& y_pred);
  void add_output_metrics(const MetricsArg& argument, bool weighted,
                          const std::vector<Value>& y_true, const std::vector<Value>& y_pred);
  void list_metrics();

  ModelBase& model_;
  std::optional<CompileOptions> options_;
  Variable seed_, step_;
  std::shared_ptr<MeanTracker> loss_tracker_;
  std::vector<Loss> losses_;  // one an output; empty ones do not count
  std::vector<double> loss_weights_;
  std::vector<std::shared_ptr<MeanTracker>> output_loss_trackers_;  // with several outputs
  std::vector<OutputMetric> output_metrics_;
  std::vector<Metric> own_metrics_, metrics_;
  std::vector<std::string> metric_names_;  // in the logs
  bool losses_resolved_ = false;
  bool metrics_resolved_ = false;
  std::vector<std::unique_ptr<Prepared>> prepared_;  // the latest last
  std::shared_ptr<const Program> results_program_;
  std::shared_ptr<Workspace> results_workspace_;
  std::vector<Tensor> results_;
  mutable std::mutex predict_mutex_;  // for making predict_ and building the model
  std::unique_ptr<Function> predict_;
  std::mutex predict_updates_mutex_;
  std::vector<Variable> predict_updates_;  // whose new values follow the outputs of predict_
  std::vector<std::string> not_finite_;
  std::vector<Probe> probes_;
};

}  // namespace antler
