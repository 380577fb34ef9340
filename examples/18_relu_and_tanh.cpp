// ReLU against tanh on CIFAR-10: epochs that four convolutions take to a training error of 25 %,
// with rates searched for each, and with one small rate for both.
#include <antler/antler.h>

#include <algorithm>

#include "course.h"
#include "rate_search.h"

using namespace antler;
using course::Numbers, course::print_ratio, course::Settings, datasets::Examples;

struct Contestant {
  std::string name, activation, weights;
};

Sequential network(const Contestant& c, std::int64_t few, std::int64_t many) {
  const auto convolution = [&](std::int64_t filters) {
    return Conv2D(filters, 3,
                  {.padding = "same", .activation = c.activation, .kernel_initializer = c.weights});
  };
  return Sequential({Input({32, 32, 3}), Rescaling(1.0 / 255), convolution(few), MaxPooling2D(2),
                     convolution(few), MaxPooling2D(2), convolution(many), MaxPooling2D(2),
                     convolution(many), Flatten(), Dense(10)});
}

// Epochs until the training error, as fit shows it, is at most `limit` percent.
double epochs_needed(const Sequential& model, const Optimizer& optimizer, const Examples& images,
                     double limit, int most) {
  const SparseCategoricalCrossentropy loss({.from_logits = true});
  model.compile({.optimizer = optimizer, .loss = loss, .metrics = {"accuracy"}});
  double needed = course::kNever;
  const LambdaCallback stop({.on_epoch_end = [&](int epoch, const Logs& logs) {
    if (100 * (1 - logs["accuracy"]) > limit) return;
    needed = epoch + 1;
    model.stop_training();
  }});
  model.fit(images.x, images.y, {.epochs = most, .verbose = 0, .callbacks = {stop}});
  return needed;
}

void run(const Settings& settings) {
  course::data_file("cifar10");
  const Examples all = datasets::cifar10().train;
  const int part = settings.is_short() ? 4 : 1, count = settings.integer("images") / part;
  const Examples images = {all.x.slice(0, count), all.y.slice(0, count)};
  const double limit = std::max(settings.number("limit"), part > 1 ? 70.0 : 0.0);
  const Numbers filters = settings.numbers("filters");
  const auto race = [&](const Contestant& c, const std::string& rates) {
    const std::string method = rates == "Adam" ? "Adam" : "SGD";
    const auto train = [&](double rate, std::uint64_t seed, int most) {
      set_random_seed(seed);
      const Sequential model = network(c, int(filters[0]) / part, int(filters[1]) / part);
      const Optimizer adam = Adam({.learning_rate = rate}), sgd = SGD({.learning_rate = rate});
      return epochs_needed(model, method == "Adam" ? adam : sgd, images, limit, most);
    };
    return course::epochs_at_best_rate(c.name + ", " + method, rates, settings, train);
  };
  const Contestant tanh = {"tanh", "tanh", "glorot_uniform"}, relu = {"ReLU", "relu", "he_normal"};
  const Contestant other = {"ReLU (Glorot)", "relu", "glorot_uniform"};
  for (const std::string rates : {"Adam", "SGD", "fixed"}) {
    const Numbers slow = race(tanh, rates), fast = race(relu, rates);
    print_ratio(rates + ", tanh / ReLU", slow, fast);
    if (rates == "fixed") print_ratio("fixed, tanh / " + other.name, slow, race(other, rates));
  }
}

int main(int argc, char** argv) {
  return course::run(argc, argv,
                     {{"images", "3000", "to learn from; --short: a quarter"},
                      {"filters", "32,64", "of two convolutions each; --short: a quarter"},
                      {"limit", "25", "error to reach, in percent; --short: at least 70"},
                      {"Adam", "5e-4,1e-3,2e-3,4e-3", "its rates"},
                      {"SGD", "0.03,0.1,0.3", "its rates"},
                      {"fixed", "0.01", "SGD's only rate at the end"},
                      {"seeds", "2", "after --seed, which searches; --short: 1"},
                      {"epochs", "100", "at most"}},
                     run);
}
