// Gradient descent beside Adam: two valleys, effective rates by parameter, good rates, batch sizes.
#include <antler/antler.h>

#include "course.h"
#include "numbers.h"
#include "tables.h"

using namespace antler;
using course::Numbers, course::Settings;

Optimizer make(const std::string& name, double rate) {
  return name == "SGD" ? Optimizer(SGD({.learning_rate = rate})) : Adam({.learning_rate = rate});
}

// J = (a u^2 + b v^2) / 2, from u = v = 1; `title` names the valley and the optimizer.
void descend(const std::string& title, Optimizer optimizer, const Tensor& ab, int steps) {
  const Variable uv(Tensor{1, 1});
  const auto J = value_and_grad([&] { return ops::sum(ab * ops::square(uv)) / 2; }, {uv});
  int turns = 0;
  for (int step = 1; step <= steps; ++step) {
    const Tensor before = uv.read();
    const Gradients slopes = J().gradients;
    optimizer.apply(slopes);
    const Tensor now = uv.read(), effective = (before - now) / slopes.values[0];
    turns += before.item(1) * now.item(1) < 0;
    if (step > 3 && step < steps) continue;
    course::print(title + ", step " + std::to_string(step) + ": u, v, effective rates",
                  course::numbers_of({now, effective}), " %.4g");
  }
  const Numbers end = {double(turns), J().loss.item()};
  course::print(title + ": changes of v's sign, J at the end", end, " %.3g");
}

double trained(const datasets::Examples& blobs, const Optimizer& optimizer, std::int64_t batch,
               const Settings& settings) {
  set_random_seed(settings.seed());
  const Sequential model(
      {Input({2}), Dense(25, {.activation = "relu"}), Dense(15, {.activation = "relu"}), Dense(4)});
  model.compile(
      {.optimizer = optimizer, .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  const int epochs = settings.integer("epochs");
  model.fit(blobs.x, blobs.y, {.batch_size = batch, .epochs = epochs, .verbose = 0});
  return model.evaluate(blobs.x, blobs.y)["loss"];
}

void compare(const std::string& name, const Settings& settings) {
  for (const std::string valley : {"zigzag", "crawl"}) {
    const Tensor ab = course::matrix(settings.numbers(valley), 2);
    descend(name + ", " + valley, make(name, settings.number("rate")), ab,
            settings.integer("steps"));
  }
  const auto blobs = course::read_examples(course::data_file("course/blobs_m2000_seed30.csv"));
  Numbers losses, good;
  for (const double rate : settings.numbers("rates")) {
    losses.push_back(trained(blobs, make(name, rate), 32, settings));
    if (losses.back() < settings.number("limit")) good.push_back(rate);
  }
  course::print(name + ", losses for the rates:", losses, " %.3f");
  course::print(name + ", good rates:", good);
  losses.clear();
  for (const std::int64_t batch : {std::int64_t{1}, std::int64_t{32}, blobs.y.size()})
    losses.push_back(trained(blobs, make(name, settings.number("batch_rate")), batch, settings));
  course::print(name + ", losses for batches of 1, 32, all:", losses, " %.3f");
}

int main(int argc, char** argv) {
  return course::run(argc, argv,
                     {{"rate", "0.06", "in both valleys"},
                      {"zigzag", "1,30", "curvatures a, b of the steep valley"},
                      {"crawl", "0.01,1", "curvatures of the flat valley"},
                      {"steps", "50", "in a valley"},
                      {"rates", "1e-4,3e-4,1e-3,3e-3,1e-2,3e-2,1e-1", "for the four blobs"},
                      {"batch_rate", "0.01", "where the batch size changes"},
                      {"epochs", "5", "of the four blobs"},
                      {"limit", "0.1", "a loss under it makes a rate good"}},
                     [](const Settings& settings) {
                       for (const char* name : {"SGD", "Adam"}) compare(name, settings);
                     });
}
