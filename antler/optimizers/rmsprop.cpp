#include "antler/optimizers/rmsprop.h"

#include "antler/core/options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/operands.h"
#include "antler/ops/roots.h"
#include "antler/optimizers/update_composite.h"

namespace antler {
namespace {

class RmspropOptimizer final : public OptimizerBase {
 public:
  explicit RmspropOptimizer(const RMSpropOptions& options)
      : OptimizerBase("RMSprop", options.learning_rate, OptimizerCommon::of(options)),
        options_(options) {
    require(options.rho >= 0 && options.rho <= 1, "rho in [0, 1]", options.rho);
    require(options.momentum >= 0 && options.momentum <= 1, "momentum in [0, 1]", options.momentum);
    require(options.epsilon >= 0, "epsilon >= 0", options.epsilon);
  }

 private:
  Config own_config() const override { return options_to_config(options_); }

  void make_slots(const std::vector<Variable>& variables) override {
    const auto slots = [&](bool wanted, const char* name) {
      std::vector<Variable> made;
      if (!wanted) return made;
      for (const Variable& v : variables) made.push_back(add_slot(v, name));
      return made;
    };
    velocities_ = slots(true, "velocity");
    momentums_ = slots(options_.momentum > 0, "momentum");
    average_gradients_ = slots(options_.centered, "average_gradient");
  }

  void update(std::span<const Target> targets, const Step& step, Updates& updates) const override {
    for (const Target& target : targets) {
      const std::size_t i = target.index;
      std::vector<Variable> states = {target.variable, velocities_[i]};
      if (!momentums_.empty()) states.push_back(momentums_[i]);
      if (options_.centered) states.push_back(average_gradients_[i]);
      const UpdateComposite composite{.gradient = target.gradient,
                                      .states = std::move(states),
                                      .scalars = {ops::cast(step.rate, target.variable.dtype())},
                                      .decay = target.decay};
      composite.apply(
          "rmsprop_update",
          Config::map({{"rho", options_.rho},
                       {"momentum", options_.momentum},
                       {"epsilon", options_.epsilon},
                       {"centered", options_.centered}}),
          [options = options_](const UpdateInputs& in) { return body(options, in); }, updates);
    }
  }

  static std::vector<Value> body(const RMSpropOptions& options, const UpdateInputs& in) {
    const Value& g = in.gradient;
    const auto number = [&](double x) { return ops::detail::number_like(g, x); };
    const Value rho = number(options.rho);
    const Value rest = number(1 - options.rho);
    const Value velocity = rho * in.states[1] + rest * (g * g);
    std::vector<Value> states = {Value(), velocity};
    Value denominator = velocity;
    Value average;
    if (options.centered) {
      average = rho * in.states.back() + rest * g;
      denominator = velocity - average * average;
    }
    Value change = in.scalars[0] * g / ops::sqrt(denominator + number(options.epsilon));
    if (options.momentum > 0) {
      change = number(options.momentum) * in.states[2] + change;
      states.push_back(change);
    }
    if (options.centered) states.push_back(average);
    states[0] = in.states[0] - change;
    return states;
  }

  RMSpropOptions options_;
  std::vector<Variable> velocities_, momentums_, average_gradients_;
};

}  // namespace

RMSprop::RMSprop(const RMSpropOptions& options)
    : Optimizer(std::make_shared<RmspropOptimizer>(options)) {}

}  // namespace antler
