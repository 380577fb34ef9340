#pragma once

#include <cstdint>
#include <string>

#include "antler/core/named_only.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

struct LossScaleOptimizerOptions {
  NamedOnly named_only = NamedOnly();
  double initial_scale = 32768.0;
  std::int64_t dynamic_growth_steps = 2000;
  std::string name = {};
  static void visit(auto& self, auto&& field) {
    field("initial_scale", self.initial_scale);
    field("dynamic_growth_steps", self.dynamic_growth_steps);
    field("name", self.name);
  }
};

/// Another optimizer whose loss is multiplied by a scale that finds itself, so that small gradients
/// of short floats do not vanish: a step with an infinite or NaN gradient changes nothing but
/// halves the scale; dynamic_growth_steps steps without one double it.
///
/// Options  learning rate, clips, weight decay and so on are the inner optimizer's; its own
///          loss_scale_factor is taken away.
/// Slots    step_counter and dynamic_scale, then the inner optimizer's variables; its own iteration
///          and learning_rate in front of them stay 0, as in Keras.
/// Errors   ValueError for an initial_scale that is not positive or dynamic_growth_steps < 1.
/// Source   keras.optimizers.LossScaleOptimizer; Micikevicius et al. (2017), arXiv:1710.03740.
class LossScaleOptimizer : public Optimizer {
 public:
  LossScaleOptimizer(const OptimizerArg& inner_optimizer,
                     const LossScaleOptimizerOptions& options = {});
  static Optimizer from_config(const Config& config);
};

}  // namespace antler
