#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

struct RMSpropOptions {
  NamedOnly named_only = NamedOnly();
  LearningRateArg learning_rate = 0.001;
  double rho = 0.9;
  double momentum = 0.0;
  double epsilon = 1e-7;
  bool centered = false;
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
    field("rho", self.rho);
    field("momentum", self.momentum);
    field("epsilon", self.epsilon);
    field("centered", self.centered);
    OptimizerCommon::visit(self, field);
  }
};

/// Gradients divided by their recent size: v = rho v + (1 - rho) g^2, d = v + epsilon, or if
/// centered d = v - a^2 + epsilon with a = rho a + (1 - rho) g; w -= rate g / sqrt(d), or with
/// momentum m = momentum m + rate g / sqrt(d), w -= m.
///
/// Options  rho, momentum in [0, 1]; epsilon stands inside the root; the rest see OptimizerCommon.
/// Slots    all velocity, all momentum (if not 0), all average_gradient (if centered).
/// Errors   ValueError for arguments out of range.
/// Source   keras.optimizers.RMSprop; Hinton (2012).
class RMSprop : public Optimizer {
 public:
  RMSprop(const RMSpropOptions& options = {});
};

}  // namespace antler
