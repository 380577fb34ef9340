#pragma once

#include "antler/core/callable.h"
#include "antler/core/named_only.h"
#include "antler/models/callback.h"

namespace antler {

struct LearningRateSchedulerOptions {
  NamedOnly named_only = NamedOnly();
  int verbose = 0;
};

/// Sets the learning rate at the start of every epoch: schedule(epoch, rate) returns the new one.
/// The logs get it as "learning_rate".
///
///   LearningRateScheduler halve([](int epoch, double rate) { return epoch == 0 ? rate : rate / 2;
///   });
///
/// Options  verbose 1: says so on standard output.
/// Errors   ValueError for a rate that is negative or no number; StateError when the optimizer has
///          a schedule of its own.
/// Source   keras.callbacks.LearningRateScheduler.
class LearningRateScheduler : public Callback {
 public:
  using Schedule = Callable<double(int epoch, double rate)>;
  LearningRateScheduler(Schedule schedule, const LearningRateSchedulerOptions& options = {});
};

}  // namespace antler
