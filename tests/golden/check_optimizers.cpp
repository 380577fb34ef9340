#include "tests/golden/check_optimizers.h"

#include <algorithm>

#include "antler/constraints/constraint.h"
#include "antler/optimizers/optimizer.h"
#include "tests/golden/case.h"
#include "tests/golden/same_config.h"

namespace antler::golden {
namespace {

void compare_all(const std::string& what, const std::vector<Variable>& got, const Config& expected,
                 Failures& failures) {
  if (got.size() != expected.size()) {
    failures.add(what + ": " + std::to_string(got.size()) + " variables, expected " +
                 std::to_string(expected.size()));
    return;
  }
  for (std::size_t i = 0; i < got.size(); ++i) {
    failures.compare(what + "[" + std::to_string(i) + "] " + got[i].path(), got[i].read(),
                     read_tensor(expected[i]), kTolerance);
  }
}

// Counters are int64 here, int32 under Keras on JAX.
Config with_types_of(const std::vector<Variable>& variables, const Config& tensors) {
  Config::List list = tensors.as_list();
  for (std::size_t i = 0; i < std::min(list.size(), variables.size()); ++i) {
    if (variables[i].dtype() == DType::int64 && list[i].at("dtype") == Config("int32")) {
      list[i].set("dtype", "int64");
    }
  }
  return Config(std::move(list));
}

// "exclude_from_weight_decay": {"var_list": indices, "var_names": regular expressions}.
WeightDecayExclusions read_exclusions(const Config& config,
                                      const std::vector<Variable>& variables) {
  WeightDecayExclusions exclusions;
  if (const Config* list = config.find("var_list")) {
    for (const Config& i : list->as_list()) {
      exclusions.var_list.push_back(variables.at(static_cast<std::size_t>(i.as_integer())));
    }
  }
  if (const Config* names = config.find("var_names")) {
    for (const Config& text : names->as_list()) exclusions.var_names.push_back(text.as_string());
  }
  return exclusions;
}

void set_constraints(const Config& constraints, const std::vector<Variable>& variables) {
  for (std::size_t i = 0; i < variables.size(); ++i) {
    const Config& config = constraints[i];
    if (!config.is_null()) variables[i].state().constraint = Constraint::from_config(config);
  }
}

void check(const Config& golden_case, Failures& failures) {
  failures.expect_keys(golden_case,
                       {"name", "optimizer", "init", "grads", "trajectory", "final_variables",
                        "after_finalize", "constraints", "exclude_from_weight_decay"});
  Optimizer optimizer = Optimizer::from_config(golden_case.at("optimizer"));
  if (Optimizer::from_config(optimizer.to_config()).to_config() != optimizer.to_config()) {
    failures.add("config is not read back: " + optimizer.to_config().to_string());
  }
  compare_configs(optimizer.to_config(), golden_case.at("optimizer"), failures);
  std::vector<Variable> variables;
  for (const Config& initial : golden_case.at("init").as_list()) {
    variables.emplace_back(read_tensor(initial),
                           VariableOptions{"variable_" + std::to_string(variables.size())});
  }
  if (const Config* constraints = golden_case.find("constraints")) {
    set_constraints(*constraints, variables);
  }
  if (const Config* excluded = golden_case.find("exclude_from_weight_decay")) {
    optimizer.exclude_from_weight_decay(read_exclusions(*excluded, variables));
  }
  const Config& trajectory = golden_case.at("trajectory");
  const Config::List& steps = golden_case.at("grads").as_list();
  for (std::size_t step = 0; step < steps.size(); ++step) {
    Gradients gradients{variables, {}};
    for (const Config& gradient : steps[step].as_list()) {
      gradients.values.push_back(gradient.is_null() ? Tensor() : read_tensor(gradient));
    }
    optimizer.apply(gradients);
    compare_all("trajectory[" + std::to_string(step) + "]", variables, trajectory[step], failures);
  }
  const std::vector<Variable> own = optimizer.variables();
  compare_all("final_variables", own, with_types_of(own, golden_case.at("final_variables")),
              failures);
  optimizer.finalize_variable_values();
  compare_all("after_finalize", variables, golden_case.at("after_finalize"), failures);
}

}  // namespace

std::vector<std::string> check_optimizers(const Config& golden_case) {
  return run_check(golden_case, check);
}

}  // namespace antler::golden
