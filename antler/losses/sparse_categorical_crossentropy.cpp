#include "antler/losses/sparse_categorical_crossentropy.h"

#include "antler/losses/labels.h"
#include "antler/losses/loss_with_options.h"
#include "antler/losses/probabilities.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/cross_entropy.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/exponential.h"
#include "antler/ops/gather_along.h"
#include "antler/ops/sum.h"
#include "antler/ops/transpose.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

class SparseCategoricalCrossentropyLoss final
    : public losses::LossWithOptions<SparseCategoricalCrossentropyOptions> {
 public:
  using LossWithOptions::LossWithOptions;
  std::string_view class_name() const override { return "SparseCategoricalCrossentropy"; }
  Value call(const Value& y_true, const Value& y_pred, const LossContext& context) const override {
    return losses::sparse_categorical_crossentropy(y_true, y_pred, options(), context);
  }
  Value mask(const Value& y_true, const Value& y_pred) const override {
    return losses::sparse_categorical_mask(y_true, y_pred, options());
  }
};

// Only the probability of the label needs a division, a clip and a logarithm.
Value from_probabilities(const Value& classes, const Value& probabilities) {
  const Value chosen = ops::take_along_axis(probabilities, ops::expand_dims(classes, -1), -1);
  const Value total = ops::sum(probabilities, {.axis = -1, .keepdims = true});
  return -ops::squeeze(ops::log(losses::clipped(chosen / total)), -1);
}

}  // namespace

SparseCategoricalCrossentropy::SparseCategoricalCrossentropy(
    const SparseCategoricalCrossentropyOptions& options)
    : Loss(std::make_shared<SparseCategoricalCrossentropyLoss>(options)) {}

Value losses::sparse_categorical_mask(const Value& y_true, const Value& y_pred,
                                      const SparseCategoricalCrossentropyOptions& options) {
  if (!options.ignore_class) return Value();
  const Value classes = matched_classes(y_true, y_pred, options.axis).y_true;
  return ops::not_equal(classes, *options.ignore_class);
}

Value losses::sparse_categorical_crossentropy(const Value& y_true, const Value& y_pred,
                                              const SparseCategoricalCrossentropyOptions& options,
                                              const LossContext& context) {
  Value source = y_pred;
  bool from_logits = options.from_logits;
  if (!from_logits && context.stable_rewrites) {
    if (const Value z = softmax_logits(y_pred, options.axis)) {
      source = z;
      from_logits = true;
    }
  }
  auto [classes, rows] = matched_classes(y_true, source, options.axis);
  const Value valid = sparse_categorical_mask(y_true, source, options);
  if (valid) {  // equal outputs in place of an ignored row's: whatever it holds does no harm
    classes = ops::where(valid, classes, 0);
    rows = ops::where(ops::expand_dims(valid, -1), rows, 1);
  }
  classes = checked_classes(classes, rows, context.owner, "sparse_categorical_crossentropy");
  const Value losses = from_logits ? ops::sparse_softmax_cross_entropy(rows, classes)
                                   : from_probabilities(classes, rows);
  return valid ? ops::where(valid, losses, 0) : losses;
}

}  // namespace antler
