#include "antler/optimizers/sgd.h"

#include "antler/core/options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/operands.h"
#include "antler/optimizers/update_composite.h"

namespace antler {
namespace {

class SgdOptimizer final : public OptimizerBase {
 public:
  explicit SgdOptimizer(const SGDOptions& options)
      : OptimizerBase("SGD", options.learning_rate, OptimizerCommon::of(options)),
        options_(options) {
    require(options.momentum >= 0 && options.momentum <= 1, "momentum in [0, 1]", options.momentum);
  }

 private:
  Config own_config() const override { return options_to_config(options_); }

  void make_slots(const std::vector<Variable>& variables) override {
    momentums_.clear();
    if (options_.momentum == 0) return;
    for (const Variable& v : variables) momentums_.push_back(add_slot(v, "momentum"));
  }

  void update(std::span<const Target> targets, const Step& step, Updates& updates) const override {
    for (const Target& target : targets) {
      UpdateComposite composite{.gradient = target.gradient,
                                .states = {target.variable},
                                .scalars = {ops::cast(step.rate, target.variable.dtype())},
                                .decay = target.decay};
      if (momentums_.empty()) {
        composite.apply("sgd_update", Config::map(), plain, updates);
      } else {
        composite.states.push_back(momentums_[target.index]);
        composite.apply(
            "sgd_momentum_update",
            Config::map({{"momentum", options_.momentum}, {"nesterov", options_.nesterov}}),
            [momentum = options_.momentum, nesterov = options_.nesterov](const UpdateInputs& in) {
              return with_momentum(momentum, nesterov, in);
            },
            updates);
      }
    }
  }

  static std::vector<Value> plain(const UpdateInputs& in) {
    return {in.states[0] - in.gradient * in.scalars[0]};
  }

  static std::vector<Value> with_momentum(double momentum, bool nesterov, const UpdateInputs& in) {
    const Value factor = ops::detail::number_like(in.gradient, momentum);
    const Value change = in.gradient * in.scalars[0];
    const Value m = in.states[1] * factor - change;
    return {in.states[0] + (nesterov ? m * factor - change : m), m};
  }

  SGDOptions options_;
  std::vector<Variable> momentums_;
};

}  // namespace

SGD::SGD(const SGDOptions& options) : Optimizer(std::make_shared<SgdOptimizer>(options)) {}

}  // namespace antler
