#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

struct AdamOptions {
  NamedOnly named_only = NamedOnly();
  LearningRateArg learning_rate = 0.001;
  double beta_1 = 0.9;
  double beta_2 = 0.999;
  double epsilon = 1e-7;
  bool amsgrad = false;
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
    field("amsgrad", self.amsgrad);
    OptimizerCommon::visit(self, field);
  }
};

/// Adam: m += (g - m)(1 - beta_1), v += (g^2 - v)(1 - beta_2), w -= alpha m / (sqrt(v) + epsilon)
/// with alpha = rate sqrt(1 - beta_2^t) / (1 - beta_1^t), t = 1, 2, ... With amsgrad the largest v
/// so far takes the place of v.
///
/// Options  beta_1, beta_2 in [0, 1); epsilon is "epsilon hat": outside the bias correction, other
///          than in torch; the rest see OptimizerCommon.
/// Slots    momentum and velocity of each variable, then all velocity_hat (if amsgrad).
/// Errors   ValueError for arguments out of range.
/// Source   keras.optimizers.Adam; Kingma and Ba (2014), arXiv:1412.6980, section 2; Reddi et al.
///          (2018) for amsgrad.
class Adam : public Optimizer {
 public:
  Adam(const AdamOptions& options = {});
};

/// Adam under another class name, for AdamW.
Optimizer make_adam(std::string_view class_name, const AdamOptions& options);

}  // namespace antler
