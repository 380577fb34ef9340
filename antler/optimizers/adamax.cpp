#include "antler/optimizers/adamax.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/power.h"
#include "antler/ops/rounding.h"
#include "antler/optimizers/slot_optimizer.h"

namespace antler {
namespace {

using ops::detail::number_like;

class AdamaxOptimizer final : public SlotOptimizer<AdamaxOptions> {
 public:
  explicit AdamaxOptimizer(const AdamaxOptions& options)
      : SlotOptimizer(
            "Adamax", options,
            {.kernel = "adamax_update", .slots = {{"momentum"}, {"norm"}}, .body = body}) {
    require_fraction("beta_1", options.beta_1);
    require_fraction("beta_2", options.beta_2);
    require_not_negative("epsilon", options.epsilon);
  }

 private:
  std::vector<Value> scalars(const StepNumbers& step, Updates&) const override {
    const Value beta = number_like(step.rate, options().beta_1);
    return {step.rate, number_like(step.rate, 1.0) - ops::power(beta, step.count)};
  }

  static std::vector<Value> body(const AdamaxOptions& options, const UpdateInputs& in) {
    const Value& g = in.gradient;
    const Value m = in.states[1] + (g - in.states[1]) * number_like(g, 1 - options.beta_1);
    const Value norm = ops::maximum(number_like(g, options.beta_2) * in.states[2], ops::abs(g));
    const Value scale = in.scalars[1] * (norm + number_like(g, options.epsilon));
    return {in.states[0] - in.scalars[0] * m / scale, m, norm};
  }
};

}  // namespace

Adamax::Adamax(const AdamaxOptions& options)
    : Optimizer(std::make_shared<AdamaxOptimizer>(options)) {}

}  // namespace antler
