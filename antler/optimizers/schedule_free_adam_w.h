#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

struct ScheduleFreeAdamWOptions {
  NamedOnly named_only = NamedOnly();
  LearningRateArg learning_rate = 0.0025;
  double beta_1 = 0.9;
  double beta_2 = 0.999;
  double epsilon = 1e-8;
  std::int64_t warmup_steps = 0;
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
    field("beta_1", self.beta_1);
    field("beta_2", self.beta_2);
    field("epsilon", self.epsilon);
    field("warmup_steps", self.warmup_steps);
    OptimizerCommon::visit(self, field);
  }
};

/// Schedule-free AdamW, which needs no falling rate: with z a sequence of Adam's steps without
/// momentum and x the mean of all z, gradients are taken at w = (1 - beta_1) z + beta_1 x:
///
///   v += (g^2 - v)(1 - beta_2),  x = (w - (1 - beta_1) z) / beta_1,
///   z -= rate g / (sqrt(v / (1 - beta_2^t)) + epsilon),  x += (z - x) / t,
///   w = (1 - beta_1) z + beta_1 x.
///
/// Options  beta_1 in (0, 1]; warmup_steps: the rate grows in proportion to t up to that step.
/// Slots    momentum (z, from a copy of the weights) and velocity (v) of each variable.
/// Errors   ValueError for arguments out of range.
/// Source   keras.optimizers.ScheduleFreeAdamW; Defazio et al. (2024), arXiv:2405.15682.
class ScheduleFreeAdamW : public Optimizer {
 public:
  ScheduleFreeAdamW(const ScheduleFreeAdamWOptions& options = {});
};

}  // namespace antler
