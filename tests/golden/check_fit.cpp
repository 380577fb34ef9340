#include "tests/golden/check_fit.h"


#include "antler/callbacks/early_stopping.h"
#include "antler/callbacks/learning_rate_scheduler.h"
#include "antler/callbacks/reduce_lr_on_plateau.h"
#include "antler/callbacks/swap_ema_weights.h"
#include "antler/callbacks/terminate_on_nan.h"
#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/models/compile_config.h"
#include "antler/models/model_config.h"
#include "tests/golden/case.h"

namespace antler::golden {
namespace {

constexpr double kFitTolerance = 1e-4;

bool is_tensor(const Config& value) { return value.contains("shape") && value.contains("data"); }

// A tensor, several in order, or by name.
DataArg read_data(const Config& value) {
  if (is_tensor(value)) return read_tensor(value);
  if (value.is_list()) {
    std::vector<Tensor> tensors;
    for (const Config& tensor : value.as_list()) tensors.push_back(read_tensor(tensor));
    return tensors;
  }
  std::vector<DataArg::Named> by_name;
  for (const auto& [name, tensor] : value.as_map()) by_name.emplace_back(name, read_tensor(tensor));
  return by_name;
}

struct EarlyStoppingKeys : EarlyStoppingOptions {
  static void visit(auto& self, auto&& field) {
    field("monitor", self.monitor);
    field("min_delta", self.min_delta);
    field("patience", self.patience);
    field("verbose", self.verbose);
    field("mode", self.mode);
    field("baseline", self.baseline);
    field("restore_best_weights", self.restore_best_weights);
    field("start_from_epoch", self.start_from_epoch);
  }
};

struct ReduceLROnPlateauKeys : ReduceLROnPlateauOptions {
  static void visit(auto& self, auto&& field) {
    field("monitor", self.monitor);
    field("factor", self.factor);
    field("patience", self.patience);
    field("verbose", self.verbose);
    field("mode", self.mode);
    field("min_delta", self.min_delta);
    field("cooldown", self.cooldown);
    field("min_lr", self.min_lr);
  }
};

struct TerminateOnNaNKeys : TerminateOnNaNOptions {
  static void visit(auto& self, auto&& field) { field("raise_error", self.raise_error); }
};

struct SwapEMAWeightsKeys : SwapEMAWeightsOptions {
  static void visit(auto& self, auto&& field) { field("swap_on_epoch", self.swap_on_epoch); }
};

template <class CallbackType, class Keys>
Callback read_callback(const std::string& class_name, const Config& config) {
  Keys keys;
  options_from_config(class_name, config, keys);
  return CallbackType(keys);
}

Callback read_schedule(const Config& config) {
  const Config& schedule = config.at("schedule");
  if (schedule.at("kind") != Config("exponential_per_epoch")) {
    throw ValueError("unknown kind of schedule " + schedule.at("kind").to_string());
  }
  const double factor = schedule.at("factor").as_number();
  return LearningRateScheduler([factor](int, double rate) { return rate * factor; });
}

std::vector<Callback> read_callbacks(const Config& golden_case) {
  std::vector<Callback> callbacks;
  const Config* list = golden_case.find("callbacks");
  if (list == nullptr || list->is_null()) return callbacks;
  for (const Config& object : list->as_list()) {
    const std::string& name = object.at("class_name").as_string();
    const Config& config = object.at("config");
    if (name == "EarlyStopping") {
      callbacks.push_back(read_callback<EarlyStopping, EarlyStoppingKeys>(name, config));
    } else if (name == "ReduceLROnPlateau") {
      callbacks.push_back(read_callback<ReduceLROnPlateau, ReduceLROnPlateauKeys>(name, config));
    } else if (name == "LearningRateScheduler") {
      callbacks.push_back(read_schedule(config));
    } else if (name == "SwapEMAWeights") {
      callbacks.push_back(read_callback<SwapEMAWeights, SwapEMAWeightsKeys>(name, config));
    } else if (name == "TerminateOnNaN") {
      callbacks.push_back(read_callback<TerminateOnNaN, TerminateOnNaNKeys>(name, config));
    } else {
      throw ValueError("unknown callback \"" + name + "\"");
    }
  }
  return callbacks;
}

FitOptions read_fit(const Config& golden_case) {
  FitOptions options{.verbose = 0, .callbacks = read_callbacks(golden_case), .shuffle = false};
  for (const auto& [key, value] : golden_case.at("fit").as_map()) {
    if (value.is_null()) continue;
    if (key == "epochs") {
      options.epochs = static_cast<int>(value.as_integer());
    } else if (key == "initial_epoch") {
      options.initial_epoch = static_cast<int>(value.as_integer());
    } else if (key == "batch_size") {
      options.batch_size = value.as_integer();
    } else if (key == "steps_per_epoch") {
      options.steps_per_epoch = value.as_integer();
    } else if (key == "validation_batch_size") {
      options.validation_batch_size = value.as_integer();
    } else if (key == "validation_freq") {
      options.validation_freq = static_cast<int>(value.as_integer());
    } else if (key == "validation_split") {
      options.validation_split = value.as_number();
    } else if (key == "sample_weight") {
      options.sample_weight = read_tensor(value);
    } else if (key == "class_weight") {
      for (const auto& [label, weight] : value.as_map()) {
        options.class_weight[std::stoll(label)] = weight.as_number();
      }
    } else if (key != "verbose" && !(key == "shuffle" && value == Config(false))) {
      throw ValueError("unknown argument of fit \"" + key + "\"");
    }
  }
  const Config* validation = golden_case.find("validation_data");
  if (validation != nullptr && !validation->is_null()) {
    const Config& data = *validation;
    options.validation_data = ValidationData{read_data(data[0]), read_data(data[1]),
                                             data.size() > 2 ? read_tensor(data[2]) : Tensor()};
  }
  return options;
}

Tensor as_tensor(const Config& numbers) {
  if (is_tensor(numbers)) return read_tensor(numbers);
  std::vector<double> values;
  for (const Config& number : numbers.as_list())
    values.push_back(read_tensor(number).item<double>());
  return Tensor::from(values);
}

// Keras puts the model's name in front of a weight's path.
void set_weights(const Model& model, const Config& golden_case, Failures& failures) {
  const std::vector<Variable> weights = model.weights();
  const Config& paths = golden_case.at("weights");
  std::vector<Tensor> values;
  for (const Config& value : golden_case.at("init").as_list()) values.push_back(read_tensor(value));
  for (std::size_t i = 0; i < weights.size() && i < paths.size(); ++i) {
    const std::string& expected = paths[i].as_string();
    const std::string name = weights[i].name();
    if (expected.size() < name.size() ||
        expected.compare(expected.size() - name.size(), name.size(), name) != 0) {
      failures.add("weights[" + std::to_string(i) + "] is " + weights[i].path() + ", expected " +
                   expected);
    }
  }
  model.set_weights(values);
}

void compare_names(const std::string& what, const Config& expected, std::size_t count,
                   Failures& failures) {
  if (expected.size() != count) {
    failures.add(what + ": " + std::to_string(count) + " names, expected " +
                 std::to_string(expected.size()));
  }
}

void compare_results(const Config& c, const Model& model, const History& history,
                     Failures& failures) {
  compare_names("history", c.at("history"), history.history().size(), failures);
  for (const auto& [name, expected] : c.at("history").as_map()) {
    failures.compare("history." + name, Tensor::from(history[name]), as_tensor(expected),
                     kFitTolerance);
  }
  const std::vector<Tensor> weights = model.get_weights();
  const Config& final_weights = c.at("final");
  for (std::size_t i = 0; i < final_weights.size(); ++i) {
    failures.compare("final[" + std::to_string(i) + "]", weights.at(i),
                     read_tensor(final_weights[i]), kFitTolerance);
  }
  const Logs logs = model.evaluate(read_data(c.at("x")), read_data(c.at("y")));
  compare_names("evaluate", c.at("evaluate"), logs.size(), failures);
  for (const auto& [name, expected] : c.at("evaluate").as_map()) {
    failures.compare("evaluate." + name, Tensor(logs[name]), read_tensor(expected), kFitTolerance);
  }
  const Config& expected = c.at("predict");
  const std::vector<Tensor> predicted = model.predict_all(read_data(c.at("x")));
  const Config::List outputs = is_tensor(expected) ? Config::List{expected} : expected.as_list();
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    failures.compare("predict[" + std::to_string(i) + "]", predicted.at(i), read_tensor(outputs[i]),
                     kFitTolerance);
  }
}

std::vector<std::string> check(const Config& golden_case, bool stable_rewrites) {
  return run_check(golden_case, [&](const Config& c, Failures& failures) {
    failures.expect_keys(c, {"name", "model", "weights", "init", "x", "y", "fit", "validation_data",
                             "callbacks", "history", "final", "evaluate", "predict"});
    const Config& object = c.at("model");
    const Model model = model_from_config(object, {.compile = false});
    set_weights(model, c, failures);
    CompileOptions compiled = compile_options_from(object.at("compile_config"), model);
    compiled.stable_rewrites = stable_rewrites;
    model.compile(compiled);
    const History history = model.fit(read_data(c.at("x")), read_data(c.at("y")), read_fit(c));
    compare_results(c, model, history, failures);
  });
}

}  // namespace

std::vector<std::string> check_fit(const Config& golden_case) { return check(golden_case, false); }

std::vector<std::string> check_fit_rewritten(const Config& golden_case) {
  return check(golden_case, true);
}

}  // namespace antler::golden
