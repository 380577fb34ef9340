#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

struct AdafactorOptions {
  NamedOnly named_only = NamedOnly();
  LearningRateArg learning_rate = 0.001;
  double beta_2_decay = -0.8;
  double epsilon_1 = 1e-30;
  double epsilon_2 = 1e-3;
  double clip_threshold = 1.0;
  bool relative_step = true;
  std::optional<double> weight_decay = {};
  std::optional<double> clipnorm = {};
  std::optional<double> clipvalue = {};
  std::optional<double> global_clipnorm = {};
  bool use_ema = false;
  double ema_momentum = 0.99;
  std::optional<std::int64_t> ema_overwrite_frequency = {};
  std::optional<double> loss_scale_factor = {};
  std::optional<std::int64_t> gradient_accumulation_steps = {};
  std::string name = {};
  static void visit(auto& self, auto&& field) {
    field("learning_rate", self.learning_rate);
    field("beta_2_decay", self.beta_2_decay);
    field("epsilon_1", self.epsilon_1);
    field("epsilon_2", self.epsilon_2);
    field("clip_threshold", self.clip_threshold);
    field("relative_step", self.relative_step);
    OptimizerCommon::visit(self, field);
  }
};

/// Adafactor, which keeps of a matrix of squares only the means of its rows and columns. With
/// rho = min(rate, 1 / sqrt(t)), beta = 1 - t^beta_2_decay, s = g^2 + epsilon_1 and rms x =
/// sqrt(mean x^2):
///
///   r = beta r + (1 - beta) mean_columns(s),  c = beta c + (1 - beta) mean_rows(s),
///   v = r / mean(r) c   (rank below 2: v = beta v + (1 - beta) s),
///   u = g / sqrt(v),  w -= max(epsilon_2, rms w) rho u / max(1, rms(u) / clip_threshold).
///
/// Options  relative_step bounds the rate by 1 / sqrt(t), as Keras does without it, too.
/// Slots    r, c (over the last two axes; unused integers below rank 2) and velocity of each
///          variable.
/// Errors   ValueError for arguments out of range.
/// Source   keras.optimizers.Adafactor; Shazeer and Stern (2018), arXiv:1804.04235.
class Adafactor : public Optimizer {
 public:
  Adafactor(const AdafactorOptions& options = {});
};

}  // namespace antler
