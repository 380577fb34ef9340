#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

struct AdamaxOptions {
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

/// Adamax, Adam with the largest gradient in place of its square's mean: m += (g - m)(1 - beta_1),
/// u = max(beta_2 u, |g|), w -= rate m / ((1 - beta_1^t) (u + epsilon)), t = 1, 2, ...
///
/// Slots    momentum (m) and norm (u) of each variable.
/// Errors   ValueError for arguments out of range.
/// Source   keras.optimizers.Adamax; Kingma and Ba (2014), arXiv:1412.6980, section 7.
class Adamax : public Optimizer {
 public:
  Adamax(const AdamaxOptions& options = {});
};

}  // namespace antler
