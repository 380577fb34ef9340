#include "antler/optimizers/ftrl.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/power.h"
#include "antler/ops/roots.h"
#include "antler/optimizers/slot_optimizer.h"

namespace antler {
namespace {

using ops::detail::number_like;

class FtrlOptimizer final : public SlotOptimizer<FtrlOptions> {
 public:
  explicit FtrlOptimizer(const FtrlOptions& options)
      : SlotOptimizer("Ftrl", options,
                      {.kernel = "ftrl_update",
                       .slots = {{"accumulator", options.initial_accumulator_value}, {"linear"}},
                       .body = body}) {
    require(options.learning_rate_power <= 0, "learning_rate_power <= 0",
            options.learning_rate_power);
    require_not_negative("initial_accumulator_value", options.initial_accumulator_value);
    require_not_negative("l1_regularization_strength", options.l1_regularization_strength);
    require_not_negative("l2_regularization_strength", options.l2_regularization_strength);
    require_not_negative("l2_shrinkage_regularization_strength",
                         options.l2_shrinkage_regularization_strength);
  }

 private:
  static std::vector<Value> body(const FtrlOptions& options, const UpdateInputs& in) {
    const auto number = [&](double x) { return number_like(in.gradient, x); };
    const auto root = [&](const Value& sum) {
      const double p = -options.learning_rate_power;
      return p == 0.5 ? ops::sqrt(sum) : ops::power(sum, number(p));
    };
    const Value& g = in.gradient;
    const Value& w = in.states[0];
    const Value& rate = in.scalars[0];
    const Value l2 =
        number(options.l2_regularization_strength) + number(options.beta) / (number(2.0) * rate);
    const Value shrunk = g + number(2 * options.l2_shrinkage_regularization_strength) * w;
    const Value sum = in.states[1] + g * g;
    const Value linear = in.states[2] + (shrunk - (root(sum) - root(in.states[1])) / rate * w);
    const double l1 = options.l1_regularization_strength;
    const Value clipped = ops::clip(linear, number(-l1), number(l1));
    return {(clipped - linear) / (root(sum) / rate + number(2.0) * l2), sum, linear};
  }
};

}  // namespace

Ftrl::Ftrl(const FtrlOptions& options) : Optimizer(std::make_shared<FtrlOptimizer>(options)) {}

}  // namespace antler
