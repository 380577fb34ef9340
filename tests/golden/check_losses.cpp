#include "tests/golden/check_losses.h"

#include "antler/autodiff/gradients.h"
#include "antler/compiler/function.h"
#include "antler/losses/loss.h"
#include "antler/ops/sum.h"
#include "tests/golden/case.h"
#include "tests/golden/same_config.h"

namespace antler::golden {
namespace {

Loss read_loss(const Config& serialized) {
  LossArg argument;
  from_config(serialized, argument);
  return argument.object();
}

// The same loss with another reduction.
Loss read_loss(Config serialized, std::string_view reduction) {
  Config config = serialized.at("config");
  config.set("reduction", reduction);
  serialized.set("config", config);
  return read_loss(serialized);
}

constexpr LossContext kKerasNumbers = {.stable_rewrites = false};

Tensor weighted(const Loss& loss, const std::vector<Tensor>& arguments) {
  const Function function(
      [&](const Value& y_true, const Value& y_pred, const Value& sample_weight) {
        return loss(y_true, y_pred, sample_weight, kKerasNumbers);
      },
      program_options());
  return function.call(arguments).front();
}

}  // namespace

std::vector<std::string> check_losses(const Config& golden_case) {
  return run_check(golden_case, [](const Config& c, Failures& failures) {
    failures.expect_keys(c, {"name", "loss", "y_true", "y_pred", "value", "grad", "sample_weight",
                             "value_sw", "sw_sum", "sw_none", "sw_mean_with_sample_weight"});
    const Config& serialized = c.at("loss");
    const Tensor y_true = read_tensor(c.at("y_true"));
    const Tensor y_pred = read_tensor(c.at("y_pred"));
    const Loss loss = read_loss(serialized);
    compare_configs(to_config(loss), serialized, failures);
    const Function function(
        [&](const Value& labels, const Value& predictions) {
          const Value value = loss(labels, predictions, Value(), kKerasNumbers);
          const std::vector<Value> wrt = {predictions};
          return std::vector<Value>{value, gradients(ops::sum(value), wrt)[0]};
        },
        program_options());
    const std::vector<Tensor> results = function.call({y_true, y_pred});
    failures.compare_with(c, "value", results[0], kTolerance);
    failures.compare_with(c, "grad", results[1], kGradientTolerance);

    const Config* weight = c.find("sample_weight");
    if (weight == nullptr || weight->is_null()) return;
    const std::vector<Tensor> arguments = {y_true, y_pred, read_tensor(*weight)};
    failures.compare_with(c, "value_sw", weighted(loss, arguments), kTolerance);
    for (const std::string reduction : {"sum", "none", "mean_with_sample_weight"}) {
      failures.compare_with(c, "sw_" + reduction,
                            weighted(read_loss(serialized, reduction), arguments), kTolerance);
    }
  });
}

}  // namespace antler::golden
