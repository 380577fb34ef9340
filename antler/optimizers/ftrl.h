#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

struct FtrlOptions {
  NamedOnly named_only = NamedOnly();
  LearningRateArg learning_rate = 0.001;
  double learning_rate_power = -0.5;
  double initial_accumulator_value = 0.1;
  double l1_regularization_strength = 0.0;
  double l2_regularization_strength = 0.0;
  double l2_shrinkage_regularization_strength = 0.0;
  double beta = 0.0;
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
    field("learning_rate_power", self.learning_rate_power);
    field("initial_accumulator_value", self.initial_accumulator_value);
    field("l1_regularization_strength", self.l1_regularization_strength);
    field("l2_regularization_strength", self.l2_regularization_strength);
    field("l2_shrinkage_regularization_strength", self.l2_shrinkage_regularization_strength);
    field("beta", self.beta);
    OptimizerCommon::visit(self, field);
  }
};

/// Follow the regularized leader, for sparse weights. With p = -learning_rate_power,
/// l2' = l2 + beta / (2 rate) and g' = g + 2 l2_shrinkage w:
///
///   n' = n + g^2,  z += g' - (n'^p - n^p) / rate w,
///   w = (clip(z, -l1, l1) - z) / (n'^p / rate + 2 l2').
///
/// Slots    accumulator (n, from initial_accumulator_value) and linear (z) of each variable.
/// Errors   ValueError for a positive learning_rate_power, other arguments below 0.
/// Source   keras.optimizers.Ftrl; McMahan et al. (2013).
class Ftrl : public Optimizer {
 public:
  Ftrl(const FtrlOptions& options = {});
};

}  // namespace antler
