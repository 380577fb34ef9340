// Training in three steps - a model, its loss and cost, minimize - by hand, and as Sequential,
// compile and fit: a logistic regression, then a linear one.
#include <antler/antler.h>

#include <cmath>
#include <cstdio>

#include "course.h"
#include "numbers.h"

using namespace antler;
using course::matrix, course::numbers_of, course::Numbers, course::Settings;

// The gradient and the cost of a training's first step, the cost of its last, the weights after it.
constexpr const char* kRows[] = {"slope by w1", "slope by w2", "slope by b", "first cost",
                                 "last cost",   "w1",          "w2",         "b"};

Numbers by_hand(bool is_logistic, const Numbers& x, const Numbers& y, const Settings& settings) {
  const double rate = settings.number("rate"), m = double(y.size());
  Numbers w = settings.numbers("start"), rows;
  double cost = 0;
  for (int step = 0; step < settings.integer("steps"); ++step) {
    cost = 0;
    Numbers slopes(3);
    for (std::size_t i = 0; i < y.size(); ++i) {
      const double z = w[0] * x[2 * i] + w[1] * x[2 * i + 1] + w[2];
      const double f = is_logistic ? 1 / (1 + std::exp(-z)) : z;  // 1. the model
      const double loss = is_logistic ? -y[i] * std::log(f) - (1 - y[i]) * std::log(1 - f)
                                      : (f - y[i]) * (f - y[i]) / 2;
      cost += loss / m;  // 2. the cost: the mean of the losses
      for (int k = 0; k < 3; ++k) slopes[k] += (f - y[i]) * (k < 2 ? x[2 * i + k] : 1) / m;
    }
    for (int k = 0; k < 3; ++k) w[k] -= rate * slopes[k];  // 3. minimize
    if (step == 0) rows = {slopes[0], slopes[1], slopes[2], cost};
  }
  rows.insert(rows.end(), {cost, w[0], w[1], w[2]});
  return rows;
}

Numbers by_library(bool is_logistic, const Tensor& x, const Tensor& y, const Settings& settings) {
  const Numbers start = settings.numbers("start");
  Sequential model({Input({2}), Dense(1, {.activation = is_logistic ? "sigmoid" : "linear"})});
  model.set_weights({Tensor{{start[0]}, {start[1]}}, Tensor{start[2]}});
  const Loss loss = is_logistic ? Loss(BinaryCrossentropy()) : MeanSquaredError();
  const auto cost = value_and_grad(
      [&](const Value& a, const Value& b) { return loss(b, model(a)); }, model.trainable_weights());
  Numbers rows = numbers_of(cost(x, y).gradients.values);
  const double rate = settings.number("rate") / (is_logistic ? 1 : 2);
  model.compile({.optimizer = SGD({.learning_rate = rate}), .loss = loss});
  const FitOptions options = {.batch_size = 6, .epochs = settings.integer("steps"), .verbose = 0};
  const Numbers costs = model.fit(x, y, options)["loss"];
  const Numbers w = numbers_of(model.get_weights());
  rows.insert(rows.end(), {costs.front(), costs.back(), w[0], w[1], w[2]});
  return rows;
}

int main(int argc, char** argv) {
  return course::run(argc, argv,
                     {{"x", "0.5,1.5,1,1,1.5,0.5,3,0.5,2,2,1,2.5", "six examples of two features"},
                      {"labels", "0,0,0,1,1,1", "for the logistic regression"},
                      {"targets", "1.5,2,3,5,4,2.5", "for the linear regression"},
                      {"start", "0.1,-0.2,0.3", "w1, w2 and b before the first step"},
                      {"rate", "0.1", "learning rate by hand; half of it for MeanSquaredError"},
                      {"steps", "500", "steps, each on all examples"}},
                     [](const Settings& settings) {
                       for (const bool is_logistic : {true, false}) {
                         const char* kind = is_logistic ? "logistic:" : "linear:  ";
                         const Numbers x = settings.numbers("x");
                         const Numbers y = settings.numbers(is_logistic ? "labels" : "targets");
                         const Numbers hand = by_hand(is_logistic, x, y, settings);
                         const Numbers library =
                             by_library(is_logistic, matrix(x, 2), matrix(y, 1), settings);
                         for (int k = 0; k < 8; ++k) {
                           std::printf("%s %-11s %.5f = %.5f library / %.5f by hand\n", kind,
                                       kRows[k], library[k] / hand[k], library[k], hand[k]);
                         }
                       }
                     });
}
