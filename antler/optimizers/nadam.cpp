#include "antler/optimizers/nadam.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/operands.h"
#include "antler/ops/power.h"
#include "antler/ops/roots.h"
#include "antler/optimizers/slot_optimizer.h"

namespace antler {
namespace {

using ops::detail::number_like;

class NadamOptimizer final : public SlotOptimizer<NadamOptions> {
 public:
  explicit NadamOptimizer(const NadamOptions& options)
      : SlotOptimizer(
            "Nadam", options,
            {.kernel = "nadam_update", .slots = {{"momentum"}, {"velocity"}}, .body = body}) {
    require_fraction("beta_1", options.beta_1);
    require_fraction("beta_2", options.beta_2);
    require_not_negative("epsilon", options.epsilon);
  }

 private:
  // The product has the type of the first variable and comes last, as in Keras.
  void make_slots(const std::vector<Variable>& variables) override {
    SlotOptimizer::make_slots(variables);
    const DType type = variables.empty() ? DType::float32 : variables[0].dtype();
    u_product_ = add_state(Tensor::full({}, 1.0, type), "u_product");
  }

  // beta_1 (1 - 0.96^t / 2)
  Value momentum_at(const Value& count) const {
    const auto number = [&](double x) { return number_like(count, x); };
    return number(options().beta_1) * (number(1.0) - number(0.5) * ops::power(number(0.96), count));
  }

  void update(std::span<const Target> targets, const Step& step, Updates& updates) const override {
    const Value count = ops::cast(step.count, u_product_.dtype());
    updates.assign(u_product_, updates.value(u_product_) * momentum_at(count));
    SlotOptimizer::update(targets, step, updates);
  }

  std::vector<Value> scalars(const StepNumbers& step, Updates& updates) const override {
    const Value one = number_like(step.rate, 1.0);
    const Value now = momentum_at(step.count), next = momentum_at(step.count + one);
    const Value product = ops::cast(updates.value(u_product_), step.rate.dtype());
    const Value beta_2 = number_like(step.rate, options().beta_2);
    return {step.rate, next,          one - product * next,
            one - now, one - product, one - ops::power(beta_2, step.count)};
  }

  static std::vector<Value> body(const NadamOptions& options, const UpdateInputs& in) {
    const Value& g = in.gradient;
    // Keras rounds these betas before it takes them from 1, other than in Adam.
    const Value one = number_like(g, 1.0);
    const Value m = in.states[1] + (g - in.states[1]) * (one - number_like(g, options.beta_1));
    const Value v = in.states[2] + (g * g - in.states[2]) * (one - number_like(g, options.beta_2));
    const Value ahead = in.scalars[1] * m / in.scalars[2] + in.scalars[3] * g / in.scalars[4];
    const Value root = ops::sqrt(v / in.scalars[5]) + number_like(g, options.epsilon);
    return {in.states[0] - ahead * in.scalars[0] / root, m, v};
  }

  Variable u_product_;
};

}  // namespace

Nadam::Nadam(const NadamOptions& options) : Optimizer(std::make_shared<NadamOptimizer>(options)) {}

}  // namespace antler
