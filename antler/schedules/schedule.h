#pragma once

#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include "antler/core/callable.h"
#include "antler/core/config.h"
#include "antler/graph/value.h"

namespace antler {

/// What a schedule is: the learning rate as a function of the step.
///
/// Source  keras.optimizers.schedules.LearningRateSchedule.
class ScheduleBase {
 public:
  virtual ~ScheduleBase() = default;
  virtual std::string_view class_name() const = 0;
  /// Constructor arguments under Keras' keys.
  virtual Config get_config() const = 0;
  /// The rate at a step (float32 scalar from an int64 scalar), as graph.
  virtual Value call(const Value& step) const = 0;
};

/// Any schedule; an immutable value. A user's own derives from ScheduleBase, or is a function of
/// the step, which must be written in ops:
///
///   SGD({.learning_rate = [](const Value& step) { return 0.1 / (ops::cast(step, DType::float32) +
///                                                               1); }})
///
/// Shapes   a scalar step gives a scalar rate.
/// Types    step integer -> float32.
/// Errors   ValueError for an argument that is missing, given twice or out of range.
/// Threads  any.
/// Source   keras.optimizers.schedules.LearningRateSchedule.
class Schedule {
 public:
  Schedule() = default;
  template <class Base>
    requires std::is_convertible_v<Base*, const ScheduleBase*>
  Schedule(std::shared_ptr<Base> base) : base_(std::move(base)) {}
  template <class F>
    requires(std::is_invocable_r_v<Value, F&, const Value&> &&
             !std::is_base_of_v<Schedule, std::remove_cvref_t<F>>)
  Schedule(F function) : Schedule(of_function(std::move(function))) {}

  explicit operator bool() const { return base_ != nullptr; }
  const ScheduleBase& base() const { return *base_; }
  /// The rate at a step: an integer scalar. As a Tensor it is computed at once.
  Value operator()(const Value& step) const { return base_->call(step); }
  /// Keras' serialized form; a user's function has a name there, but no code.
  Config to_config() const;
  /// From Keras' serialized form. Errors: ValueError for an unknown class or key, an argument that
  /// is missing or out of range, a user's function.
  static Schedule from_config(const Config& config);

 private:
  static Schedule of_function(Callable<Value(const Value&)> function);
  std::shared_ptr<const ScheduleBase> base_;
};

}  // namespace antler
