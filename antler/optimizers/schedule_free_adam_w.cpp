#include "antler/optimizers/schedule_free_adam_w.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/power.h"
#include "antler/ops/roots.h"
#include "antler/optimizers/slot_optimizer.h"

namespace antler {
namespace {

using ops::detail::number_like;

class ScheduleFreeAdamWOptimizer final : public SlotOptimizer<ScheduleFreeAdamWOptions> {
 public:
  explicit ScheduleFreeAdamWOptimizer(const ScheduleFreeAdamWOptions& options)
      : SlotOptimizer("ScheduleFreeAdamW", options,
                      {.kernel = "schedule_free_adam_w_update",
                       .slots = {{"momentum"}, {"velocity"}},
                       .body = body}) {
    require(options.beta_1 > 0 && options.beta_1 <= 1, "beta_1 in (0, 1]", options.beta_1);
    require_fraction("beta_2", options.beta_2);
    require_not_negative("epsilon", options.epsilon);
    require(options.warmup_steps >= 0, "warmup_steps >= 0", options.warmup_steps);
  }

 private:
  void make_slots(const std::vector<Variable>& variables) override {
    SlotOptimizer::make_slots(variables);
    for (std::size_t i = 0; i < variables.size(); ++i) {
      Variable(slots_of(i)[0]).assign(variables[i].read());
    }
  }

  std::vector<Value> scalars(const StepNumbers& step, Updates&) const override {
    const auto number = [&](double x) { return number_like(step.rate, x); };
    Value rate = step.rate;
    if (const auto warmup = static_cast<double>(options().warmup_steps); warmup > 0) {
      rate = rate * ops::minimum(step.count / number(warmup), number(1.0));
    }
    return {rate, number(1.0) - ops::power(number(options().beta_2), step.count),
            number(1.0) / step.count};
  }

  static std::vector<Value> body(const ScheduleFreeAdamWOptions& options, const UpdateInputs& in) {
    const Value& g = in.gradient;
    const Value beta = number_like(g, options.beta_1);
    // Keras rounds the betas before it takes them from 1, other than in Adam.
    const Value one = number_like(g, 1.0);
    const Value rest = one - beta;
    const Value& weight = in.scalars[2];
    const Value v = in.states[2] + (g * g - in.states[2]) * (one - number_like(g, options.beta_2));
    const Value root = ops::sqrt(v / in.scalars[1]) + number_like(g, options.epsilon);
    const Value z = in.states[1] - in.scalars[0] * g / root;
    const Value mean = (in.states[0] - rest * in.states[1]) / beta;
    const Value new_mean = (one - weight) * mean + weight * z;
    return {rest * z + beta * new_mean, z, v};
  }
};

}  // namespace

ScheduleFreeAdamW::ScheduleFreeAdamW(const ScheduleFreeAdamWOptions& options)
    : Optimizer(std::make_shared<ScheduleFreeAdamWOptimizer>(options)) {}

}  // namespace antler
