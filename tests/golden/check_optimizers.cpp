#include "tests/golden/check_optimizers.h"

#include "antler/optimizers/optimizer.h"
#include "tests/golden/case.h"

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

// iterations is int64 here, int32 under Keras on JAX.
Config with_types_of(const std::vector<Variable>& variables, const Config& tensors) {
  if (variables.empty() || tensors.size() == 0) return tensors;
  Config::List list = tensors.as_list();
  list[0].set("dtype", name(variables[0].dtype()));
  return Config(std::move(list));
}

void check(const Config& golden_case, Failures& failures) {
  failures.expect_keys(golden_case, {"name", "optimizer", "init", "grads", "trajectory",
                                     "final_variables", "after_finalize"});
  Optimizer optimizer = Optimizer::from_config(golden_case.at("optimizer"));
  std::vector<Variable> variables;
  for (const Config& initial : golden_case.at("init").as_list()) {
    variables.emplace_back(read_tensor(initial),
                           VariableOptions{"variable_" + std::to_string(variables.size())});
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
