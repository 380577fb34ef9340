#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "antler/core/callable.h"
#include "antler/core/config.h"
#include "antler/graph/updates.h"
#include "antler/graph/variable.h"

namespace antler {

/// What a metric is: variables, an update and a result, all as graph. A user's own derives from
/// this and is made by make_metric<T>(...):
///
///   struct Positives : MetricBase {
///     Positives() : MetricBase("positives"), count_(add_variable({}, "count")) {}
///     void update_state(const Value&, const Value& y_pred, const Value&,
///                       Updates& updates) const override {
///       const Value found = ops::sum(ops::cast(y_pred > 0.5, DType::float32));
///       updates.assign(count_, updates.value(count_) + found);
///     }
///     Value result(const Updates& updates) const override { return updates.value(count_); }
///     Variable count_;
///   };
///
/// Errors   what update_state throws; error_prefix() opens those of Antler's own metrics.
/// Threads  as Variable: one update at a time.
/// Source   keras.metrics.Metric.
class MetricBase {
 public:
  explicit MetricBase(std::string name);
  virtual ~MetricBase();
  MetricBase(const MetricBase&) = delete;
  MetricBase& operator=(const MetricBase&) = delete;

  /// Keras' class name; a user's metric needs none.
  virtual std::string_view class_name() const { return "Metric"; }
  /// Constructor arguments under Keras' keys. Errors: StateError for a user's metric.
  virtual Config get_config() const;
  /// Makes the variables whose shapes follow from the data. Called once, before the first update,
  /// through ensure_built; most metrics make theirs in the constructor.
  virtual void build(const Value& y_true, const Value& y_pred);
  /// Adds one batch: assigns new values to the variables. `sample_weight` may be empty.
  virtual void update_state(const Value& y_true, const Value& y_pred, const Value& sample_weight,
                            Updates& updates) const = 0;
  /// The metric from the latest values of the variables.
  virtual Value result(const Updates& updates) const = 0;
  /// "up" or "down" is better, or "" for unknown (for EarlyStopping's mode "auto").
  virtual std::string_view direction() const { return ""; }
  /// Sets every variable to its first value.
  virtual void reset_state();

  /// What comes before update_state: build, the first time. Only the specs are read.
  void ensure_built(const Value& y_true, const Value& y_pred);

  const std::string& name() const { return name_; }
  const std::vector<Variable>& variables() const { return variables_; }

 protected:
  /// "recall (Recall)", and with a colon behind it: how errors open.
  std::string title() const;
  std::string error_prefix() const;
  /// A variable of the metric, zeros at first.
  Variable add_variable(const Shape& shape, const std::string& name, DType dtype = DType::float32);

 private:
  std::string name_;
  std::vector<Variable> variables_;
  bool is_built_ = false;
};

/// Any metric: a handle, copies are the same metric. What follows holds for every metric, whose own
/// comment has only what is its own.
///
/// Options  name: what logs and errors call it.
/// Shapes   sample_weight (batch,), or what broadcasts to y_pred's samples; results are scalars
///          where nothing else is said.
/// Types    y_true, y_pred and sample_weight of any numbers; results are float32.
/// Errors   ShapeError when y_true, y_pred and the weights do not fit, with the likely fix;
///          ValueError for options out of range; TypeError for strings. All open with the metric's
///          name and class. StateError for an empty handle.
/// Threads  one update at a time.
/// Source   keras.metrics.Metric.
class Metric {
 public:
  Metric() = default;
  Metric(std::shared_ptr<MetricBase> base) : base_(std::move(base)) {}

  explicit operator bool() const { return base_ != nullptr; }
  MetricBase& base() const;
  const std::string& name() const { return base().name(); }
  const std::vector<Variable>& variables() const { return base().variables(); }

  /// Eager use, as in Keras: update_state(y_true, y_pred), result(), reset_state(). An empty
  /// `sample_weight` is none. Errors: what the metric's ops report; the state stays then;
  /// StateError for a result before the first batch of a metric whose state follows from the data.
  void update_state(const Tensor& y_true, const Tensor& y_pred, const Tensor& sample_weight = {});
  Tensor result() const;
  void reset_state() { base().reset_state(); }

  /// A new metric from a name or Keras' serialized form; to_config is the way back. Errors:
  /// ValueError for an unknown class or key, and for a user's function, which it names.
  static Metric from_config(const Config& config);

 private:
  std::shared_ptr<MetricBase> base_;
};

/// Keras' serialized form. Errors: StateError for a user's metric, which no file can hold.
Config to_config(const Metric& metric);

/// A metric of a user's class. Arguments go to its constructor.
template <class T, class... Arguments>
Metric make_metric(Arguments&&... arguments) {
  return Metric(std::make_shared<T>(std::forward<Arguments>(arguments)...));
}

/// The mean over samples of a user's per-sample function.  Source  keras.metrics.MeanMetricWrapper.
Metric make_mean_metric(Callable<Value(const Value& y_true, const Value& y_pred)> function,
                        std::string name);

/// One metric argument: a name ("accuracy", "mae", ...), an object, or a user's function.
///
/// Errors  ValueError for an unknown name, with the nearest one.  Source  keras.metrics.get.
class MetricArg {
 public:
  MetricArg(const char* name) : MetricArg(std::string(name)) {}
  MetricArg(const std::string& name);
  MetricArg(Metric metric) : metric_(std::move(metric)) {}
  template <class F>
    requires std::is_invocable_r_v<Value, F&, const Value&, const Value&>
  MetricArg(F function) : metric_(make_mean_metric(std::move(function), "metric")) {}

  /// The metric: the object, or a new one of the given name, which keeps that name. "accuracy",
  /// "acc", "crossentropy" and "ce" are resolved from the specs as Keras does: binary when the last
  /// axis of y_pred is 1, sparse when y_true has fewer axes or a last axis of 1, else categorical.
  Metric resolve(const TensorSpec& y_true, const TensorSpec& y_pred) const;
  const std::string& given_name() const { return name_; }
  const Metric& object() const { return metric_; }

 private:
  std::string name_;
  Metric metric_;
};

/// A name as given, or the serialized object.
Config to_config(const MetricArg& metric);
/// Errors: ValueError for an unknown class or key, and for a user's function, which it names.
MetricArg metric_from_config(const Config& config);

}  // namespace antler
