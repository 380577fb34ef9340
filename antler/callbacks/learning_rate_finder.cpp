#include "antler/callbacks/learning_rate_finder.h"

#include <algorithm>
#include <cmath>

#include "antler/core/config.h"
#include "antler/core/error.h"
#include "antler/models/model.h"
#include "antler/models/trainer.h"

namespace antler {
namespace {

constexpr const char* kName = "LearningRateFinder: ";

void require(bool holds, const char* what, const Config& got) {
  if (!holds)
    throw ValueError(std::string(kName) + "expected " + what + ", got " + got.to_string());
}

class LearningRateFinderCallback final : public CallbackBase {
 public:
  explicit LearningRateFinderCallback(const LearningRateFinderOptions& options)
      : options_(options) {
    require(options.min_lr > 0 && std::isfinite(options.min_lr), "a positive min_lr",
            options.min_lr);
    require(options.max_lr > options.min_lr && std::isfinite(options.max_lr),
            "a max_lr above min_lr", options.max_lr);
    require(options.batches >= 3, "at least 3 batches", options.batches);
    require(options.smoothing >= 0 && options.smoothing < 1, "smoothing in [0, 1)",
            options.smoothing);
    require(options.stop_factor > 1, "a stop_factor above 1", options.stop_factor);
  }

  void on_train_begin() override {
    if (!model().is_built()) {
      throw StateError(std::string(kName) +
                       "expected a model that is built; call it once or give it an Input");
    }
    rates_.clear();
    losses_.clear();
    smoothed_.clear();
    average_ = 0;
    done_ = false;
    const std::int64_t all = params().steps * params().epochs;
    batches_ = all > 0 ? std::min<std::int64_t>(options_.batches, all) : options_.batches;
    keep_state();
  }

  void on_train_batch_begin(std::int64_t) override {
    if (done_) return;
    Optimizer optimizer = model().optimizer();
    const double share = static_cast<double>(rates_.size()) /
                         static_cast<double>(std::max<std::int64_t>(batches_ - 1, 1));
    rates_.push_back(options_.min_lr * std::pow(options_.max_lr / options_.min_lr, share));
    with_error_prefix(kName, [&] { optimizer.set_learning_rate(rates_.back()); });
    trainer().reset_metrics();  // the logs show means over the epoch: of this batch alone from here
  }

  void on_train_batch_end(std::int64_t, const Logs& logs) override {
    if (done_) return;
    const double loss = logs["loss"];
    average_ = options_.smoothing * average_ + (1 - options_.smoothing) * loss;
    const double smoothed =
        average_ / (1 - std::pow(options_.smoothing, static_cast<double>(losses_.size() + 1)));
    losses_.push_back(loss);
    smoothed_.push_back(smoothed);
    const double least = *std::min_element(smoothed_.begin(), smoothed_.end());
    done_ = static_cast<std::int64_t>(rates_.size()) == batches_ || !std::isfinite(smoothed) ||
            smoothed > options_.stop_factor * least;
    if (done_) model().stop_training();
  }

  void on_train_end(const Logs&) override {
    for (std::size_t i = 0; i < variables_.size(); ++i) variables_[i].assign(values_[i]);
    variables_.clear();
    values_.clear();
    trainer().set_step(step_);
    trainer().reset_metrics();
  }

  std::optional<double> suggestion() const {
    const auto begin = static_cast<std::size_t>(batches_ / 10);
    const auto window = static_cast<std::size_t>(std::max<std::int64_t>(batches_ / 20, 1));
    const auto delay =
        static_cast<std::size_t>(std::lround(options_.smoothing / (1 - options_.smoothing)));
    if (smoothed_.size() <= begin) return std::nullopt;
    const auto least = static_cast<std::size_t>(
        std::min_element(smoothed_.begin() + static_cast<std::ptrdiff_t>(begin), smoothed_.end()) -
        smoothed_.begin());
    std::optional<double> best;
    double steepest = 0;
    for (std::size_t i = begin; i + window <= least; ++i) {
      const double fall = smoothed_[i] - smoothed_[i + window];
      if (fall <= steepest) continue;  // the rates are evenly spaced by their logarithms
      steepest = fall;
      const std::size_t middle = i + (window + 1) / 2;
      best = rates_[middle - std::min(middle, delay)];
    }
    return best;
  }
  const std::vector<double>& rates() const { return rates_; }
  const std::vector<double>& losses() const { return losses_; }
  const std::vector<double>& smoothed() const { return smoothed_; }

 private:
  Trainer& trainer() const { return model().model_base().trainer(); }

  // Slots that the first step would make are made now, so that they can be put back too.
  void keep_state() {
    OptimizerBase& optimizer = model().optimizer().base();
    optimizer.build(model().trainable_weights());
    variables_ = model().weights();
    const std::vector<Variable> slots = optimizer.variables();
    variables_.insert(variables_.end(), slots.begin(), slots.end());
    values_.clear();
    for (const Variable& variable : variables_) values_.push_back(variable.read());
    step_ = trainer().step();
  }

  LearningRateFinderOptions options_;
  std::int64_t batches_ = 0;
  std::vector<double> rates_, losses_, smoothed_;
  double average_ = 0;
  bool done_ = false;
  std::vector<Variable> variables_;  // and what they held before the sweep
  std::vector<Tensor> values_;
  std::int64_t step_ = 0;
};

const LearningRateFinderCallback& state(const LearningRateFinder& callback) {
  return static_cast<const LearningRateFinderCallback&>(callback.base());
}

}  // namespace

LearningRateFinder::LearningRateFinder(const LearningRateFinderOptions& options)
    : Callback(make_callback<LearningRateFinderCallback>(options)) {}

std::optional<double> LearningRateFinder::suggestion() const { return state(*this).suggestion(); }
const std::vector<double>& LearningRateFinder::rates() const { return state(*this).rates(); }
const std::vector<double>& LearningRateFinder::losses() const { return state(*this).losses(); }
const std::vector<double>& LearningRateFinder::smoothed_losses() const {
  return state(*this).smoothed();
}

}  // namespace antler
