#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

struct SGDOptions {
  NamedOnly named_only = NamedOnly();
  LearningRateArg learning_rate = 0.01;
  double momentum = 0.0;
  bool nesterov = false;
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
    field("momentum", self.momentum);
    field("nesterov", self.nesterov);
    OptimizerCommon::visit(self, field);
  }
};

/// Gradient descent: w -= rate g. With momentum m = momentum m - rate g, w += m; with Nesterov
/// momentum w += momentum m - rate g.
///
/// Options  momentum in [0, 1]; without it nesterov does nothing; the rest see OptimizerCommon.
/// Slots    momentum, if it is not 0.  Errors  ValueError for arguments out of range.
/// Source   keras.optimizers.SGD.
class SGD : public Optimizer {
 public:
  SGD(const SGDOptions& options = {});
};

}  // namespace antler
