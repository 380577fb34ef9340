#include "antler/callbacks/early_stopping.h"

#include <vector>

#include "antler/callbacks/monitor.h"
#include "antler/core/error.h"
#include "antler/models/model.h"
#include "antler/models/terminal.h"

namespace antler {
namespace {

class EarlyStoppingCallback final : public CallbackBase {
 public:
  explicit EarlyStoppingCallback(const EarlyStoppingOptions& options)
      : options_(options),
        monitor_("EarlyStopping", options.monitor, options.mode, options.min_delta) {
    if (options.patience < 0) {
      throw ValueError("EarlyStopping: expected patience of at least 0, got " +
                       std::to_string(options.patience));
    }
  }

  void on_train_begin() override {
    wait_ = 0;
    stopped_epoch_ = 0;
    best_.reset();
    best_weights_.clear();
    best_epoch_ = 0;
  }

  void on_epoch_end(int epoch, Logs& logs) override {
    const std::optional<double> current = monitor_.value(logs, *this);
    if (!current || epoch < options_.start_from_epoch) return;
    ++wait_;
    if (monitor_.improves(*current, best_)) {
      best_ = current;
      best_epoch_ = epoch;
      if (options_.restore_best_weights) best_weights_ = model().get_weights();
      if (!options_.baseline || monitor_.improves(*current, options_.baseline)) wait_ = 0;
      return;
    }
    if (wait_ >= options_.patience && epoch > 0) {
      stopped_epoch_ = epoch;
      model().stop_training();
    }
  }

  void on_train_end(const Logs&) override {
    if (options_.verbose > 0 && stopped_epoch_ > 0) {
      print_text("Epoch " + std::to_string(stopped_epoch_ + 1) + ": early stopping\n");
    }
    if (best_weights_.empty()) return;
    if (options_.verbose > 0) {
      print_text("Restoring model weights from the end of the best epoch: " +
                 std::to_string(best_epoch_ + 1) + ".\n");
    }
    model().set_weights(best_weights_);
    best_weights_.clear();
  }

  int stopped_epoch() const { return stopped_epoch_; }
  std::optional<double> best() const { return best_; }
  int best_epoch() const { return best_epoch_; }

 private:
  EarlyStoppingOptions options_;
  Monitor monitor_;
  int wait_ = 0;
  int stopped_epoch_ = 0;
  int best_epoch_ = 0;
  std::optional<double> best_;
  std::vector<Tensor> best_weights_;
};

const EarlyStoppingCallback& state(const EarlyStopping& callback) {
  return static_cast<const EarlyStoppingCallback&>(callback.base());
}

}  // namespace

EarlyStopping::EarlyStopping(const EarlyStoppingOptions& options)
    : Callback(make_callback<EarlyStoppingCallback>(options)) {}

int EarlyStopping::stopped_epoch() const { return state(*this).stopped_epoch(); }
std::optional<double> EarlyStopping::best() const { return state(*this).best(); }
int EarlyStopping::best_epoch() const { return state(*this).best_epoch(); }

}  // namespace antler
