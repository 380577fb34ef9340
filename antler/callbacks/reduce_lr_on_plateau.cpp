#include "antler/callbacks/reduce_lr_on_plateau.h"

#include <algorithm>
#include <optional>

#include "antler/callbacks/monitor.h"
#include "antler/core/config.h"
#include "antler/core/error.h"
#include "antler/models/model.h"
#include "antler/models/terminal.h"

namespace antler {
namespace {

class ReduceLROnPlateauCallback final : public CallbackBase {
 public:
  explicit ReduceLROnPlateauCallback(const ReduceLROnPlateauOptions& options)
      : options_(options),
        monitor_("ReduceLROnPlateau", options.monitor, options.mode, options.min_delta) {
    if (!(options.factor >= 0 && options.factor < 1)) {
      throw ValueError("ReduceLROnPlateau: expected a factor in [0, 1), got " +
                       Config(options.factor).to_string());
    }
  }

  void on_train_begin() override {
    best_.reset();
    cooldown_ = 0;
    wait_ = 0;
  }

  void on_epoch_end(int epoch, Logs& logs) override {
    const std::optional<double> current = monitor_.value(logs, *this);
    logs.set("learning_rate", model().optimizer().learning_rate());
    if (!current) return;
    if (cooldown_ > 0) {
      --cooldown_;
      wait_ = 0;
    }
    if (monitor_.improves(*current, best_)) {
      best_ = current;
      wait_ = 0;
    } else if (cooldown_ == 0 && ++wait_ >= options_.patience) {
      reduce(epoch);
    }
  }

 private:
  void reduce(int epoch) {
    Optimizer optimizer = model().optimizer();
    const double old = optimizer.learning_rate();
    // The rate is stored as float32: compared as a double, a rate at min_lr may look above it.
    if (old <= static_cast<double>(static_cast<float>(options_.min_lr))) return;
    const double rate = std::max(old * options_.factor, options_.min_lr);
    with_error_prefix("ReduceLROnPlateau: ", [&] { optimizer.set_learning_rate(rate); });
    if (options_.verbose > 0) {
      print_text("\nEpoch " + std::to_string(epoch + 1) +
                 ": ReduceLROnPlateau reducing learning rate to " + Config(rate).to_string() +
                 ".\n");
    }
    cooldown_ = options_.cooldown;
    wait_ = 0;
  }

  ReduceLROnPlateauOptions options_;
  Monitor monitor_;
  std::optional<double> best_;
  int cooldown_ = 0;
  int wait_ = 0;
};

}  // namespace

ReduceLROnPlateau::ReduceLROnPlateau(const ReduceLROnPlateauOptions& options)
    : Callback(make_callback<ReduceLROnPlateauCallback>(options)) {}

}  // namespace antler
