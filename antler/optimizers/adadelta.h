#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

struct AdadeltaOptions {
  NamedOnly named_only = NamedOnly();
  LearningRateArg learning_rate = 0.001;
  double rho = 0.95;
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
    field("rho", self.rho);
    field("epsilon", self.epsilon);
    OptimizerCommon::visit(self, field);
  }
};

/// Adadelta: a = rho a + (1 - rho) g^2, d = -sqrt(b + epsilon) g / sqrt(a + epsilon),
/// b = rho b + (1 - rho) d^2, w += rate d.
///
/// Options  rho: how much of the past the means a and b keep, in [0, 1]; a rate of 1 is that of the
///          paper; the rest see OptimizerCommon.
/// Slots    accumulated_grad (a) and accumulated_delta_var (b) of each variable.
/// Errors   ValueError for arguments out of range.
/// Source   keras.optimizers.Adadelta; Zeiler (2012), arXiv:1212.5701.
class Adadelta : public Optimizer {
 public:
  Adadelta(const AdadeltaOptions& options = {});
};

}  // namespace antler
