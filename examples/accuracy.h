// How well a model does after training.
#pragma once

#include <antler/antler.h>

namespace course {

/// Trains with Adam; which share of the test rows the model then gets right, in percent.
inline double accuracy(const antler::Sequential& model, const antler::datasets::Examples& train,
                       const antler::datasets::Examples& test, double rate, const char* loss,
                       int batch, int epochs) {
  const antler::Adam adam({.learning_rate = rate});
  model.compile({.optimizer = adam, .loss = loss, .metrics = {"accuracy"}});
  model.fit(train.x, train.y, {.batch_size = batch, .epochs = epochs, .verbose = 0});
  return 100 * model.evaluate(test.x, test.y)["accuracy"];
}

}  // namespace course
