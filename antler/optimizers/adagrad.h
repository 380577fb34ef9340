#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

struct AdagradOptions {
  NamedOnly named_only = NamedOnly();
  LearningRateArg learning_rate = 0.001;
  double initial_accumulator_value = 0.1;
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
    field("initial_accumulator_value", self.initial_accumulator_value);
    field("epsilon", self.epsilon);
    OptimizerCommon::visit(self, field);
  }
};

/// Adagrad: a += g^2, w -= rate g / sqrt(a + epsilon); a starts at initial_accumulator_value.
///
/// Slots    accumulator of each variable.
/// Errors   ValueError for arguments out of range.
/// Source   keras.optimizers.Adagrad; Duchi et al. (2011).
class Adagrad : public Optimizer {
 public:
  Adagrad(const AdagradOptions& options = {});
};

}  // namespace antler
