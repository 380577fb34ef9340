#include "antler/callbacks/terminate_on_nan.h"

#include <cmath>

#include "antler/core/error.h"
#include "antler/models/model.h"
#include "antler/models/terminal.h"
#include "antler/models/trainer.h"

namespace antler {
namespace {

class TerminateOnNaNCallback final : public CallbackBase {
 public:
  explicit TerminateOnNaNCallback(bool raise_error) : raise_error_(raise_error) {}

  Probes wants_probes() const override { return {.finite = true}; }

  void on_train_begin() override {
    message_.clear();
    forget();
  }
  void on_epoch_begin(int epoch) override { epoch_ = epoch; }

  // A gradient may overflow a step before the loss shows it; a step in which all is finite again
  // (a clipped gradient) takes the suspicion back.
  void on_train_batch_end(std::int64_t batch, const Logs& logs) override {
    const Trainer& trainer = model().model_base().trainer();
    if (trainer.not_finite().empty()) {
      forget();
    } else if (!step_) {
      place_ = trainer.not_finite().front();
      step_ = trainer.step() - 1;
      where_ = "epoch " + std::to_string(epoch_ + 1) + ", batch " + std::to_string(batch + 1);
    }
    const double loss = logs["loss"];
    if (std::isfinite(loss)) return;
    const std::string shown = std::isnan(loss) ? "NaN" : "infinite";
    message_ = "the loss is " + shown + " in epoch " + std::to_string(epoch_ + 1) + ", batch " +
               std::to_string(batch + 1);
    message_ += step_ ? "; the first value that was not finite: " + place_ + " in step " +
                            std::to_string(*step_) + " (" + where_ + ")"
                      : "; all layers were finite";
    if (raise_error_) throw ValueError("TerminateOnNaN: " + message_);
    if (params().verbose > 0) print_text("\nTerminateOnNaN: " + message_ + "\n");
    model().stop_training();
  }

  const std::string& message() const { return message_; }
  const std::string& place() const { return place_; }
  std::optional<std::int64_t> step() const { return step_; }

 private:
  void forget() {
    place_.clear();
    where_.clear();
    step_.reset();
  }

  bool raise_error_;
  int epoch_ = 0;
  std::string message_, place_, where_;
  std::optional<std::int64_t> step_;
};

const TerminateOnNaNCallback& state(const TerminateOnNaN& callback) {
  return static_cast<const TerminateOnNaNCallback&>(callback.base());
}

}  // namespace

TerminateOnNaN::TerminateOnNaN(const TerminateOnNaNOptions& options)
    : Callback(make_callback<TerminateOnNaNCallback>(options.raise_error)) {}

const std::string& TerminateOnNaN::message() const { return state(*this).message(); }
const std::string& TerminateOnNaN::place() const { return state(*this).place(); }
std::optional<std::int64_t> TerminateOnNaN::step() const { return state(*this).step(); }

}  // namespace antler
