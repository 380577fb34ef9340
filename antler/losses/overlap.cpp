#include "antler/losses/overlap.h"

#include "antler/losses/labels.h"
#include "antler/losses/loss_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/operands.h"
#include "antler/ops/sum.h"

namespace antler {
namespace {

using ops::detail::number_like;

constexpr double kEpsilon = 1e-7;

}  // namespace

Dice::Dice(const DiceOptions& options)
    : Loss(losses::make_built_in("Dice", options,
                                 [axis = options.axis](const Value& y_true, const Value& y_pred) {
                                   return losses::dice(y_true, y_pred, axis);
                                 })) {}

Tversky::Tversky(const TverskyOptions& options)
    : Loss(losses::make_built_in("Tversky", options,
                                 [options](const Value& y_true, const Value& y_pred) {
                                   return losses::tversky(y_true, y_pred, options);
                                 })) {}

Value losses::dice(const Value& y_true, const Value& y_pred, const ops::Axes& axis) {
  const auto [y, p] = matched(y_true, y_pred, kOneBitEach);
  const Value both = ops::sum(y * p, {.axis = axis});
  const Value total =
      ops::sum(y, {.axis = axis}) + ops::sum(p, {.axis = axis}) + number_like(p, kEpsilon);
  return 1 - 2 * both / total;
}

Value losses::tversky(const Value& y_true, const Value& y_pred, const TverskyOptions& options) {
  const auto [y, p] = matched(y_true, y_pred, kOneBitEach);
  const Value both = ops::sum(y * p, {.axis = options.axis});
  const Value missed = ops::sum(y * (1 - p), {.axis = options.axis});
  const Value wrong = ops::sum((1 - y) * p, {.axis = options.axis});
  return 1 - both / (both + number_like(p, options.alpha) * missed +
                     number_like(p, options.beta) * wrong + number_like(p, kEpsilon));
}

}  // namespace antler
