#pragma once

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"

namespace antler {

struct KLDivergenceOptions {
  NamedOnly named_only = NamedOnly();
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "kl_divergence";
  static void visit(auto& self, auto&& field) {
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// sum_k y_k log(y_k / p_k) over the last axis, the Kullback-Leibler divergence of distributions;
/// both are clipped to [1e-7, 1].
///
/// Shapes  y_true and y_pred (..., n) -> (...).
/// Errors  ShapeError.  Source  keras.losses.KLDivergence.
class KLDivergence : public Loss {
 public:
  KLDivergence(const KLDivergenceOptions& options = {});
};

struct PoissonOptions {
  NamedOnly named_only = NamedOnly();
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "poisson";
  static void visit(auto& self, auto&& field) {
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// y_pred - y_true log(y_pred + 1e-7), the mean over the last axis: the negative log-likelihood of
/// counts y_true at rates y_pred, but for a constant.
///
/// Shapes  y_true and y_pred (..., n) -> (...); (batch,) beside (batch, 1) is fine.
/// Errors  ShapeError.  Source  keras.losses.Poisson.
class Poisson : public Loss {
 public:
  Poisson(const PoissonOptions& options = {});
};

namespace losses {

/// The losses above before reduction.
Value kl_divergence(const Value& y_true, const Value& y_pred);
Value poisson(const Value& y_true, const Value& y_pred);

}  // namespace losses
}  // namespace antler
