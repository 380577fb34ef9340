#include "antler/losses/hinge.h"

#include "antler/losses/labels.h"
#include "antler/losses/loss_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/extrema.h"
#include "antler/ops/logical.h"
#include "antler/ops/max_min.h"
#include "antler/ops/statistics.h"
#include "antler/ops/sum.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

Value as_signs(const Value& labels) {
  const Value is_bit = ops::logical_or(ops::equal(labels, 0), ops::equal(labels, 1));
  return ops::where(ops::all(is_bit), 2 * labels - 1, labels);
}

// max(1 - y p, 0) for each element.
Value shortfall(const Value& y_true, const Value& y_pred) {
  const auto [labels, predictions] = losses::matched(y_true, y_pred, losses::kOneTargetEach);
  return ops::maximum(1 - as_signs(labels) * predictions, 0);
}

}  // namespace

Hinge::Hinge(const HingeOptions& options)
    : Loss(losses::make_built_in("Hinge", options, losses::hinge)) {}

SquaredHinge::SquaredHinge(const SquaredHingeOptions& options)
    : Loss(losses::make_built_in("SquaredHinge", options, losses::squared_hinge)) {}

CategoricalHinge::CategoricalHinge(const CategoricalHingeOptions& options)
    : Loss(losses::make_built_in("CategoricalHinge", options, losses::categorical_hinge)) {}

Value losses::hinge(const Value& y_true, const Value& y_pred) {
  return ops::mean(shortfall(y_true, y_pred), {.axis = -1});
}

Value losses::squared_hinge(const Value& y_true, const Value& y_pred) {
  const Value short_by = shortfall(y_true, y_pred);
  return ops::mean(short_by * short_by, {.axis = -1});
}

Value losses::categorical_hinge(const Value& y_true, const Value& y_pred) {
  const auto [labels, predictions] = matched(y_true, y_pred, kOneLabelEach);
  const Value own = ops::sum(labels * predictions, {.axis = -1});
  const Value other = ops::max((1 - labels) * predictions, {.axis = -1});
  return ops::maximum(other - own + 1, 0);
}

}  // namespace antler
