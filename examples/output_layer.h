// A network with one output layer or another, trained and tested.
#pragma once

#include <antler/antler.h>

#include <cstdio>
#include <string>
#include <vector>

#include "course.h"

namespace course {

struct Output {
  int units;
  const char *activation, *loss, *metric;
};

/// Standardized inputs, hidden relu layers, the output; prints its metric on the test rows, and how
/// many outputs are negative. Settings "rate" and "epochs".
inline antler::Sequential train_and_test(const std::string& name,
                                         const antler::datasets::Split& data, const Output& output,
                                         const Settings& settings,
                                         const std::vector<int>& hidden = {25, 15}) {
  using namespace antler;
  set_random_seed(settings.seed());
  Normalization scaled;
  scaled.adapt(data.train.x);
  const Sequential model({Input({data.train.x.shape()[1]}), scaled});
  for (const int units : hidden) model.add(Dense(units, {.activation = "relu"}));
  model.add(Dense(output.units, {.activation = output.activation}));
  const std::string metric = output.metric;
  model.compile({.optimizer = Adam({.learning_rate = settings.number("rate")}),
                 .loss = output.loss,
                 .metrics = {metric == "f1_score" ? MetricArg(metrics::F1Score(
                                                        {.average = "micro", .threshold = 0.5}))
                                                  : MetricArg(metric)}});
  model.fit(data.train.x, data.train.y, {.epochs = settings.integer("epochs"), .verbose = 0});
  const double score = model.evaluate(data.test.x, data.test.y)[metric];
  const Tensor outputs = model.predict(data.test.x);
  const Tensor below = ops::sum(ops::cast(outputs < 0, DType::int32));
  std::printf("%s: %s %.3f, %d of %d outputs negative\n", name.c_str(), output.metric, score,
              below.item<int>(), static_cast<int>(outputs.size()));
  return model;
}

}  // namespace course
