// What stays of layers without activations: one layer.
#pragma once

#include <antler/antler.h>

#include <cstdint>
#include <cstdio>
#include <vector>

#include "numbers.h"

namespace course {

/// Kernel and bias of the one layer that does what all of a model's Dense layers do, the activation
/// of the last aside: (x W + b) V + c = x (W V) + (b V + c).
inline std::vector<antler::Tensor> folded(const antler::Sequential& model) {
  const std::vector<antler::Tensor> all = model.get_weights();
  antler::Tensor kernel = all[0], bias = all[1];
  for (std::size_t i = 2; i < all.size(); i += 2) {
    kernel = antler::ops::matmul(kernel, all[i]);
    bias = antler::ops::matmul(bias, all[i]) + all[i + 1];
  }
  return {kernel, bias};
}

/// max |model(x) - one layer(x)|.
inline double difference_when_folded(const antler::Sequential& model, const antler::Tensor& x) {
  const std::vector<antler::Tensor> one = folded(model);
  const antler::Tensor y = antler::ops::matmul(x, one[0]) + one[1];
  return largest_difference(numbers_of({model.predict(x)}), numbers_of({y}));
}

/// How much the output of two linear units, one behind the other, grows when the input grows by 1.
inline double slope_of_two_units(double w1, double w2) {
  const antler::Sequential two({antler::Input({1}), antler::Dense(1), antler::Dense(1)});
  two.set_weights({matrix({w1}, 1), {0.5}, matrix({w2}, 1), {-0.25}});
  const antler::Tensor y = two.predict(antler::Tensor{{3}, {4}});
  return y.item(1) - y.item(0);
}

/// Trains a sigmoid behind `hidden` linear units, 0 of which make a logistic regression; prints its
/// loss, and the weights that it folds into.
inline void train_sigmoid(const char* name, int hidden, const antler::datasets::Examples& data) {
  const antler::Sequential model({antler::Input({data.x.shape()[1]})});
  if (hidden > 0) model.add(antler::Dense(hidden));
  model.add(antler::Dense(1, {.activation = "sigmoid"}));
  model.compile(
      {.optimizer = antler::Adam({.learning_rate = 0.03}), .loss = "binary_crossentropy"});
  model.fit(data.x, data.y, {.batch_size = data.y.size(), .epochs = 1500, .verbose = 0});
  std::printf("%s: loss %.4f", name, model.evaluate(data.x, data.y)["loss"]);
  print(", w and b", numbers_of(folded(model)), " %.3f");
}

/// Three layers and one, two units and one, a sigmoid behind linear units and a logistic
/// regression.
inline void compare_linear_networks(const Numbers& w, std::uint64_t seed) {
  using namespace antler;
  set_random_seed(seed);
  const Tensor x = ops::random::normal({200, 3}), noise = ops::random::normal({200, 1});
  const Sequential three({Input({3}), Dense(8), Dense(5), Dense(2)});
  std::printf("three linear layers: differ from one by %.1e\n", difference_when_folded(three, x));
  std::printf("two linear units: slope %g, w2 w1 = %g, w2 + w1 = %g\n",
              slope_of_two_units(w[0], w[1]), w[1] * w[0], w[1] + w[0]);
  const Tensor y = ops::cast(ops::sum(x, {.axis = 1, .keepdims = true}) + noise > 0, x.dtype());
  train_sigmoid("a sigmoid behind four linear units", 4, {x, y});
  train_sigmoid("logistic regression", 0, {x, y});
}

}  // namespace course
