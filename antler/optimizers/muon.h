#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

struct MuonOptions {
  NamedOnly named_only = NamedOnly();
  LearningRateArg learning_rate = 0.001;
  double adam_beta_1 = 0.9;
  double adam_beta_2 = 0.999;
  std::optional<double> adam_weight_decay = 0.004;
  double epsilon = 1e-7;
  std::optional<double> weight_decay = 0.004;
  std::optional<double> clipnorm = {};
  std::optional<double> clipvalue = {};
  std::optional<double> global_clipnorm = {};
  bool use_ema = false;
  double ema_momentum = 0.99;
  std::optional<std::int64_t> ema_overwrite_frequency = {};
  std::optional<double> loss_scale_factor = {};
  std::optional<std::int64_t> gradient_accumulation_steps = {};
  std::vector<std::string> exclude_layers = {};
  bool exclude_embeddings = true;
  double muon_a = 3.4445;
  double muon_b = -4.775;
  double muon_c = 2.0315;
  double adam_lr_ratio = 1;
  double momentum = 0.95;
  std::int64_t ns_steps = 5;
  bool nesterov = true;
  std::optional<double> rms_rate = 0.2;
  std::string name = {};
  static void visit(auto& self, auto&& field) {
    field("learning_rate", self.learning_rate);
    field("adam_beta_1", self.adam_beta_1);
    field("adam_beta_2", self.adam_beta_2);
    field("adam_weight_decay", self.adam_weight_decay);
    field("epsilon", self.epsilon);
    field("exclude_layers", self.exclude_layers);
    field("exclude_embeddings", self.exclude_embeddings);
    field("muon_a", self.muon_a);
    field("muon_b", self.muon_b);
    field("muon_c", self.muon_c);
    field("adam_lr_ratio", self.adam_lr_ratio);
    field("momentum", self.momentum);
    field("ns_steps", self.ns_steps);
    field("nesterov", self.nesterov);
    field("rms_rate", self.rms_rate);
    OptimizerCommon::visit(self, field);
  }
};

/// Muon: the momentum of a matrix is made nearly orthogonal, all its singular values near 1, before
/// the step; all that is no matrix goes by Adam. For a matrix
///
///   m += g + (momentum - 1) m,  x = g + momentum m (nesterov) or m,  x = x / (|x| + 1e-7),
///   ns_steps times: A = x x^T, x = a x + (b A + c A A) x   (Newton-Schulz; x lies on its long
///   side), w -= rate x sqrt(max(rows, columns)) rms_rate.
///
/// Options  adam_beta_1, adam_beta_2, epsilon, adam_weight_decay, adam_lr_ratio (times the
///          rate) are Adam's; weight_decay is the matrices'. Adam also takes variables in whose
///          path one of the regular expressions exclude_layers is found, and with
///          exclude_embeddings those with "embedding" in it. rms_rate: none leaves the step without
///          the root and the factor.
/// Slots    momentum of each variable, and velocity of Adam's, variable by variable.
/// Errors   ValueError for arguments out of range.
/// Source   keras.optimizers.Muon; Jordan et al. (2024); Liu et al. (2025), arXiv:2502.16982.
class Muon : public Optimizer {
 public:
  Muon(const MuonOptions& options = {});
};

}  // namespace antler
