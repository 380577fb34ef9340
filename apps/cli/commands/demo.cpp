#include "apps/cli/commands/demo.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/data/datasets.h"
#include "antler/layers/dense.h"
#include "antler/layers/flatten.h"
#include "antler/layers/input.h"
#include "antler/layers/rescaling.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/models/sequential.h"
#include "antler/ops/softmax.h"
#include "antler/optimizers/adam.h"
#include "antler/saving/saving.h"
#include "apps/cli/digit_picture.h"
#include "apps/cli/exit_codes.h"
#include "apps/cli/interrupt.h"
#include "apps/cli/model_file.h"
#include "apps/cli/output.h"

namespace antler::cli {
namespace {

constexpr std::int64_t kShown = 4;

struct Digits {
  datasets::Split split;
  std::string name;
  int epochs;
};

Digits find_digits() {
  for (const datasets::Description& set : datasets::describe()) {
    if (set.name == "mnist" && set.is_found) {
      return {datasets::mnist(), "MNIST in " + set.where, 10};
    }
  }
  return {datasets::load("drawn_digits"), "digits drawn by Antler (MNIST is not here)", 20};
}

// The network of the introductory course.
Sequential course_network() {
  Sequential model({Input({28, 28}), Rescaling(1.0 / 255), Flatten(),
                    Dense(25, {.activation = "relu"}), Dense(15, {.activation = "relu"}),
                    Dense(10, {.name = "logits"})});
  model.compile({.optimizer = Adam({.learning_rate = 1e-3}),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true}),
                 .metrics = {"accuracy"}});
  return model;
}

std::int64_t best_class(std::span<const float> probabilities) {
  return std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin();
}

// The first digits, and in the last place the first one that the model takes for another: what it
// gets wrong teaches more than what it gets right.
std::vector<std::int64_t> digits_to_show(const Tensor& probabilities, const Tensor& labels) {
  std::vector<std::int64_t> shown = {0, 1, 2, 3};
  for (std::int64_t i = kShown - 1; i < labels.length(); ++i) {
    if (best_class(probabilities[i].data<float>()) != labels.item<std::int64_t>(i)) {
      shown.back() = i;
      break;
    }
  }
  return shown;
}

// One digit with its caption, its picture, and the probabilities beside it.
std::vector<std::string> draw_example(const Tensor& image, std::span<const float> probabilities,
                                      std::int64_t label) {
  const bool utf8 = shows_utf8();
  const std::int64_t predicted = best_class(probabilities);
  std::vector<std::string> lines = {fmt::format("a {}, taken for a {}{}", label, predicted,
                                                predicted == label ? "" : " (wrong)")};
  const std::vector<std::string> bars = draw_bars(probabilities, utf8);
  for (const std::string& line : draw_digit(image, utf8)) {
    const std::size_t row = lines.size() - 1;
    lines.push_back(line + " " + (row >= 1 && row <= bars.size() ? bars[row - 1] : ""));
  }
  return lines;
}

// Two digits side by side.
void print_pair(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  constexpr std::size_t kColumn = 41;
  std::string text = "\n";
  for (std::size_t i = 0; i < left.size(); ++i) {
    const std::size_t width = text_width(left[i]);
    text += left[i] + std::string(width < kColumn ? kColumn - width : 1, ' ') + right[i] + "\n";
  }
  print(text);
}

void show_predictions(const Tensor& probabilities, const datasets::Examples& test) {
  std::vector<std::vector<std::string>> drawn;
  for (const std::int64_t i : digits_to_show(probabilities, test.y)) {
    drawn.push_back(
        draw_example(test.x[i], probabilities[i].data<float>(), test.y.item<std::int64_t>(i)));
  }
  for (std::size_t i = 0; i + 1 < drawn.size(); i += 2) print_pair(drawn[i], drawn[i + 1]);
}

}  // namespace

int run(const DemoArguments& arguments) {
  check_can_write(arguments.output);
  const Digits digits = find_digits();
  const auto& [train, test] = digits.split;
  say(fmt::format("Training on {} handwritten digits: {}", train.x.length(), digits.name));
  set_random_seed(arguments.seed);
  const Sequential model = course_network();
  {
    const InterruptGuard guard(model);
    model.fit(train.x, train.y, {.epochs = digits.epochs});
  }
  const Logs result = model.evaluate(test.x, test.y);
  say(fmt::format("\nOn {} digits it never saw: accuracy {:.2f} %, loss {:.4f}", test.x.length(),
                  100 * result["accuracy"], result["loss"]));

  model.save(arguments.output);
  const Model loaded = load_model(arguments.output);
  const Tensor logits = loaded.predict(test.x);
  if (!identical(logits, model.predict(test.x))) {
    throw FileError(arguments.output + ": the loaded model predicts otherwise than the saved one");
  }
  show_predictions(ops::softmax(logits), test);
  say(fmt::format("\nSaved, and loaded again with the same predictions: {}",
                  std::filesystem::absolute(arguments.output).string()));
  return kSuccess;
}

}  // namespace antler::cli
