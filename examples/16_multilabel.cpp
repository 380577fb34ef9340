// Several labels at once: one network with a sigmoid a label, against a network of its own for each
// label, on moods of music (emotions) and on what photographs show (scene).
#include <antler/antler.h>

#include <chrono>
#include <cstdio>

#include "course.h"
#include "tables.h"

using namespace antler;
using course::Settings, datasets::Examples;

// The labels are the last columns.
Examples read(const std::string& name, const std::string& part) {
  const std::string path = course::data_file("multilabel/" + name + "-" + part + ".arff");
  const LabelledTable data = read_mulan(path, find_mulan_xml(path));
  const std::size_t columns = data.table.columns.size(), first = columns - data.labels.size();
  return {course::columns(data.table, 0, first), course::columns(data.table, first, columns)};
}

Sequential network(std::int64_t labels, const Settings& settings) {
  const auto units = settings.numbers("units");
  return Sequential({Dense(std::int64_t(units[0]), {.activation = "relu"}),
                     Dense(std::int64_t(units[1]), {.activation = "relu"}),
                     Dense(labels, {.activation = "sigmoid"})});
}

// Trains a network for each `width` labels, in turn, and prints what they do together.
void compare(const std::string& title, const Examples& train, const Examples& test,
             std::int64_t width, std::uint64_t seed, const Settings& settings) {
  set_random_seed(seed);
  const std::int64_t labels = train.y.shape()[1];
  double train_loss = 0, test_loss = 0, seconds = 0, parameters = 0;
  std::vector<Value> predicted;
  for (std::int64_t first = 0; first < labels; first += width) {
    const Tensor y = ops::slice(train.y, {0, first}, {train.y.length(), width});
    const Tensor test_y = ops::slice(test.y, {0, first}, {test.y.length(), width});
    const Sequential model = network(width, settings);
    model.compile({.optimizer = "adam", .loss = "binary_crossentropy"});
    const auto start = std::chrono::steady_clock::now();
    model.fit(train.x, y, {.epochs = settings.integer("epochs"), .verbose = 0});
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    train_loss += model.evaluate(train.x, y)["loss"] * width / labels;
    test_loss += model.evaluate(test.x, test_y)["loss"] * width / labels;
    predicted.push_back(model.predict(test.x));
    parameters += model.count_params();
  }
  std::printf("%s:", title.c_str());
  for (const char* average : {"micro", "macro"}) {
    metrics::F1Score f1({.average = average, .threshold = settings.number("threshold")});
    f1.update_state(test.y, ops::concatenate(predicted, 1));
    std::printf(" %s F1 %.3f,", average, f1.result().item());
  }
  std::printf(" loss %.3f, of training %.3f, %.0f parameters, %.2f s\n", test_loss, train_loss,
              parameters, seconds);
}

void run(const std::string& name, const Settings& settings) {
  Examples train = read(name, "train"), test = read(name, "test");
  const Normalization standardize;
  standardize.adapt(train.x);
  train.x = standardize(train.x), test.x = standardize(test.x);
  for (int k = 0; k < settings.integer("seeds"); ++k) {
    compare(name + ", together", train, test, train.y.shape()[1], settings.seed() + k, settings);
    compare(name + ", apart", train, test, 1, settings.seed() + k, settings);
  }
}

int main(int argc, char** argv) {
  return course::run(argc, argv,
                     {{"seeds", "5", "how many, from --seed on"},
                      {"epochs", "50", "of each training"},
                      {"units", "25,15", "of the two hidden layers"},
                      {"threshold", "0.5", "a probability above it is a yes"}},
                     [](const Settings& settings) {
                       for (const char* name : {"emotions", "scene"}) run(name, settings);
                     });
}
