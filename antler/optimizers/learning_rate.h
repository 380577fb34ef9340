#pragma once

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

#include "antler/core/config.h"
#include "antler/schedules/schedule.h"

namespace antler {

/// A learning rate: a number, which becomes a variable that callbacks may change, or a schedule
/// (schedules::CosineDecay(...), a shared_ptr to a ScheduleBase, or a function of the step). An
/// optimizer refuses, with a ValueError, a number that is not positive and finite.
///
/// Source  the learning_rate of keras.optimizers.Optimizer.
class LearningRateArg {
 public:
  LearningRateArg(double rate) : rate_(rate) {}
  template <class T>
    requires(!std::is_arithmetic_v<T> && std::convertible_to<T, Schedule> &&
             !std::is_same_v<T, LearningRateArg>)
  LearningRateArg(T schedule) : schedule_(std::move(schedule)) {}

  double rate() const { return rate_; }
  /// Null for a number.
  const ScheduleBase* schedule() const { return schedule_ ? &schedule_.base() : nullptr; }

 private:
  friend Config to_config(const LearningRateArg& rate);
  double rate_ = 0;
  Schedule schedule_;
};

/// A number, or a schedule's serialized form.
Config to_config(const LearningRateArg& rate);
/// Errors: TypeError for anything else; ValueError for a schedule that cannot be read.
void from_config(const Config& config, LearningRateArg& rate);

}  // namespace antler
