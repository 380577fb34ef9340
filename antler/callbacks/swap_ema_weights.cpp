#include "antler/callbacks/swap_ema_weights.h"

#include <vector>

#include "antler/core/error.h"
#include "antler/models/model.h"

namespace antler {
namespace {

class SwapEMAWeightsCallback final : public CallbackBase {
 public:
  explicit SwapEMAWeightsCallback(bool swap_on_epoch) : swap_on_epoch_(swap_on_epoch) {}

  void on_train_begin() override { own_.clear(); }
  void on_epoch_begin(int) override {
    if (swap_on_epoch_) restore();
  }
  void on_epoch_end(int, Logs&) override {
    if (swap_on_epoch_) take_averages();
  }
  // fit gives the model its averages for good before this.
  void on_train_end(const Logs&) override { own_.clear(); }
  void on_test_begin() override { take_averages(); }
  void on_test_end(const Logs&) override { restore(); }
  void on_predict_begin() override { take_averages(); }
  void on_predict_end() override { restore(); }

 private:
  // The averages stay where they are, so that the end of fit finds them there.
  void take_averages() {
    const OptimizerBase& optimizer = model().optimizer().base();
    if (!optimizer.common().use_ema) {
      throw StateError("SwapEMAWeights: expected an optimizer with use_ema = true, got " +
                       optimizer.class_name() + " without");
    }
    // Before the first step there are no averages.
    if (!own_.empty() || optimizer.iterations().read().item<std::int64_t>() == 0) return;
    const std::vector<Variable>& averages = optimizer.moving_averages();
    std::vector<Variable> weights = optimizer.trainable_variables();
    for (std::size_t i = 0; i < averages.size(); ++i) {
      own_.push_back(weights[i].read());
      weights[i].assign(averages[i].read());
    }
  }

  void restore() {
    if (own_.empty()) return;
    std::vector<Variable> weights = model().optimizer().base().trainable_variables();
    for (std::size_t i = 0; i < own_.size(); ++i) weights[i].assign(own_[i]);
    own_.clear();
  }

  bool swap_on_epoch_;
  std::vector<Tensor> own_;  // the model's weights while it has the averages
};

}  // namespace

SwapEMAWeights::SwapEMAWeights(const SwapEMAWeightsOptions& options)
    : Callback(make_callback<SwapEMAWeightsCallback>(options.swap_on_epoch)) {}

}  // namespace antler
