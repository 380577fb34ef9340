#include "antler/losses/generalized_crossentropy.h"

#include "antler/core/error.h"
#include "antler/losses/labels.h"
#include "antler/losses/loss_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/gather_along.h"
#include "antler/ops/operands.h"
#include "antler/ops/power.h"
#include "antler/ops/where.h"

namespace antler {

CategoricalGeneralizedCrossEntropy::CategoricalGeneralizedCrossEntropy(
    const CategoricalGeneralizedCrossEntropyOptions& options)
    : Loss(losses::make_built_in(
          "CategoricalGeneralizedCrossEntropy", options,
          [q = options.q](const Value& y_true, const Value& y_pred, const LossContext& context) {
            return losses::categorical_generalized_cross_entropy(y_true, y_pred, q, context);
          })) {
  if (options.q > 0 && options.q < 1) return;
  throw ValueError(options.name +
                   " (CategoricalGeneralizedCrossEntropy): expected q in (0, 1), got " +
                   std::to_string(options.q));
}

// The slope is infinite at p = 0, where a softmax that led there has slope 0: the select makes the
// product of both 0 instead of NaN.
Value losses::categorical_generalized_cross_entropy(const Value& y_true, const Value& y_pred,
                                                    double q, const LossContext& context) {
  const auto [classes, rows] = matched_classes(y_true, y_pred, -1);
  const Value checked =
      checked_classes(classes, rows, context.owner, "categorical_generalized_cross_entropy");
  const Value p = ops::squeeze(ops::take_along_axis(rows, ops::expand_dims(checked, -1), -1), -1);
  const Value exponent = ops::detail::number_like(p, q);
  const Value zero = ops::equal(p, 0);
  const Value raised = ops::where(zero, 0, ops::power(ops::where(zero, 1, p), exponent));
  return (1 - raised) / exponent;
}

}  // namespace antler
