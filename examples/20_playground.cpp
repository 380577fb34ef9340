// TensorFlow Playground's four data sets by its own rules: what networks with other activations,
// penalties, batches, rates and features reach there. Medians of several seeds.
#include <antler/antler.h>

#include <algorithm>
#include <cstdio>

#include "course.h"
#include "numbers.h"
#include "playground_data.h"
#include "playground_network.h"

using namespace antler;
using course::Numbers, course::Settings, datasets::Examples;

const std::vector<std::pair<std::string, course::PlaygroundOptions>> kCases = {
    {"circle", {}},
    {"xor", {.data = "xor"}},
    {"gauss", {.data = "gauss"}},
    {"spiral", {.data = "spiral"}},
    {"circle, relu", {.activation = "relu"}},
    {"circle, sigmoid", {.activation = "sigmoid"}},
    {"circle, linear", {.activation = "linear"}},
    {"circle, zeros", {.from_zero = true}},
    {"circle, l2 0.01", {.l2 = 0.01}},
    {"circle, l1 0.01", {.l1 = 0.01}},
    {"circle, l1 0.1", {.l1 = 0.1}},
    {"circle, rate 3", {.rate = 3}},
    {"circle, batch 30", {.batch = 30}},
    {"circle, noise 50", {.noise = 0.5}},
    {"circle, squares", {.features = {2, 3}, .hidden = {}}},
    {"xor, product", {.data = "xor", .features = {4}, .hidden = {}}},
    {"spiral, 8-8", {.data = "spiral", .hidden = {8, 8}}},
    {"spiral, 8-8-8 relu", {.data = "spiral", .hidden = {8, 8, 8}, .activation = "relu"}},
    {"spiral, all 7", {.data = "spiral", .features = {0, 1, 2, 3, 4, 5, 6}, .hidden = {6, 4}}}};

Numbers seed_losses(const Model& model, const Examples& points) {
  const Value error = model.predict(points.x) - points.y;
  return course::numbers_of({ops::mean(ops::square(error) / 2, {.axis = {0, 2}})});
}

double right(const Model& model, const Examples& set) {
  return Tensor(ops::mean(ops::cast(model.predict(set.x) * set.y > 0, DType::float32))).item();
}

void run(const std::string& name, course::PlaygroundOptions c, const Settings& settings) {
  if (settings.text("only") != "all" && settings.text("only") != name) return;
  if (settings.number("rate") > 0) c.rate = settings.number("rate");
  if (settings.integer("batch") > 0) c.batch = settings.integer("batch");
  const auto [train, test] =
      course::playground_examples(c, settings.seed(), settings.integer("seeds"));
  set_random_seed(settings.seed());
  const Model model = make_model<course::PlaygroundNetworks>(c, settings.integer("seeds"));
  model.compile({.optimizer = SGD({.learning_rate = c.rate})});
  const Dataset batches = course::playground_batches(train, c.batch);
  for (int from = 0; const double epochs : settings.numbers("epochs")) {
    model.fit(batches, {.epochs = int(epochs), .verbose = 0, .initial_epoch = from});
    from = int(epochs);
    const Numbers losses = seed_losses(model, train), test_losses = seed_losses(model, test);
    const auto [least, most] = std::minmax_element(losses.begin(), losses.end());
    const std::string title = name + ", epoch " + std::to_string(from) + ": ";
    std::printf("%sloss %.6f, seeds %.6f to %.6f, right %.4f\n", title.c_str(),
                course::median(losses), *least, *most, right(model, train));
    std::printf("%stest loss %.6f, right %.4f\n", title.c_str(), course::median(test_losses),
                right(model, test));
  }
}

int main(int argc, char** argv) {
  return course::run(argc, argv,
                     {{"only", "all", "or the name of one case"},
                      {"seeds", "10", "how many, from --seed on"},
                      {"epochs", "100,500", "after which losses are shown"},
                      {"rate", "0", "of all cases; 0: what the case says"},
                      {"batch", "0", "of all cases; 0: what the case says"}},
                     [](const Settings& settings) {
                       for (const auto& [name, chosen] : kCases) run(name, chosen, settings);
                     });
}
