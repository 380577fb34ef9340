#pragma once

#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include "antler/core/config.h"
#include "antler/graph/value.h"

namespace antler {

/// What a schedule is: the learning rate as a function of the step.
class ScheduleBase {
 public:
  virtual ~ScheduleBase() = default;
  virtual std::string_view class_name() const = 0;
  /// Constructor arguments under Keras' keys.
  virtual Config get_config() const = 0;
  /// The rate at a step (float32 scalar from an int64 scalar), as graph.
  virtual Value call(const Value& step) const = 0;
};

/// A learning rate: a number, which becomes a variable that callbacks may change, or a schedule.
class LearningRateArg {
 public:
  LearningRateArg(double rate) : rate_(rate) {}
  template <class Schedule>
    requires std::is_convertible_v<Schedule*, const ScheduleBase*>
  LearningRateArg(std::shared_ptr<Schedule> schedule) : schedule_(std::move(schedule)) {}

  double rate() const { return rate_; }
  /// Null for a number.
  const ScheduleBase* schedule() const { return schedule_.get(); }

 private:
  double rate_ = 0;
  std::shared_ptr<const ScheduleBase> schedule_;
};

/// A number, or a schedule's serialized form.
Config to_config(const LearningRateArg& rate);
/// Errors: TypeError unless it is a number.
void from_config(const Config& config, LearningRateArg& rate);

}  // namespace antler
