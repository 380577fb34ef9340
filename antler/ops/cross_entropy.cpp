#include "antler/ops/cross_entropy.h"

#include <string>

#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/check_index.h"
#include "antler/ops/composite.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/exponential.h"
#include "antler/ops/gather_along.h"
#include "antler/ops/log_softmax.h"
#include "antler/ops/one_hot.h"
#include "antler/ops/relu.h"
#include "antler/ops/rounding.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/softmax.h"
#include "antler/ops/sum.h"

namespace antler::ops {
namespace {

using Values = std::vector<Value>;
using Inputs = std::span<const Value>;

constexpr const char* kSparse = "sparse_softmax_cross_entropy";

// What flows back through probabilities = softmax(logits); only derivatives of second order do.
Value through_softmax(const Value& probabilities, const Value& g) {
  return probabilities * (g - sum(g * probabilities, {.axis = -1, .keepdims = true}));
}

Value add_if_any(const Value& a, const Value& b) {
  if (!a || !b) return a ? a : b;
  return a + b;
}

Values build_sparse(Inputs inputs) {
  const Value& logits = inputs[0];
  const Value labels =
      apply(CheckIndex{.size = logits.shape().back(), .owner = kSparse}, {inputs[1]});
  const Value chosen = take_along_axis(log_softmax(logits), expand_dims(labels, -1), -1);
  return {-squeeze(chosen, -1), softmax(logits)};
}

Values build_sparse_gradient(Inputs inputs) {
  const Value& probabilities = inputs[0];
  const Value targets =
      one_hot(inputs[1], probabilities.shape().back(), {.dtype = probabilities.dtype()});
  return {(probabilities - targets) * expand_dims(inputs[2], -1)};
}

Values sparse_rule(const Composite&, const GradientContext& context) {
  const Value probabilities = context.output(1);
  Value logits_gradient;
  if (const Value& g = context.output_gradient(0)) {
    logits_gradient =
        composite("sparse_softmax_cross_entropy_gradient", {probabilities, context.input(1), g},
                  Config::map(), build_sparse_gradient)
            .front();
  }
  if (const Value& g = context.output_gradient(1)) {
    logits_gradient = add_if_any(logits_gradient, through_softmax(probabilities, g));
  }
  return {logits_gradient, Value()};
}

Values build_softmax(Inputs inputs) {
  return {-sum(inputs[1] * log_softmax(inputs[0]), {.axis = -1}), softmax(inputs[0])};
}

Values build_softmax_gradient(Inputs inputs) {
  const Value& targets = inputs[1];
  const Value total = sum(targets, {.axis = -1, .keepdims = true});
  return {(inputs[0] * total - targets) * expand_dims(inputs[2], -1)};
}

Values softmax_rule(const Composite&, const GradientContext& context) {
  const Value& targets = context.input(1);
  const Value probabilities = context.output(1);
  Value logits_gradient;
  Value targets_gradient;
  if (const Value& g = context.output_gradient(0)) {
    if (context.needs(0)) {
      logits_gradient = composite("softmax_cross_entropy_gradient", {probabilities, targets, g},
                                  Config::map(), build_softmax_gradient)
                            .front();
    }
    if (context.needs(1)) {
      targets_gradient = -log_softmax(context.input(0)) * expand_dims(g, -1);
    }
  }
  if (const Value& g = context.output_gradient(1)) {
    logits_gradient = add_if_any(logits_gradient, through_softmax(probabilities, g));
  }
  return {logits_gradient, targets_gradient};
}

Values build_sigmoid(Inputs inputs) {
  const Value& x = inputs[0];
  return {relu(x) - x * inputs[1] + log1p(exp(-abs(x)))};
}

Values build_sigmoid_gradient(Inputs inputs) {
  return {(sigmoid(inputs[0]) - inputs[1]) * inputs[2]};
}

Values sigmoid_rule(const Composite&, const GradientContext& context) {
  const Value& logits = context.input(0);
  const Value& g = context.output_gradient(0);
  Value logits_gradient;
  if (context.needs(0)) {
    logits_gradient = composite("sigmoid_cross_entropy_gradient", {logits, context.input(1), g},
                                Config::map(), build_sigmoid_gradient)
                          .front();
  }
  return {logits_gradient, context.needs(1) ? -logits * g : Value()};
}

void require_same_shape(const char* op, const Value& logits, const Value& targets) {
  if (logits.shape().is_compatible(targets.shape())) return;
  throw ShapeError(std::string(op) + ": expected targets of the logits' shape " +
                   logits.shape().to_string() + ", got " + targets.shape().to_string());
}

}  // namespace

Value sparse_softmax_cross_entropy(const Value& logits, const Value& labels) {
  if (logits.rank() < 1) {
    throw ShapeError(std::string(kSparse) + ": expected logits (..., classes), got ()");
  }
  Value classes = is_integer(labels.dtype()) ? labels : cast(labels, DType::int32);
  if (classes.rank() == logits.rank() && classes.shape().back() == 1) {
    classes = squeeze(classes, -1);
  }
  const Shape rows = logits.shape().erased(-1);
  if (!classes.shape().is_compatible(rows)) {
    throw ShapeError(std::string(kSparse) + ": expected labels of shape " + rows.to_string() +
                     " for logits " + logits.shape().to_string() + ", got " +
                     labels.shape().to_string() + "; one-hot labels go with softmax_cross_entropy");
  }
  return composite(kSparse, {detail::as_floating(logits), classes}, Config::map(), build_sparse,
                   sparse_rule)
      .front();
}

Value softmax_cross_entropy(const Value& logits, const Value& targets) {
  constexpr const char* kName = "softmax_cross_entropy";
  require_same_shape(kName, logits, targets);
  if (logits.rank() < 1) {
    throw ShapeError(std::string(kName) + ": expected logits (..., classes), got ()");
  }
  const Value x = detail::as_floating(logits);
  return composite(kName, {x, cast(targets, x.dtype())}, Config::map(), build_softmax, softmax_rule)
      .front();
}

Value sigmoid_cross_entropy(const Value& logits, const Value& targets) {
  constexpr const char* kName = "sigmoid_cross_entropy";
  require_same_shape(kName, logits, targets);
  const Value x = detail::as_floating(logits);
  return composite(kName, {x, cast(targets, x.dtype())}, Config::map(), build_sigmoid, sigmoid_rule)
      .front();
}

}  // namespace antler::ops
