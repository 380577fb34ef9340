#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

struct NadamOptions {
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

/// Nadam, Adam with Nesterov's momentum: with u_t = beta_1 (1 - 0.96^t / 2), P the product of all u
/// so far, and m and v as in Adam,
///
///   w -= rate (u_(t+1) m / (1 - P u_(t+1)) + (1 - u_t) g / (1 - P))
///        / (sqrt(v / (1 - beta_2^t)) + epsilon).
///
/// Slots    momentum and velocity of each variable, then one u_product (P) for all.
/// Errors   ValueError for arguments out of range.
/// Source   keras.optimizers.Nadam; Dozat (2016).
class Nadam : public Optimizer {
 public:
  Nadam(const NadamOptions& options = {});
};

}  // namespace antler
