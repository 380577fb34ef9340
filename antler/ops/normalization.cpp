#include "antler/ops/normalization.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/composite.h"
#include "antler/ops/operands.h"
#include "antler/ops/roots.h"
#include "antler/ops/statistics.h"
#include "antler/ops/sum.h"

namespace antler::ops {
namespace {

using Values = std::vector<Value>;
using Inputs = std::span<const Value>;

// What a composite is built with; its inputs are x, then those of gamma and beta that there are.
struct Attributes {
  double epsilon = 0;
  bool scale = false;
  bool center = false;

  Config to_config() const {
    return Config::map({{"epsilon", epsilon}, {"scale", scale}, {"center", center}});
  }
  static Attributes of(const Composite& op) {
    return {op.attributes.at("epsilon").as_number(), op.attributes.at("scale").as_bool(),
            op.attributes.at("center").as_bool()};
  }
};

Value inverse_deviation(const Value& variance, double epsilon) {
  return rsqrt(variance + detail::number_like(variance, epsilon));
}

Value scaled(Value y, const Attributes& attributes, Inputs inputs) {
  if (attributes.scale) y = y * inputs[1];
  if (attributes.center) y = y + inputs.back();
  return y;
}

// The part of g that changes neither mean nor variance along `axis`, taken back through x_hat.
Value centered(const Value& g, const Value& x_hat, const Value& inverse, int axis) {
  const ReduceOptions kept{.axis = axis, .keepdims = true};
  return inverse * (g - mean(g, kept) - x_hat * mean(g * x_hat, kept));
}

Values gradients_of_scale(const Value& g, const Value& x_hat, const Attributes& attributes) {
  Values gradients;
  if (attributes.scale) gradients.push_back(sum(g * x_hat, {.axis = 0}));
  if (attributes.center) gradients.push_back(sum(g, {.axis = 0}));
  return gradients;
}

Values operands(const Value& x, const Value& gamma, const Value& beta) {
  Values inputs = {x};
  if (gamma) inputs.push_back(gamma);
  if (beta) inputs.push_back(beta);
  return inputs;
}

// ---------------------------------------------------------------------------- rows

Values build_rows(const Attributes& attributes, Inputs inputs) {
  const ReduceOptions kept{.axis = -1, .keepdims = true};
  const Value difference = inputs[0] - mean(inputs[0], kept);
  const Value inverse = inverse_deviation(mean(difference * difference, kept), attributes.epsilon);
  return {scaled(difference * inverse, attributes, inputs)};
}

// Of x, gamma if there is one, and what comes back.
Values build_rows_gradient(const Attributes& attributes, Inputs inputs) {
  const ReduceOptions kept{.axis = -1, .keepdims = true};
  const Value difference = inputs[0] - mean(inputs[0], kept);
  const Value inverse = inverse_deviation(mean(difference * difference, kept), attributes.epsilon);
  const Value x_hat = difference * inverse;
  const Value& g = inputs.back();
  Values gradients = {centered(attributes.scale ? g * inputs[1] : g, x_hat, inverse, -1)};
  for (Value& v : gradients_of_scale(g, x_hat, attributes)) gradients.push_back(v);
  return gradients;
}

Values rows_rule(const Composite& op, const GradientContext& context) {
  const Attributes attributes = Attributes::of(op);
  Values inputs = {context.input(0)};
  if (attributes.scale) inputs.push_back(context.input(1));
  inputs.push_back(context.output_gradient(0));
  return composite("normalize_rows_gradient", inputs, op.attributes,
                   [attributes](Inputs in) { return build_rows_gradient(attributes, in); });
}

// ---------------------------------------------------------------------------- columns

Values build_columns(const Attributes& attributes, Inputs inputs) {
  const Value& x = inputs[0];
  const Value average = mean(x, {.axis = 0});
  const Value difference = x - average;
  const Value variance = mean(difference * difference, {.axis = 0});
  const Value inverse = inverse_deviation(variance, attributes.epsilon);
  return {scaled(difference * inverse, attributes, inputs), average, variance};
}

// Of x, its mean and variance, gamma if there is one, and what comes back.
Values build_columns_gradient(const Attributes& attributes, Inputs inputs) {
  const Value inverse = inverse_deviation(inputs[2], attributes.epsilon);
  const Value x_hat = (inputs[0] - inputs[1]) * inverse;
  const Value& g = inputs.back();
  Values gradients = {centered(attributes.scale ? g * inputs[3] : g, x_hat, inverse, 0)};
  for (Value& v : gradients_of_scale(g, x_hat, attributes)) gradients.push_back(v);
  return gradients;
}

// Nothing flows back through mean and variance but in derivatives of second order.
Values columns_rule(const Composite& op, const GradientContext& context) {
  if (!context.output_gradient(0) || context.output_gradient(1) || context.output_gradient(2)) {
    return context.differentiate(*op.body);
  }
  const Attributes attributes = Attributes::of(op);
  Values inputs = {context.input(0), context.output(1), context.output(2)};
  if (attributes.scale) inputs.push_back(context.input(1));
  inputs.push_back(context.output_gradient(0));
  return composite("normalize_columns_gradient", inputs, op.attributes,
                   [attributes](Inputs in) { return build_columns_gradient(attributes, in); });
}

}  // namespace

Value normalize_rows(const Value& x, const Value& gamma, const Value& beta, double epsilon) {
  const Attributes attributes{epsilon, static_cast<bool>(gamma), static_cast<bool>(beta)};
  return composite(
             "normalize_rows", operands(x, gamma, beta), attributes.to_config(),
             [attributes](Inputs in) { return build_rows(attributes, in); }, rows_rule)
      .front();
}

NormalizedColumns normalize_columns(const Value& x, const Value& gamma, const Value& beta,
                                    double epsilon) {
  const Attributes attributes{epsilon, static_cast<bool>(gamma), static_cast<bool>(beta)};
  const Values outputs = composite(
      "normalize_columns", operands(x, gamma, beta), attributes.to_config(),
      [attributes](Inputs in) { return build_columns(attributes, in); }, columns_rule);
  return {outputs[0], outputs[1], outputs[2]};
}

}  // namespace antler::ops
