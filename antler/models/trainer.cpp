#include "antler/models/trainer.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/models/mean_tracker.h"
#include "antler/models/model_base.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"

namespace antler {
namespace {

constexpr std::size_t kKeptPrograms = 16;

Variable counter(const std::string& name, std::uint64_t value) {
  return Variable(Tensor(static_cast<std::int64_t>(value)), {name, false});
}

TensorSpec batch_spec(const Tensor& tensor, std::int64_t size) {
  TensorSpec spec{tensor.shape(), tensor.dtype()};
  spec.shape.set(0, size);
  return spec;
}

bool is_weighted_as(const ProgramKey& key, const Batch& batch) {
  return std::equal(key.weighted.begin(), key.weighted.end(), batch.sample_weight.begin(),
                    batch.sample_weight.end(), [](bool is_given, const Tensor& weight) {
                      return is_given == static_cast<bool>(weight);
                    });
}

}  // namespace

Trainer::Trainer(ModelBase& model)
    : model_(model),
      seed_(counter("seed", default_seed())),
      step_(counter("step", 0)),
      loss_tracker_(std::make_shared<MeanTracker>("loss")) {}

void Trainer::compile(const CompileOptions& options) {
  options_ = options;
  losses_.clear();
  loss_weights_.clear();
  output_loss_trackers_.clear();
  output_metrics_.clear();
  losses_resolved_ = false;
  metrics_resolved_ = false;
  list_metrics();
  forget_programs();
}

const CompileOptions& Trainer::options() const {
  if (!options_) {
    throw StateError(model_.shown_name() + ": expected a compiled model; call compile() first");
  }
  return *options_;
}

void Trainer::forget_programs() {
  prepared_.clear();
  results_program_.reset();
  predict_.reset();
}

void Trainer::reset_metrics() {
  for (const Metric& metric : metrics_) metric.base().reset_state();
}

std::vector<Variable> Trainer::metric_variables() const {
  std::vector<Variable> all;
  for (const Metric& metric : metrics_) {
    all.insert(all.end(), metric.variables().begin(), metric.variables().end());
  }
  return all;
}

void Trainer::restore_metrics(const Batch& batch, const std::vector<Tensor>& values) {
  if (values.empty()) return;
  prepare(batch, ProgramKey::Purpose::train, {});
  std::vector<Variable> variables = metric_variables();
  const bool fits =
      std::equal(variables.begin(), variables.end(), values.begin(), values.end(),
                 [](const Variable& variable, const Tensor& value) {
                   return variable.shape() == value.shape() && variable.dtype() == value.dtype();
                 });
  for (std::size_t i = 0; fits && i < values.size(); ++i) variables[i].assign(values[i]);
}

std::int64_t Trainer::step() const { return step_.read().item<std::int64_t>(); }
void Trainer::set_step(std::int64_t step) { step_.assign(Tensor(step)); }
std::uint64_t Trainer::seed() const {
  return static_cast<std::uint64_t>(seed_.read().item<std::int64_t>());
}
void Trainer::set_seed(std::uint64_t seed) {
  seed_.assign(Tensor(static_cast<std::int64_t>(seed)));
}

// ---------------------------------------------------------------------------- programs

Trainer::Prepared& Trainer::prepare(const Batch& batch, ProgramKey::Purpose purpose,
                                    const Probes& probes) {
  const auto is_wanted = [&](const Prepared& p) {
    const ProgramKey& key = p.key;
    if (key.purpose != purpose || !(key.probes == probes) || key.x_count != batch.x.size() ||
        key.y_count != batch.y.size() || !is_weighted_as(key, batch)) {
      return false;
    }
    std::size_t i = 0;
    const auto same = [&](const Tensor& tensor) {
      const TensorSpec& spec = key.inputs[i++];
      return spec.dtype == tensor.dtype() && spec.shape.dim(0) == batch.size &&
             std::equal(spec.shape.begin() + 1, spec.shape.end(), tensor.shape().begin() + 1,
                        tensor.shape().end());
    };
    return std::all_of(batch.x.begin(), batch.x.end(), same) &&
           std::all_of(batch.y.begin(), batch.y.end(), same) &&
           std::all_of(batch.sample_weight.begin(), batch.sample_weight.end(),
                       [&](const Tensor& weight) { return !weight || same(weight); });
  };
  for (std::size_t i = prepared_.size(); i-- > 0;) {
    if (is_wanted(*prepared_[i])) return *prepared_[i];
  }
  ProgramKey key{purpose, {}, batch.x.size(), batch.y.size(), {}, probes};
  for (const Tensor& x : batch.x) key.inputs.push_back(batch_spec(x, batch.size));
  for (const Tensor& y : batch.y) key.inputs.push_back(batch_spec(y, batch.size));
  for (const Tensor& weight : batch.sample_weight) {
    key.weighted.push_back(static_cast<bool>(weight));
    if (weight) key.inputs.push_back(batch_spec(weight, batch.size));
  }
  if (prepared_.size() == kKeptPrograms) prepared_.erase(prepared_.begin());
  prepared_.push_back(build(key));
  return *prepared_.back();
}

std::unique_ptr<Trainer::Prepared> Trainer::build(const ProgramKey& key) {
  const CompileOptions& compiled = options();
  StepContext context(*this, {.training = key.purpose != ProgramKey::Purpose::test});
  context.updating = key.purpose != ProgramKey::Purpose::accumulate;
  context.call().set_random_source(seed_, step_);
  context.call().set_fed(&model_);
  context.probes_wanted = key.probes;
  if (key.probes.any()) {
    context.call().observer = [&](const LayerBase& layer, const std::vector<Value>& outputs) {
      context.probe_layer(layer, outputs[0]);
    };
  }
  if (key.weighted.size() > 1 && key.weighted.size() != key.y_count) {
    throw ShapeError(model_.shown_name() + ": expected one sample weight, or one for each of " +
                     std::to_string(key.y_count) + " targets, got " +
                     std::to_string(key.weighted.size()));
  }
  Computation computation;
  for (const TensorSpec& spec : key.inputs) computation.inputs.push_back(make_input(spec));
  auto input = computation.inputs.begin();
  for (std::size_t i = 0; i < key.x_count; ++i, ++input) {
    if (key.probes.finite && is_floating(input->dtype())) {
      const bool is_own = !model_.has_host_layers();
      context.probe_finite(is_own ? "the input " + model_.input_names()[i]
                                  : "what the layers before the program made",
                           *input);
    }
    context.x.push_back(*input);
  }
  for (std::size_t i = 0; i < key.y_count; ++i) context.y.push_back(*input++);
  for (const bool is_given : key.weighted) {
    context.sample_weight.push_back(is_given ? *input++ : Value());
  }
  if (context.training()) {
    model_.train_step(context);
    context.updates().assign(step_, context.updates().value(step_) + 1);
  } else {
    model_.test_step(context);
  }
  auto prepared = std::make_unique<Prepared>();
  prepared->key = key;
  for (const Probe& probe : context.probes()) {
    computation.outputs.push_back(probe.value);
    prepared->probes.push_back({probe.kind, probe.name, Value(),
                                Tensor::uninitialized(probe.value.dtype(), probe.value.shape())});
  }
  computation.assignments = context.updates().assignments();
  prepared->program = Program::compile(
      computation, {.backend = compiled.backend, .stable_rewrites = compiled.stable_rewrites});
  prepared->workspace = prepared->program->make_workspace();
  prepared->inputs.resize(key.inputs.size());
  for (Probe& probe : prepared->probes) prepared->outputs.push_back(probe.read.mutable_raw());
  return prepared;
}

void Trainer::run(Prepared& prepared, const Batch& batch) {
  std::size_t i = 0;
  for (const Tensor& x : batch.x) prepared.inputs[i++] = x.raw();
  for (const Tensor& y : batch.y) prepared.inputs[i++] = y.raw();
  for (const Tensor& weight : batch.sample_weight) {
    if (weight) prepared.inputs[i++] = weight.raw();
  }
  prepared.program->run(prepared.inputs, prepared.outputs, *prepared.workspace);
}

void Trainer::train_on(const Batch& batch, const Probes& probes) {
  const OptimizerBase& optimizer = this->optimizer().base();
  const bool updating = !optimizer.accumulates() || optimizer.updates_next();
  Prepared& prepared = prepare(
      batch, updating ? ProgramKey::Purpose::train : ProgramKey::Purpose::accumulate, probes);
  run(prepared, batch);
  if (!probes.any()) return;
  not_finite_.clear();
  probes_ = prepared.probes;
  for (Probe& probe : probes_) {
    probe.read = probe.read.clone();  // the next step writes into the program's
    if (probe.kind == Probe::Kind::finite && !probe.read.item<bool>()) {
      not_finite_.push_back(probe.name);
    }
  }
}

void Trainer::test_on(const Batch& batch) {
  run(prepare(batch, ProgramKey::Purpose::test, {}), batch);
}

Logs Trainer::results() {
  if (results_program_ == nullptr) {
    Computation computation;
    const Updates unchanged;
    for (const Metric& metric : metrics_) {
      computation.outputs.push_back(ops::cast(metric.base().result(unchanged), DType::float32));
    }
    results_program_ = Program::compile(computation, {.backend = options().backend});
    results_workspace_ = results_program_->make_workspace();
    results_.clear();
    for (const TensorSpec& spec : results_program_->outputs()) {
      results_.push_back(Tensor::uninitialized(spec.dtype, spec.shape));
    }
  }
  std::vector<std::byte*> outputs;
  for (Tensor& result : results_) outputs.push_back(result.mutable_raw());
  results_program_->run({}, outputs, *results_workspace_);
  Logs logs;
  for (std::size_t i = 0; i < metrics_.size(); ++i) {
    if (results_[i].size() == 1) {
      logs.set(metric_names_[i], results_[i].item<double>());
      continue;
    }
    for (std::int64_t j = 0; j < results_[i].size(); ++j) {
      logs.set(metric_names_[i] + "[" + std::to_string(j) + "]", results_[i].data<float>()[j]);
    }
  }
  return logs;
}

std::vector<Tensor> Trainer::predict_inputs(const DataArg& x) const {
  std::unique_lock lock(predict_mutex_);
  std::vector<Tensor> inputs = x.in_order_of("x", model_.input_names());
  if (!model_.has_host_layers()) return inputs;
  // The first feed may build the model; the others run side by side.
  if (model_.is_built()) lock.unlock();
  return model_.feed(inputs);
}

const Function& Trainer::predict_function(const std::vector<TensorSpec>& specs) {
  const std::lock_guard lock(predict_mutex_);
  if (predict_ == nullptr) {
    ProgramOptions program_options;
    if (options_) {
      program_options.backend = options_->backend;
      program_options.stable_rewrites = options_->stable_rewrites;
    }
    predict_ = std::make_unique<Function>(
        [this](const std::vector<Value>& inputs) {
          CallContext context({.training = false});
          context.set_random_source(seed_, step_);
          context.set_fed(&model_);
          std::vector<Value> outputs = model_.invoke(inputs, context);
          std::vector<Variable> changed;
          for (const Assignment& a : context.updates().assignments()) {
            outputs.push_back(a.value);
            changed.push_back(a.variable);
          }
          const std::lock_guard updates_lock(predict_updates_mutex_);
          predict_updates_ = std::move(changed);
          return outputs;
        },
        program_options);
  }
  if (!model_.is_built()) predict_->program(specs);
  return *predict_;
}

std::vector<Tensor> Trainer::predict_batch(const Function& function,
                                           const std::vector<Tensor>& inputs) {
  std::vector<Tensor> outputs = function.call(inputs);
  const std::lock_guard lock(predict_updates_mutex_);
  const std::size_t count = outputs.size() - predict_updates_.size();
  for (std::size_t i = count; i < outputs.size(); ++i) {
    predict_updates_[i - count].assign(outputs[i]);
  }
  outputs.resize(count);
  return outputs;
}

}  // namespace antler
