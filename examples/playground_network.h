// Networks that learn as in TensorFlow Playground, one a seed, side by side in one model.
#pragma once

#include <antler/antler.h>

#include <memory>
#include <string>
#include <vector>

#include "numbers.h"
#include "playground_data.h"

namespace course {

/// What the playground lets one choose.
struct PlaygroundOptions {
  std::string data = "circle";
  double noise = 0;
  std::vector<int> features = {0, 1};  // places in playground_features
  std::vector<std::int64_t> hidden = {4, 2};
  std::string activation = "tanh";
  double l1 = 0, l2 = 0, rate = 0.03;
  std::int64_t batch = 10;
  bool from_zero = false;  // all weights 0 at the start
};

/// x is (points, seeds, features), y (points, seeds, 1) of 1 and -1; a kernel is (seeds, inputs,
/// units), so no network sees another. Compile it with SGD of the same rate.
///
/// The loss of a point is (out - y)^2 / 2, of a batch the mean. Weights start between -0.5 and 0.5
/// whatever their layer's size, biases at 0.1. A penalty acts after the step, by its slope at the
/// weight before it, on kernels alone; one of l1 leaves a weight at 0 for good that it drives
/// through 0.
struct PlaygroundNetworks : antler::ModelBase {
  PlaygroundNetworks(const PlaygroundOptions& chosen, std::int64_t seeds) : options(chosen) {
    const double widest = options.from_zero ? 0 : 0.5;
    const auto add = [&](std::int64_t units, const std::string& activation) {
      layers_.push_back(add_layer(antler::EinsumDense(
          "bsi,sio->bso", {seeds, units},
          {.activation = activation,
           .bias_axes = "so",
           .kernel_initializer =
               antler::initializers::RandomUniform({.minval = -widest, .maxval = widest}),
           .bias_initializer = antler::initializers::Constant(options.from_zero ? 0 : 0.1)})));
    };
    for (const std::int64_t units : options.hidden) add(units, options.activation);
    add(1, "tanh");
  }

  antler::Value call(const antler::Value& x, antler::CallContext& context) const override {
    antler::Value out = x;
    for (const antler::Layer& layer : layers_) out = layer(out, context);
    return out;
  }

  void train_step(antler::StepContext& context) const override {
    namespace ops = antler::ops;
    const antler::Value out = call(context.x[0], context.call());
    context.minimize(ops::sum(ops::mean(ops::square(out - context.y[0]) / 2, {.axis = 0})));
    if (options.l1 + options.l2 == 0) return;
    for (const antler::Variable& w : context.trainable_weights()) {
      if (w.name() != "kernel") continue;
      const antler::Value moved = context.updates().value(w);
      const antler::Value next =
          moved - options.rate * (options.l1 * ops::sign(w) + options.l2 * w);
      const antler::Value is_dead =
          ops::logical_or(ops::equal(w, 0.0), ops::less(moved * next, 0.0));
      context.updates().assign(w, options.l1 > 0 ? ops::where(is_dead, 0.0, next) : next);
    }
  }

  PlaygroundOptions options;

 private:
  std::vector<antler::Layer> layers_;
};

/// 500 points for each of some seeds, side by side: half of them to learn from, half to test.
inline antler::datasets::Split playground_examples(const PlaygroundOptions& options,
                                                   std::uint64_t first_seed, int seeds) {
  std::vector<antler::Value> x, y;
  for (int k = 0; k < seeds; ++k) {
    Numbers chosen, labels;
    for (const Point& point : playground_points(options.data, 500, options.noise, first_seed + k)) {
      const Numbers all = playground_features(point);
      for (const int place : options.features) chosen.push_back(all.at(place));
      labels.push_back(point.label);
    }
    x.push_back(matrix(chosen, std::ssize(options.features)));
    y.push_back(matrix(labels, 1));
  }
  const antler::Tensor all_x = antler::ops::stack(x, 1), all_y = antler::ops::stack(y, 1);
  return {{all_x.slice(0, 250), all_y.slice(0, 250)},
          {all_x.slice(250, 500), all_y.slice(250, 500)}};
}

/// Batches as the playground reads them: always in the same order. What is left over at the end of
/// an epoch joins the first batch of the next one.
inline antler::Dataset playground_batches(const antler::datasets::Examples& points,
                                          std::int64_t size) {
  const auto rows = [](const antler::datasets::Examples& from, std::int64_t first,
                       std::int64_t last) {
    return antler::Batch{.x = {from.x.slice(first, last)}, .y = {from.y.slice(first, last)}};
  };
  const std::int64_t count = points.x.length() / size;
  std::vector<antler::Batch> batches;
  for (std::int64_t i = 0; i < count; ++i) {
    batches.push_back(rows(points, i * size, (i + 1) * size));
  }
  const antler::Batch rest = rows(points, count * size, points.x.length());
  const antler::Batch first_later = {
      .x = {antler::ops::concatenate({rest.x[0], batches.at(0).x[0]}, 0)},
      .y = {antler::ops::concatenate({rest.y[0], batches.at(0).y[0]}, 0)}};
  // Shared, since a Dataset is copied: a second fit goes on where the first one ended.
  const auto next = std::make_shared<std::size_t>(0);
  return antler::Dataset::from_generator([=](antler::Batch& batch) {
    const std::size_t i = (*next)++ % (batches.size() + 1), epoch = *next / (batches.size() + 1);
    if (i == batches.size()) return false;
    batch = epoch > 0 && i == 0 ? first_later : batches[i];
    return true;
  });
}

}  // namespace course
