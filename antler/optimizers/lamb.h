#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

struct LambOptions {
  NamedOnly named_only = NamedOnly();
  LearningRateArg learning_rate = 0.001;
  double beta_1 = 0.9;
  double beta_2 = 0.999;
  double epsilon = 1e-7;
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
    OptimizerCommon::visit(self, field);
  }
};

/// Lamb, Adam with a step in proportion to each variable's norm, for large batches: with m and v as
/// in Adam, u = m / (1 - beta_1^t) / (sqrt(v / (1 - beta_2^t)) + epsilon) and w -= rate |w| / |u|
/// u; where one of the norms is 0 their quotient counts as 1.
///
/// Slots    momentum and velocity of each variable.
/// Errors   ValueError for arguments out of range.
/// Source   keras.optimizers.Lamb; You et al. (2019), arXiv:1904.00962.
class Lamb : public Optimizer {
 public:
  Lamb(const LambOptions& options = {});
};

}  // namespace antler
