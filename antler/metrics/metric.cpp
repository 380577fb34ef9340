#include "antler/metrics/metric.h"

#include "antler/core/error.h"
#include "antler/core/serialized.h"

namespace antler {

Config MetricBase::get_config() const {
  throw StateError(error_prefix() +
                   "a user's metric cannot be saved; save the model without its compile state, "
                   "or use a built-in metric");
}

void MetricBase::build(const Value&, const Value&) {}

void MetricBase::ensure_built(const Value& y_true, const Value& y_pred) {
  if (is_built_) return;
  with_error_prefix(error_prefix(), [&] { build(y_true, y_pred); });
  is_built_ = true;
}

void MetricBase::reset_state() {
  for (Variable& variable : variables_) {
    variable.assign(Tensor(variable.dtype(), variable.shape()));
  }
}

std::string MetricBase::title() const { return name_ + " (" + std::string(class_name()) + ")"; }

std::string MetricBase::error_prefix() const { return title() + ": "; }

MetricBase::MetricBase(std::string name) : name_(std::move(name)) {}

MetricBase::~MetricBase() = default;

Variable MetricBase::add_variable(const Shape& shape, const std::string& name, DType dtype) {
  Variable variable(Tensor(dtype, shape), {.name = name, .trainable = false});
  variable.set_path(name_ + "/" + name);
  variables_.push_back(variable);
  return variable;
}

MetricBase& Metric::base() const {
  if (!base_) throw StateError("metric: expected a metric, got an empty handle");
  return *base_;
}

void Metric::update_state(const Tensor& y_true, const Tensor& y_pred, const Tensor& sample_weight) {
  const auto optional = [](const Tensor& tensor) { return tensor ? Value(tensor) : Value(); };
  base().ensure_built(y_true, optional(y_pred));
  Updates updates;
  base().update_state(y_true, optional(y_pred), optional(sample_weight), updates);
  std::vector<Value> values;
  for (const Assignment& assignment : updates.assignments()) values.push_back(assignment.value);
  const std::vector<Tensor> results = evaluate(values);
  for (std::size_t i = 0; i < results.size(); ++i) {
    Variable variable = updates.assignments()[i].variable;
    variable.assign(results[i]);
  }
}

Tensor Metric::result() const { return evaluate(base().result(Updates())); }

Config to_config(const Metric& metric) {
  return serialized("keras.metrics", metric.base().class_name(), metric.base().get_config());
}

}  // namespace antler
