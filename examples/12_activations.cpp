// Activations: values, slopes and flat ends; a line with two knots; digits with sigmoid and relu;
// dead relu units; and what stays of a network without activations.
#include <antler/antler.h>

#include <cstdio>

#include "activations.h"
#include "course.h"
#include "linear_networks.h"
#include "piecewise_line.h"

using namespace antler;
using course::Numbers, course::Settings;

void fit_line(const char* activation, const Numbers& knots) {
  const auto line =
      course::PiecewiseLine{{0, knots[0], knots[1], 3}, {2, 0, 0.5, 2.5}}.examples(61);
  const Dense hidden(3, {.activation = activation});
  const Sequential model({Input({1}), hidden, Dense(1, {.kernel_initializer = "zeros"})});
  hidden.set_weights({{{1, 1, 1}}, {0.5, -0.75, -2.25}});
  model.compile({.optimizer = Adam({.learning_rate = 0.03}), .loss = "mse"});
  model.fit(line.x, line.y, {.batch_size = 61, .epochs = 3000, .verbose = 0});
  std::printf("three %s units: squared error %.5f", activation,
              model.evaluate(line.x, line.y)["loss"]);
  course::print("; w x + b = 0 at", course::knots_of(hidden), " %.3f");
}

void read_digits(const char* activation, const Optimizer& optimizer, const Settings& settings) {
  set_random_seed(settings.seed());
  const ActivationArg hidden = activation;
  const Sequential model({Input({28, 28}), Rescaling(1.0 / 255), Flatten(),
                          Dense(32, {.activation = hidden}), Dense(32, {.activation = hidden}),
                          Dense(10)});
  model.compile(
      {.optimizer = optimizer, .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  const auto digits = datasets::drawn_digits(settings.integer("digits"), 1);
  const GradientMonitor monitor;
  int epochs = 0, dead = 0, units = 0;
  double loss = 0;
  do {
    loss = model.fit(digits.x, digits.y, {.verbose = 0, .callbacks = {monitor}})["loss"][0];
  } while (++epochs < settings.integer("epochs") && loss > settings.number("loss"));
  for (const LayerGradients& layer : monitor.layers()) {
    dead += int(layer.dead_units);
    units += int(layer.relu_units);
  }
  const double rate = optimizer.learning_rate();
  std::printf("%s units, %s of rate %g: epochs %d, loss %.3f\n", activation,
              optimizer.base().class_name().c_str(), rate, epochs, loss);
  if (units > 0) std::printf("  dead at rate %g: %d of %d\n", rate, dead, units);
}

int main(int argc, char** argv) {
  return course::run(argc, argv,
                     {{"x", "-3,-1,0,1,3", "where values and slopes are printed"},
                      {"flat", "0.01", "a slope under it is flat"},
                      {"knots", "1,2", "of the line, between 0 and 3"},
                      {"digits", "1000", "to train with"},
                      {"epochs", "60", "at most"},
                      {"loss", "0.3", "where training ends"},
                      {"rates", "0.1,1", "of plain descent, where units die"},
                      {"w", "2,5", "of two linear units, one behind the other"}},
                     [](const Settings& settings) {
                       set_random_seed(settings.seed());
                       for (const auto& activation : course::activations()) {
                         course::print_values_and_slopes(activation, settings.numbers("x"));
                         course::print_flat_ends(activation, settings.number("flat"));
                       }
                       std::printf("tanh and 2 sigmoid(2x) - 1 differ by %.1e\n",
                                   course::tanh_less_sigmoid(settings.numbers("x")));
                       for (const char* activation : {"relu", "linear"})
                         fit_line(activation, settings.numbers("knots"));
                       for (const char* activation : {"sigmoid", "relu"})
                         read_digits(activation, Adam(), settings);
                       for (const double rate : settings.numbers("rates"))
                         read_digits("relu", SGD({.learning_rate = rate}), settings);
                       course::compare_linear_networks(settings.numbers("w"), settings.seed());
                     });
}
