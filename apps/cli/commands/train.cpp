#include "apps/cli/commands/train.h"

#include <fmt/format.h>

#include <cmath>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/models/callback.h"
#include "apps/cli/exit_codes.h"
#include "apps/cli/interrupt.h"
#include "apps/cli/model_building.h"
#include "apps/cli/model_file.h"
#include "apps/cli/output.h"
#include "apps/cli/training_data.h"

namespace antler::cli {
namespace {

Config to_config(const Logs& logs) {
  Config config = Config::map();
  for (const auto& [name, value] : logs) config.set(name, value);
  return config;
}

// Ends a training that has gone astray, before another epoch is spent on it.
class StopAtNan final : public CallbackBase {
 public:
  void on_epoch_end(int /*epoch*/, Logs& logs) override {
    if (!std::isfinite(logs["loss"])) model().stop_training();
  }
};

// One line of JSON an epoch.
class JsonLines final : public CallbackBase {
 public:
  void on_epoch_end(int epoch, Logs& logs) override {
    if (!std::isfinite(logs["loss"])) return;
    Config line = Config::map({{"epoch", epoch + 1}});
    const Config values = to_config(logs);
    for (const auto& [name, value] : values.as_map()) line.set(name, value);
    print_json(line);
  }
};

FitOptions fit_options(const TrainArguments& arguments, const TrainingData& data) {
  FitOptions options;
  options.batch_size = arguments.batch_size;
  options.epochs = arguments.epochs;
  options.callbacks = {make_callback<StopAtNan>()};
  if (arguments.json) {
    options.verbose = 0;
    options.callbacks.push_back(make_callback<JsonLines>());
  }
  if (data.training_rows < data.x.length()) {
    options.validation_data =
        ValidationData{data.x.slice(data.training_rows, data.x.length()),
                       data.y.slice(data.training_rows, data.y.length()), Tensor()};
  }
  return options;
}

void check_finished(const History& history) {
  if (history.epoch().empty()) return;
  const double loss = history["loss"].back();
  if (std::isfinite(loss)) return;
  throw ValueError(
      fmt::format("the loss became {} in epoch {}: nothing is saved; try a smaller --learning-rate",
                  loss, history.epoch().back() + 1));
}

std::string model_line(const Model& model, const TrainArguments& arguments, const Coding& coding,
                       const InputStatistics& inputs, std::int64_t outputs) {
  std::string line = fmt::format("model: {} inputs", inputs.shape.size());
  for (const std::int64_t units : arguments.layers) {
    line += fmt::format(", {} {}", units, arguments.activation);
  }
  const std::string_view last = coding.task == Task::regression   ? "linear"
                                : coding.task == Task::multiclass ? "softmax"
                                                                  : "sigmoid";
  return line + fmt::format(", {} {}: {} parameters", outputs, last, model.count_params());
}

}  // namespace

int run(const TrainArguments& arguments) {
  check_can_write(arguments.output);
  const TrainingData data = prepare_training(arguments);
  for (const std::string& note : data.notes) say(note);
  set_random_seed(arguments.seed);
  const Sequential model = build_model(arguments, data.coding.task, data.inputs, data.outputs,
                                       data.y.slice(0, data.training_rows));
  say(model_line(model, arguments, data.coding, data.inputs, data.outputs));

  // Until the model is saved: a second Ctrl-C ends the command in the same way all the while.
  const InterruptGuard guard(model);
  const History history =
      model.fit(data.x.slice(0, data.training_rows), data.y.slice(0, data.training_rows),
                fit_options(arguments, data));
  const bool was_interrupted = guard.was_interrupted();
  check_finished(history);
  save_model_file(model, arguments.output, data.coding, static_cast<int>(history.epoch().size()));
  if (was_interrupted) say("stopped by Ctrl-C");
  say("saved: " + arguments.output);
  if (arguments.json) {
    print_json(Config::map({{"model", arguments.output},
                            {"task", name(data.coding.task)},
                            {"loss_function", loss_name(arguments, data.coding.task)},
                            {"classes", Config(data.coding.classes)}}));
  }
  return kSuccess;
}

}  // namespace antler::cli
