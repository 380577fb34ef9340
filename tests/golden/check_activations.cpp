#include "tests/golden/check_activations.h"

#include "antler/activations/activation.h"
#include "antler/autodiff/gradients.h"
#include "antler/compiler/function.h"
#include "tests/golden/case.h"

namespace antler::golden {

std::vector<std::string> check_activations(const Config& golden_case) {
  return run_check(golden_case, [](const Config& c, Failures& failures) {
    failures.expect_keys(c, {"name", "x", "y", "cot", "grad"});
    const ActivationArg activation(c.at("name").as_string());
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
