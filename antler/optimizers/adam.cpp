#include "antler/optimizers/adam.h"

#include "antler/core/options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/power.h"
#include "antler/ops/roots.h"
#include "antler/optimizers/by_type.h"
#include "antler/optimizers/update_composite.h"

namespace antler {
namespace {

using ops::detail::number_like;

class AdamOptimizer final : public OptimizerBase {
 public:
  AdamOptimizer(std::string_view class_name, const AdamOptions& options)
      : OptimizerBase(class_name, options.learning_rate, OptimizerCommon::of(options)),
        options_(options) {
    require(options.beta_1 >= 0 && options.beta_1 < 1, "beta_1 in [0, 1)", options.beta_1);
    require(options.beta_2 >= 0 && options.beta_2 < 1, "beta_2 in [0, 1)", options.beta_2);
    require(options.epsilon >= 0, "epsilon >= 0", options.epsilon);
  }

 private:
  Config own_config() const override { return options_to_config(options_); }

  void make_slots(const std::vector<Variable>& variables) override {
    momentums_.clear();
    velocities_.clear();
    velocity_hats_.clear();
    for (const Variable& v : variables) {
      momentums_.push_back(add_slot(v, "momentum"));
      velocities_.push_back(add_slot(v, "velocity"));
    }
    if (!options_.amsgrad) return;
    for (const Variable& v : variables) velocity_hats_.push_back(add_slot(v, "velocity_hat"));
  }

  void update(std::span<const Target> targets, const Step& step, Updates& updates) const override {
    ByType alpha([&](DType type) { return step_size(step, type); });
    for (const Target& target : targets) {
      const std::size_t i = target.index;
      std::vector<Variable> states = {target.variable, momentums_[i], velocities_[i]};
      if (options_.amsgrad) states.push_back(velocity_hats_[i]);
      const UpdateComposite composite{.gradient = target.gradient,
                                      .states = std::move(states),
                                      .scalars = {alpha(target.variable.dtype())},
                                      .decay = target.decay};
      composite.apply(
          "adam_update",
          Config::map({{"beta_1", options_.beta_1},
                       {"beta_2", options_.beta_2},
                       {"epsilon", options_.epsilon},
                       {"amsgrad", options_.amsgrad}}),
          [options = options_](const UpdateInputs& in) { return body(options, in); }, updates);
    }
  }

  // The powers are taken in the variables' type, as in Keras.
  Value step_size(const Step& step, DType type) const {
    const Value rate = ops::cast(step.rate, type);
    const Value count = ops::cast(step.count, type);
    const Value one = number_like(rate, 1.0);
    const auto missing = [&](double beta) {
      return one - ops::power(number_like(rate, beta), count);
    };
    return rate * ops::sqrt(missing(options_.beta_2)) / missing(options_.beta_1);
  }

  static std::vector<Value> body(const AdamOptions& options, const UpdateInputs& in) {
    const Value& g = in.gradient;
    const Value m = in.states[1] + (g - in.states[1]) * number_like(g, 1 - options.beta_1);
    const Value v = in.states[2] + (g * g - in.states[2]) * number_like(g, 1 - options.beta_2);
    std::vector<Value> states = {Value(), m, v};
    if (options.amsgrad) states.push_back(ops::maximum(in.states[3], v));
    states[0] = in.states[0] -
                m * in.scalars[0] / (ops::sqrt(states.back()) + number_like(g, options.epsilon));
    return states;
  }

  AdamOptions options_;
  std::vector<Variable> momentums_, velocities_, velocity_hats_;
};

}  // namespace

Optimizer make_adam(std::string_view class_name, const AdamOptions& options) {
  return {std::make_shared<AdamOptimizer>(class_name, options)};
}

Adam::Adam(const AdamOptions& options) : Optimizer(make_adam("Adam", options)) {}

}  // namespace antler
