#include "tests/golden/check_activations.h"

#include <functional>
#include <string_view>

#include "antler/activations/activation.h"
#include "antler/activations/elu.h"
#include "antler/activations/gelu.h"
#include "antler/activations/hard.h"
#include "antler/activations/relu.h"
#include "antler/activations/smooth.h"
#include "antler/activations/softmax.h"
#include "antler/activations/sparse.h"
#include "antler/autodiff/gradients.h"
#include "antler/compiler/function.h"
#include "antler/core/error.h"
#include "tests/golden/case.h"

namespace antler::golden {
namespace {

using activations::ReluOptions;

struct WithArguments {
  std::string_view name;
  std::vector<std::string_view> arguments;
  Value (*call)(const Value& x, const Config& arguments);
};

int axis_of(const Config& arguments) { return static_cast<int>(arguments.at("axis").as_integer()); }

double number(const Config& arguments, std::string_view name) {
  return arguments.at(name).as_number();
}

ReluOptions relu_options(const Config& arguments) {
  ReluOptions options;
  if (arguments.contains("negative_slope")) {
    options.negative_slope = number(arguments, "negative_slope");
  }
  if (arguments.contains("max_value")) options.max_value = number(arguments, "max_value");
  if (arguments.contains("threshold")) options.threshold = number(arguments, "threshold");
  return options;
}

// The functions that take more than x: a case may say what.
const std::vector<WithArguments>& with_arguments() {
  using C = Config;
  using V = Value;
  static const std::vector<WithArguments> all = {
      {"celu",
       {"alpha"},
       [](const V& x, const C& c) { return activations::celu(x, number(c, "alpha")); }},
      {"elu",
       {"alpha"},
       [](const V& x, const C& c) { return activations::elu(x, number(c, "alpha")); }},
      {"gelu",
       {"approximate"},
       [](const V& x, const C& c) { return activations::gelu(x, c.at("approximate").as_bool()); }},
      {"glu", {"axis"}, [](const V& x, const C& c) { return activations::glu(x, axis_of(c)); }},
      {"hard_shrink",
       {"threshold"},
       [](const V& x, const C& c) { return activations::hard_shrink(x, number(c, "threshold")); }},
      {"leaky_relu",
       {"negative_slope"},
       [](const V& x, const C& c) {
         return activations::leaky_relu(x, number(c, "negative_slope"));
       }},
      {"log_softmax",
       {"axis"},
       [](const V& x, const C& c) { return activations::log_softmax(x, axis_of(c)); }},
      {"relu",
       {"negative_slope", "max_value", "threshold"},
       [](const V& x, const C& c) { return activations::relu(x, relu_options(c)); }},
      {"soft_shrink",
       {"threshold"},
       [](const V& x, const C& c) { return activations::soft_shrink(x, number(c, "threshold")); }},
      {"softmax",
       {"axis"},
       [](const V& x, const C& c) { return activations::softmax(x, axis_of(c)); }},
      {"sparsemax",
       {"axis"},
       [](const V& x, const C& c) { return activations::sparsemax(x, axis_of(c)); }},
      {"squareplus",
       {"b"},
       [](const V& x, const C& c) { return activations::squareplus(x, number(c, "b")); }},
      {"threshold",
       {"threshold", "default_value"},
       [](const V& x, const C& c) {
         return activations::threshold(x, number(c, "threshold"), number(c, "default_value"));
       }},
  };
  return all;
}

ActivationArg::Function read_activation(const Config& golden_case, Failures& failures) {
  const std::string& name = golden_case.at("name").as_string();
  const Config* arguments = golden_case.find("arguments");
  if (arguments == nullptr || arguments->is_null()) return ActivationArg(name);
  for (const WithArguments& entry : with_arguments()) {
    if (entry.name != name) continue;
    failures.expect_keys(*arguments, entry.arguments);
    return [call = entry.call, given = *arguments](const Value& x) { return call(x, given); };
  }
  throw ValueError("\"" + name + "\" takes no arguments");
}

}  // namespace

std::vector<std::string> check_activations(const Config& golden_case) {
  return run_check(golden_case, [](const Config& c, Failures& failures) {
    failures.expect_keys(c, {"name", "x", "y", "cot", "grad", "arguments"});
    const ActivationArg::Function activation = read_activation(c, failures);
    const Function function(
        [&](const Value& x, const Value& cotangent) {
          const Value y = activation(x);
          const std::vector<Value> outputs = {y}, cotangents = {cotangent}, inputs = {x};
          return std::vector<Value>{y, vector_jacobian_product(outputs, cotangents, inputs)[0]};
        },
        program_options());
    const std::vector<Tensor> results =
        function.call({read_tensor(c.at("x")), read_tensor(c.at("cot"))});
    failures.compare_with(c, "y", results[0], kTolerance);
    failures.compare_with(c, "grad", results[1], kGradientTolerance);
  });
}

}  // namespace antler::golden
