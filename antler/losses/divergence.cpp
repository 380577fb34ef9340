#include "antler/losses/divergence.h"

#include "antler/losses/labels.h"
#include "antler/losses/loss_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/exponential.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/statistics.h"
#include "antler/ops/sum.h"

namespace antler {
namespace {

constexpr double kEpsilon = 1e-7;

Value as_share(const Value& p) { return ops::clip(p, ops::detail::number_like(p, kEpsilon), 1); }

}  // namespace

KLDivergence::KLDivergence(const KLDivergenceOptions& options)
    : Loss(losses::make_built_in("KLDivergence", options, losses::kl_divergence)) {}

Poisson::Poisson(const PoissonOptions& options)
    : Loss(losses::make_built_in("Poisson", options, losses::poisson)) {}

Value losses::kl_divergence(const Value& y_true, const Value& y_pred) {
  const auto [labels, predictions] = matched(y_true, y_pred, kOneLabelEach);
  const Value y = as_share(labels);
  return ops::sum(y * ops::log(y / as_share(predictions)), {.axis = -1});
}

Value losses::poisson(const Value& y_true, const Value& y_pred) {
  const auto [labels, rates] = matched(y_true, y_pred, kOneTargetEach);
  const Value epsilon = ops::detail::number_like(rates, kEpsilon);
  return ops::mean(rates - labels * ops::log(rates + epsilon), {.axis = -1});
}

}  // namespace antler
