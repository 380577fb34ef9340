// The activations of the course: values, slopes, and where each goes flat.
#pragma once

#include <antler/antler.h>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "numbers.h"

namespace course {

struct NamedActivation {
  const char* name;
  antler::ActivationArg of;
};

/// Softmax is that of two logits, x and 0: its first probability.
inline std::vector<NamedActivation> activations() {
  const auto softmax = [](const antler::Value& x) -> antler::Value {
    using namespace antler::ops;
    return take(antler::ops::softmax(stack({x, zeros_like(x)}, -1)), 0, -1);
  };
  return {{"sigmoid", "sigmoid"}, {"tanh", "tanh"}, {"relu", "relu"},  {"leaky relu", "leaky_relu"},
          {"elu", "elu"},         {"selu", "selu"}, {"swish", "silu"}, {"linear", "linear"},
          {"softmax", softmax}};
}

struct ValuesAndSlopes {
  Numbers values, slopes;
};

inline ValuesAndSlopes values_and_slopes(const antler::ActivationArg& activation,
                                         const Numbers& points) {
  const antler::Value x = antler::Tensor::from(points);
  const antler::Value y = activation(x);
  const antler::Value slope = antler::gradients(antler::ops::sum(y), std::vector{x})[0];
  return {numbers_of({y}), numbers_of({slope})};
}

/// max |tanh x - (2 sigmoid(2x) - 1)|
inline double tanh_less_sigmoid(const Numbers& points) {
  const antler::Tensor x = antler::Tensor::from(points);
  return largest_difference(numbers_of({antler::ops::tanh(x)}),
                            numbers_of({2 * antler::ops::sigmoid(2 * x) - 1}));
}

inline void print_values_and_slopes(const NamedActivation& activation, const Numbers& points) {
  const ValuesAndSlopes y = values_and_slopes(activation.of, points);
  print(std::string(activation.name) + ": values", y.values, " %.4f");
  print(std::string(activation.name) + ": slopes", y.slopes, " %.4f");
}

/// Where |slope| stays under `flat`, from -10 and 10 inward in steps of a hundredth.
inline void print_flat_ends(const NamedActivation& activation, double flat) {
  Numbers points;
  for (int i = -1000; i <= 1000; ++i) points.push_back(0.01 * i);
  const Numbers slopes = values_and_slopes(activation.of, points).slopes;
  std::size_t left = 0, right = points.size();
  while (left < slopes.size() && std::abs(slopes[left]) < flat) ++left;
  while (right > left && std::abs(slopes[right - 1]) < flat) --right;
  std::printf("%s is flat", activation.name);
  if (left > 0) std::printf(" below %.2f", points[left - 1]);
  if (right < points.size()) std::printf(" above %.2f", points[right]);
  std::printf("%s\n", left == 0 && right == points.size() ? " nowhere" : "");
}

}  // namespace course
