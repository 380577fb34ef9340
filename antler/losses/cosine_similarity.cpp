#include "antler/losses/cosine_similarity.h"

#include "antler/losses/labels.h"
#include "antler/losses/loss_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/roots.h"
#include "antler/ops/sum.h"

namespace antler {
namespace {

// The bound stands under the root: over it, as in Keras, a row of zeros would get the gradient NaN.
Value of_unit_length(const Value& x, int axis) {
  const Value squares = ops::sum(x * x, {.axis = axis, .keepdims = true});
  return x * ops::rsqrt(ops::maximum(squares, ops::detail::number_like(x, 1e-14)));
}

}  // namespace

CosineSimilarity::CosineSimilarity(const CosineSimilarityOptions& options)
    : Loss(losses::make_built_in("CosineSimilarity", options,
                                 [axis = options.axis](const Value& y_true, const Value& y_pred) {
                                   return losses::cosine_similarity(y_true, y_pred, axis);
                                 })) {}

Value losses::cosine_similarity(const Value& y_true, const Value& y_pred, int axis) {
  const auto [labels, predictions] = matched(y_true, y_pred, kOneTargetEach);
  return -ops::sum(of_unit_length(labels, axis) * of_unit_length(predictions, axis),
                   {.axis = axis});
}

}  // namespace antler
