#include "antler/losses/binary_crossentropy.h"

#include "antler/losses/labels.h"
#include "antler/losses/loss_with_options.h"
#include "antler/losses/probabilities.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cross_entropy.h"
#include "antler/ops/exponential.h"
#include "antler/ops/statistics.h"

namespace antler {
namespace {

class BinaryCrossentropyLoss final : public losses::LossWithOptions<BinaryCrossentropyOptions> {
 public:
  using LossWithOptions::LossWithOptions;
  std::string_view class_name() const override { return "BinaryCrossentropy"; }
  Value call(const Value& y_true, const Value& y_pred, const LossContext& context) const override {
    return losses::binary_crossentropy(y_true, y_pred, options(), context);
  }
};

Value from_probabilities(const Value& y_true, const Value& probabilities) {
  const Value p = losses::clipped(probabilities);
  return -(y_true * ops::log(p) + (1 - y_true) * ops::log(1 - p));
}

}  // namespace

BinaryCrossentropy::BinaryCrossentropy(const BinaryCrossentropyOptions& options)
    : Loss(std::make_shared<BinaryCrossentropyLoss>(options)) {
  losses::require_smoothing(options.name + " (BinaryCrossentropy)", options.label_smoothing);
}

Value losses::binary_crossentropy(const Value& y_true, const Value& y_pred,
                                  const BinaryCrossentropyOptions& options,
                                  const LossContext& context) {
  const auto [labels, predictions] = matched(y_true, y_pred, kOneBitEach);
  const Value targets = smoothed(labels, options.label_smoothing, 0.5);
  Value logits;
  if (options.from_logits) {
    logits = predictions;
  } else if (context.stable_rewrites) {
    logits = sigmoid_logits(predictions);
  }
  return ops::mean(logits ? ops::sigmoid_cross_entropy(logits, targets)
                          : from_probabilities(targets, predictions),
                   {.axis = options.axis});
}

}  // namespace antler
