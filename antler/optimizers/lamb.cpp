#include "antler/optimizers/lamb.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/operands.h"
#include "antler/ops/power.h"
#include "antler/ops/roots.h"
#include "antler/ops/sum.h"
#include "antler/ops/where.h"
#include "antler/optimizers/slot_optimizer.h"

namespace antler {
namespace {

using ops::detail::number_like;

class LambOptimizer final : public SlotOptimizer<LambOptions> {
 public:
  explicit LambOptimizer(const LambOptions& options)
      : SlotOptimizer(
            "Lamb", options,
            {.kernel = "lamb_update", .slots = {{"momentum"}, {"velocity"}}, .body = body}) {
    require_fraction("beta_1", options.beta_1);
    require_fraction("beta_2", options.beta_2);
    require_not_negative("epsilon", options.epsilon);
  }

 private:
  std::vector<Value> scalars(const StepNumbers& step, Updates&) const override {
    const Value one = number_like(step.rate, 1.0);
    const auto missing = [&](double beta) {
      return one - ops::power(number_like(one, beta), step.count);
    };
    return {step.rate, missing(options().beta_1), missing(options().beta_2)};
  }

  static std::vector<Value> body(const LambOptions& options, const UpdateInputs& in) {
    const Value& g = in.gradient;
    const Value m = in.states[1] + (g - in.states[1]) * number_like(g, 1 - options.beta_1);
    const Value v = in.states[2] + (g * g - in.states[2]) * number_like(g, 1 - options.beta_2);
    const Value root = ops::sqrt(v / in.scalars[2]) + number_like(g, options.epsilon);
    const Value change = m / in.scalars[1] / root;
    const Value length = norm(in.states[0]), change_length = norm(change);
    const Value one = number_like(g, 1.0);
    const Value ratio =
        ops::where(length > 0, ops::where(change_length > 0, length / change_length, one), one);
    return {in.states[0] - ratio * in.scalars[0] * change, m, v};
  }

  static Value norm(const Value& x) { return ops::sqrt(ops::sum(x * x)); }
};

}  // namespace

Lamb::Lamb(const LambOptions& options) : Optimizer(std::make_shared<LambOptimizer>(options)) {}

}  // namespace antler
