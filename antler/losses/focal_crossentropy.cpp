#include "antler/losses/focal_crossentropy.h"

#include <string>

#include "antler/core/error.h"
#include "antler/losses/labels.h"
#include "antler/losses/loss_with_options.h"
#include "antler/losses/probabilities.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/exponential.h"
#include "antler/ops/operands.h"
#include "antler/ops/power.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/softmax.h"
#include "antler/ops/statistics.h"
#include "antler/ops/sum.h"

namespace antler {
namespace {

using ops::detail::number_like;

// Below 0 what is already right would count most, without bound.
void require_gamma(const std::string& what, double gamma) {
  if (gamma >= 0) return;
  throw ValueError(what + ": expected gamma of at least 0, got " + std::to_string(gamma));
}

// gamma 2 by a product: no logarithm of what may be 0.
Value to_the_power(const Value& x, double gamma) {
  return gamma == 2 ? x * x : ops::power(x, number_like(x, gamma));
}

// alpha, shaped to stretch over all axes but that of the classes.
Value class_factors(const ClassFactorsArg& alpha, const Value& like, int class_axis) {
  const auto count = static_cast<std::int64_t>(alpha.get().size());
  if (alpha.is_single()) return number_like(like, alpha.get().front());
  Shape shape(std::vector<std::int64_t>(static_cast<std::size_t>(like.rank()), 1));
  shape.set(class_axis, count);
  const std::int64_t classes = like.shape()[class_axis];
  if (classes != None && classes != count) {
    throw ShapeError("expected a factor alpha for each of the " + std::to_string(classes) +
                     " classes of y_pred " + like.shape().to_string() + ", got " +
                     std::to_string(count));
  }
  return Tensor::from(alpha.get(), shape).astype(like.dtype());
}

}  // namespace

ClassFactorsArg::ClassFactorsArg(double factor) : factors_{factor}, is_single_(true) {}
ClassFactorsArg::ClassFactorsArg(std::initializer_list<double> factors) : factors_(factors) {}
ClassFactorsArg::ClassFactorsArg(std::vector<double> factors) : factors_(std::move(factors)) {}

BinaryFocalCrossentropy::BinaryFocalCrossentropy(const BinaryFocalCrossentropyOptions& options)
    : Loss(losses::make_built_in(
          "BinaryFocalCrossentropy", options, [options](const Value& y_true, const Value& y_pred) {
            return losses::binary_focal_crossentropy(y_true, y_pred, options);
          })) {
  const std::string what = options.name + " (BinaryFocalCrossentropy)";
  losses::require_smoothing(what, options.label_smoothing);
  require_gamma(what, options.gamma);
}

CategoricalFocalCrossentropy::CategoricalFocalCrossentropy(
    const CategoricalFocalCrossentropyOptions& options)
    : Loss(losses::make_built_in("CategoricalFocalCrossentropy", options,
                                 [options](const Value& y_true, const Value& y_pred) {
                                   return losses::categorical_focal_crossentropy(y_true, y_pred,
                                                                                 options);
                                 })) {
  const std::string what = options.name + " (CategoricalFocalCrossentropy)";
  losses::require_smoothing(what, options.label_smoothing);
  require_gamma(what, options.gamma);
}

Config to_config(const ClassFactorsArg& factors) {
  return factors.is_single() ? Config(factors.get().front()) : Config(factors.get());
}

void from_config(const Config& config, ClassFactorsArg& factors) {
  if (!config.is_list()) {
    factors = config.as_number();
    return;
  }
  std::vector<double> list;
  for (const Config& factor : config.as_list()) list.push_back(factor.as_number());
  factors = ClassFactorsArg(std::move(list));
}

Value losses::binary_focal_crossentropy(const Value& y_true, const Value& y_pred,
                                        const BinaryFocalCrossentropyOptions& options) {
  const auto [labels, predictions] = matched(y_true, y_pred, kOneBitEach);
  const Value y = smoothed(labels, options.label_smoothing, 0.5);
  const Value p = options.from_logits ? ops::sigmoid(predictions) : predictions;
  const Value kept = clipped(p);
  const Value crossentropy = -(y * ops::log(kept) + (1 - y) * ops::log(1 - kept));
  const Value p_t = y * p + (1 - y) * (1 - p);
  Value losses = to_the_power(1 - p_t, options.gamma) * crossentropy;
  if (options.apply_class_balancing) {
    losses =
        losses * (y * number_like(y, options.alpha) + (1 - y) * number_like(y, 1 - options.alpha));
  }
  return ops::mean(losses, {.axis = options.axis});
}

Value losses::categorical_focal_crossentropy(const Value& y_true, const Value& y_pred,
                                             const CategoricalFocalCrossentropyOptions& options) {
  const auto [labels, predictions] = matched(y_true, y_pred, kOneLabelEach);
  const int axis = normalize_axis("axis", options.axis, predictions.rank());
  const Value y =
      smoothed(labels, options.label_smoothing, 1.0 / static_cast<double>(labels.shape().back()));
  const Value p =
      normalized(options.from_logits ? ops::softmax(predictions, axis) : predictions, axis);
  const Value factors = class_factors(options.alpha, p, axis);
  return ops::sum(factors * to_the_power(1 - p, options.gamma) * (-y * ops::log(p)),
                  {.axis = axis});
}

}  // namespace antler
