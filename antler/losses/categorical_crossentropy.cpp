#include "antler/losses/categorical_crossentropy.h"

#include "antler/core/error.h"
#include "antler/losses/labels.h"
#include "antler/losses/loss_with_options.h"
#include "antler/losses/probabilities.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cross_entropy.h"
#include "antler/ops/exponential.h"
#include "antler/ops/sum.h"
#include "antler/ops/transpose.h"

namespace antler {
namespace {

class CategoricalCrossentropyLoss final
    : public losses::LossWithOptions<CategoricalCrossentropyOptions> {
 public:
  using LossWithOptions::LossWithOptions;
  std::string_view class_name() const override { return "CategoricalCrossentropy"; }
  Value call(const Value& y_true, const Value& y_pred, const LossContext& context) const override {
    return losses::categorical_crossentropy(y_true, y_pred, options(), context);
  }
};

Value from_logits(const Value& targets, const Value& logits, int class_axis) {
  const int last = logits.rank() - 1;
  return ops::softmax_cross_entropy(ops::moveaxis(logits, class_axis, last),
                                    ops::moveaxis(targets, class_axis, last));
}

}  // namespace

CategoricalCrossentropy::CategoricalCrossentropy(const CategoricalCrossentropyOptions& options)
    : Loss(std::make_shared<CategoricalCrossentropyLoss>(options)) {
  losses::require_smoothing(options.name + " (CategoricalCrossentropy)", options.label_smoothing);
}

// The share of label smoothing follows from the last axis even when the classes stand elsewhere,
// as in Keras.
Value losses::categorical_crossentropy(const Value& y_true, const Value& y_pred,
                                       const CategoricalCrossentropyOptions& options,
                                       const LossContext& context) {
  const auto [labels, predictions] =
      matched(y_true, y_pred, "class numbers go with SparseCategoricalCrossentropy");
  const int axis = normalize_axis("axis", options.axis, predictions.rank());
  const Value targets =
      smoothed(labels, options.label_smoothing, 1.0 / static_cast<double>(labels.shape().back()));
  if (options.from_logits) return from_logits(targets, predictions, axis);
  if (context.stable_rewrites) {
    if (const Value z = softmax_logits(predictions, axis)) return from_logits(targets, z, axis);
  }
  return -ops::sum(targets * ops::log(normalized(predictions, axis)), {.axis = axis});
}

}  // namespace antler
