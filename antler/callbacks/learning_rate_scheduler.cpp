#include "antler/callbacks/learning_rate_scheduler.h"

#include <utility>

#include "antler/core/config.h"
#include "antler/core/error.h"
#include "antler/models/model.h"
#include "antler/models/terminal.h"

namespace antler {
namespace {

class LearningRateSchedulerCallback final : public CallbackBase {
 public:
  LearningRateSchedulerCallback(LearningRateScheduler::Schedule schedule, int verbose)
      : schedule_(std::move(schedule)), verbose_(verbose) {
    if (!schedule_) throw ValueError("LearningRateScheduler: expected a function, got none");
  }

  void on_epoch_begin(int epoch) override {
    Optimizer optimizer = model().optimizer();
    const double rate = schedule_(epoch, optimizer.learning_rate());
    with_error_prefix("LearningRateScheduler: ", [&] { optimizer.set_learning_rate(rate); });
    if (verbose_ > 0) {
      print_text("\nEpoch " + std::to_string(epoch + 1) +
                 ": LearningRateScheduler setting learning rate to " + Config(rate).to_string() +
                 ".\n");
    }
  }

  void on_epoch_end(int, Logs& logs) override {
    logs.set("learning_rate", model().optimizer().learning_rate());
  }

 private:
  LearningRateScheduler::Schedule schedule_;
  int verbose_;
};

}  // namespace

LearningRateScheduler::LearningRateScheduler(Schedule schedule,
                                             const LearningRateSchedulerOptions& options)
    : Callback(make_callback<LearningRateSchedulerCallback>(std::move(schedule), options.verbose)) {
}

}  // namespace antler
