// What README.md says of the drawn digits: the network of the introductory course learns them, and
// a single linear layer stays clearly below it.
#include <antler/antler.h>

#include <cstdio>
#include <vector>

using namespace antler;

namespace {

double test_accuracy(const std::vector<Layer>& hidden, const datasets::Split& digits) {
  Sequential model({Input({28, 28}), Rescaling(1.0 / 255), Flatten()});
  for (const Layer& layer : hidden) model.add(layer);
  model.add(Dense(10));
  model.compile({.optimizer = "adam",
                 .loss = SparseCategoricalCrossentropy({.from_logits = true}),
                 .metrics = {"accuracy"}});
  model.fit(digits.train.x, digits.train.y, {.epochs = 20, .verbose = 0});
  return model.evaluate(digits.test.x, digits.test.y)["accuracy"];
}

}  // namespace

int main() {
  set_random_seed(0);
  const datasets::Split digits = datasets::load("drawn_digits");
  const double network =
      test_accuracy({Dense(25, {.activation = "relu"}), Dense(15, {.activation = "relu"})}, digits);
  const double linear = test_accuracy({}, digits);
  std::printf("network %.4f, linear %.4f\n", network, linear);
  return network >= 0.94 && linear <= 0.90 ? 0 : 1;
}
