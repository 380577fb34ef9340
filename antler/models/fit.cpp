// Model::fit: for each epoch, for each batch, run the program; callbacks around it.
#include <optional>
#include <string>

#include "antler/core/error.h"
#include "antler/models/callback_list.h"
#include "antler/models/model.h"
#include "antler/models/trainer.h"
#include "antler/models/training_data.h"

namespace antler {
namespace {

// The batches of fit's epochs: all of the data, or `steps` at a time, the data begun anew whenever
// it ends.
class EpochBatches {
 public:
  EpochBatches(const Dataset& data, std::optional<std::int64_t> steps)
      : reader_(data), steps_(steps) {}

  void start(std::int64_t step) {
    if (!steps_ || !under_way_) reader_.start(static_cast<std::uint64_t>(step));
    taken_ = 0;
  }
  bool next(Batch& batch, std::int64_t step) {
    if (steps_ && taken_ == *steps_) return false;
    under_way_ = reader_.next(batch);
    if (!under_way_ && steps_) {
      reader_.start(static_cast<std::uint64_t>(step));
      under_way_ = reader_.next(batch);
    }
    taken_ += under_way_ ? 1 : 0;
    return under_way_;
  }

 private:
  BatchReader reader_;
  std::optional<std::int64_t> steps_;
  std::int64_t taken_ = 0;
  bool under_way_ = false;
};

// Goes on after the batches of the epoch that were done before the run was interrupted.
std::int64_t skip_done(Trainer& trainer, EpochBatches& batches, Batch& batch,
                       const ResumePoint& from) {
  std::int64_t count = 0;
  while (count < from.batch && batches.next(batch, trainer.step())) ++count;
  if (count > 0) trainer.restore_metrics(batch, from.metrics);
  return count;
}

void train_epoch(Trainer& trainer, EpochBatches& batches, Batch& batch, CallbackList& callbacks,
                 const ResumePoint& from) {
  const Probes probes = callbacks.wanted_probes();
  batches.start(from.epoch_step);
  std::int64_t count = skip_done(trainer, batches, batch, from);
  while (!callbacks.stopping() && batches.next(batch, trainer.step())) {
    callbacks.on_train_batch_begin(count);
    trainer.train_on(batch, probes);
    callbacks.on_train_batch_end(count, trainer);
    ++count;
  }
  if (count == 0 && !callbacks.stopping()) {
    throw ValueError("fit: expected at least one batch, got none");
  }
}

Logs test_epoch(Trainer& trainer, BatchReader& reader, Batch& batch, CallbackList& callbacks,
                std::optional<std::int64_t> steps) {
  trainer.reset_metrics();
  callbacks.on_test_begin();
  reader.start(0);
  std::int64_t count = 0;
  while ((!steps || count < *steps) && reader.next(batch)) {
    callbacks.on_test_batch_begin(count);
    trainer.test_on(batch);
    callbacks.on_test_batch_end(count, trainer);
    ++count;
  }
  if (count == 0) throw ValueError("evaluate: expected at least one batch, got none");
  const Logs logs = trainer.results();
  callbacks.on_test_end(logs);
  return logs;
}

void check(const FitOptions& options) {
  const auto at_least_one = [](const char* name, std::optional<std::int64_t> value) {
    if (value && *value < 1) {
      throw ValueError(std::string("fit: expected ") + name + " of at least 1, got " +
                       std::to_string(*value));
    }
  };
  at_least_one("batch_size", options.batch_size);
  at_least_one("steps_per_epoch", options.steps_per_epoch);
  at_least_one("validation_steps", options.validation_steps);
  at_least_one("validation_batch_size", options.validation_batch_size);
  at_least_one("validation_freq", options.validation_freq);
  if (options.epochs < 0 || options.initial_epoch < 0) {
    throw ValueError("fit: expected epochs and initial_epoch of at least 0, got " +
                     std::to_string(options.epochs) + " and " +
                     std::to_string(options.initial_epoch));
  }
}

// `shuffles`: whether the order is fit's own, keyed by the trainer's seed, and not the Dataset's.
History run_fit(const Model& model, Dataset training, const std::optional<Dataset>& validation,
                const FitOptions& options, bool shuffles) {
  Trainer& trainer = model.model_base().trainer();
  trainer.optimizer();  // says to compile first
  const std::int64_t steps = options.steps_per_epoch.value_or(training.batch_count().value_or(0));
  CallbackList callbacks(
      model, options.callbacks,
      {.add_history = true,
       .add_progbar = true,
       .params = {options.verbose.level(), options.epochs, steps, validation.has_value()}});
  Batch batch;
  training = fed_by(model.model_base(), training);
  std::optional<BatchReader> validation_reader;
  if (validation) validation_reader.emplace(fed_by(model.model_base(), *validation));
  Batch validation_batch;
  callbacks.on_train_begin();
  ResumePoint from{.epoch = options.initial_epoch, .epoch_step = trainer.step()};
  if (const ResumePoint* point = callbacks.resume_point()) {
    from = std::move(*point);
    if (shuffles) training = training.shuffle(trainer.seed());  // the interrupted run's
  }
  EpochBatches batches(training, options.steps_per_epoch);
  const int first_epoch = from.epoch;
  Logs logs;
  for (int epoch = first_epoch; epoch < options.epochs && !callbacks.stopping(); ++epoch) {
    trainer.reset_metrics();
    callbacks.on_epoch_begin(epoch);
    train_epoch(trainer, batches, batch, callbacks, from);
    logs = trainer.results();
    if (validation_reader && (epoch + 1) % options.validation_freq == 0) {
      const Logs tested = test_epoch(trainer, *validation_reader, validation_batch, callbacks,
                                     options.validation_steps);
      for (const auto& [name, value] : tested) logs.set("val_" + name, value);
    }
    callbacks.on_epoch_end(epoch, logs);
    from = {.epoch = epoch + 1, .epoch_step = trainer.step()};
  }
  if (options.epochs > first_epoch && trainer.optimizer().base().is_built()) {
    trainer.optimizer().base().finalize_variable_values();
  }
  callbacks.on_train_end(logs);
  return callbacks.history();
}

}  // namespace

History Model::fit(const DataArg& x, const DataArg& y, const FitOptions& options) const {
  check(options);
  ModelBase& base = model_base();
  base.trainer().options();
  TrainingData data = prepare_training_data(base, x, y, options);
  return run_fit(*this, data.training, data.validation, options, options.shuffle);
}

History Model::fit(const Dataset& data, const FitOptions& options) const {
  check(options);
  if (options.validation_split != 0.0 || !options.class_weight.empty() ||
      has_weights(options.sample_weight)) {
    throw ValueError(
        "fit: expected validation_split, class_weight and sample_weight only with tensors; split "
        "and weigh the Dataset itself");
  }
  std::optional<Dataset> validation;
  if (!options.validation_data.empty()) {
    validation = validation_dataset(model_base(), options.validation_data,
                                    options.validation_batch_size.value_or(data.batch_size()));
  }
  return run_fit(*this, data, validation, options, false);
}

Logs Model::evaluate(const DataArg& x, const DataArg& y, const EvaluateOptions& options) const {
  const Dataset data = dataset_of(model_base(), "evaluate", x, y, options.sample_weight)
                           .batch(options.batch_size.value_or(32));
  return evaluate(data, options);
}

Logs Model::evaluate(const Dataset& data, const EvaluateOptions& options) const {
  Trainer& trainer = model_base().trainer();
  trainer.options();
  const std::int64_t steps = options.steps.value_or(data.batch_count().value_or(0));
  CallbackList callbacks(
      *this, options.callbacks,
      {.add_progbar = true, .params = {options.verbose.level(), 1, steps, true}});
  BatchReader reader(fed_by(model_base(), data));
  Batch batch;
  return test_epoch(trainer, reader, batch, callbacks, options.steps);
}

Logs Model::train_on_batch(const DataArg& x, const DataArg& y, const DataArg& sample_weight,
                           const FlatMap<std::int64_t, double>& class_weight) const {
  Trainer& trainer = model_base().trainer();
  trainer.options();
  FitOptions options;
  options.sample_weight = sample_weight;
  options.class_weight = class_weight;
  const Batch batch =
      whole_batch(model_base(), prepare_training_data(model_base(), x, y, options).training);
  trainer.reset_metrics();
  trainer.train_on(batch);
  return trainer.results();
}

Logs Model::test_on_batch(const DataArg& x, const DataArg& y, const DataArg& sample_weight) const {
  Trainer& trainer = model_base().trainer();
  trainer.options();
  const Batch batch =
      whole_batch(model_base(), dataset_of(model_base(), "test_on_batch", x, y, sample_weight));
  trainer.reset_metrics();
  trainer.test_on(batch);
  return trainer.results();
}

}  // namespace antler
