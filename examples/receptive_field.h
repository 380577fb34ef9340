// What the units of a convolution see, and what layers cost.
#pragma once

#include <antler/antler.h>

#include <cstdio>
#include <string>
#include <vector>

#include "numbers.h"

namespace course {

/// "title: 0-19 10-29": the first and last input that each unit of `layer` depends on, by the
/// slopes of the unit, which must not be 0 by chance: let all kernels be ones.
inline void print_seen(const std::string& title, const antler::Sequential& model,
                       const antler::Layer& layer) {
  const antler::Model part({.inputs = model.inputs(), .outputs = {layer.output()}});
  const antler::Tensor ones = antler::Tensor::ones({1, model.inputs()[0].shape()[1], 1});
  std::printf("%s:", title.c_str());
  for (std::int64_t unit = 0; unit < layer.output().shape()[1]; ++unit) {
    const antler::Function slope([&](const antler::Value& x) {
      const antler::Value out = antler::ops::slice(part(x), {0, unit, 0}, {1, 1, 1});
      return antler::gradients(antler::ops::sum(out), std::vector<antler::Value>{x}).front();
    });
    const Numbers slopes = numbers_of({slope(ones)});
    std::size_t first = 0, last = slopes.size() - 1;
    while (slopes[first] == 0) ++first;
    while (slopes[last] == 0) --last;
    std::printf(" %zu-%zu", first, last);
  }
  std::printf("\n");
}

/// Weights, and products for one example: each place of a convolution multiplies with its whole
/// kernel.
inline void print_cost(const char* name, const antler::Sequential& model) {
  double products = 0;
  for (const antler::Layer& layer : model.layers()) {
    if (layer.weights().empty()) continue;
    const antler::Shape out = layer.output().shape();
    products += double(layer.weights()[0].size()) * (out.rank() > 2 ? out[1] : 1);
  }
  std::printf("%s: %d parameters, %.0f multiply-adds\n", name, int(model.count_params()), products);
}

/// Of a model of two convolutions, of one filter each, and a unit: what their units see, and what
/// it costs beside dense layers of as many units. Sets all its weights to 1.
inline void describe(const antler::Sequential& model) {
  for (const antler::Variable& weight : model.weights()) {
    antler::Variable(weight).assign(antler::Tensor::ones(weight.shape()));
  }
  const antler::Layer first = model.layers()[0], second = model.layers()[1];
  print_seen("first layer sees", model, first);
  print_seen("second layer sees", model, second);
  print_cost("convolution", model);
  print_cost("dense",
             antler::Sequential({antler::Input({model.inputs()[0].shape()[1]}),
                                 antler::Dense(first.output().shape()[1]),
                                 antler::Dense(second.output().shape()[1]), antler::Dense(1)}));
}

}  // namespace course
