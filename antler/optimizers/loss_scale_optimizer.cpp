#include "antler/optimizers/loss_scale_optimizer.h"

#include <cmath>

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/finite.h"
#include "antler/ops/logical.h"
#include "antler/ops/max_min.h"
#include "antler/ops/where.h"
#include "antler/optimizers/branches.h"

namespace antler {
namespace {

class LossScaling final : public OptimizerBase {
 public:
  LossScaling(Optimizer inner, const LossScaleOptimizerOptions& options)
      : OptimizerBase("LossScaleOptimizer", {.name = options.name}),
        inner_(std::move(inner)),
        options_(options) {
    if (!inner_) throw ValueError("LossScaleOptimizer: expected an inner optimizer, got none");
    require(options.initial_scale > 0 && std::isfinite(options.initial_scale), "initial_scale > 0",
            options.initial_scale);
    require(options.dynamic_growth_steps >= 1, "dynamic_growth_steps >= 1",
            options.dynamic_growth_steps);
    inner_.base().set_loss_scale_factor({});
  }

  Config get_config() const override {
    Config config = Config::map({{"name", name()}, {"inner_optimizer", inner_.to_config()}});
    const Config own = options_to_config(options_);
    for (const auto& [key, value] : own.as_map()) {
      if (key != "name") config.set(key, value);
    }
    return config;
  }

  void build(const std::vector<Variable>& trainable) override {
    inner_.base().build(trainable);
    OptimizerBase::build(trainable);
  }

  void apply(const std::vector<Value>& gradients, Updates& updates, bool updating) const override {
    if (!is_built()) throw StateError(class_name() + ": expected build() before apply()");
    const Value scale = updates.value(scale_);
    Value finite;
    std::vector<Value> unscaled = gradients;
    for (Value& g : unscaled) {
      if (!g) continue;
      const Value whole = ops::all(ops::isfinite(g));
      finite = finite ? ops::logical_and(finite, whole) : whole;
      g = g / ops::cast(scale, g.dtype());
    }
    Updates stepped = updates;
    inner_.base().apply(unscaled, stepped, updating);
    assign_where(finite, stepped, updates, updates);
    const Value counter = updates.value(counter_);
    const Value grows = ops::equal(counter, options_.dynamic_growth_steps - 1);
    const Value none = Tensor::zeros({}, DType::int64);
    updates.assign(counter_, ops::where(finite, ops::where(grows, none, counter + 1), none));
    updates.assign(scale_, scale * ops::where(finite, ops::where(grows, 2.0F, 1.0F), 0.5F));
  }

  Value scale_loss(const Value& loss) const override {
    const Value scale = scale_ ? Value(scale_) : Value(Tensor::full({}, options_.initial_scale));
    return loss * ops::cast(scale, loss.dtype());
  }

  bool accumulates() const override { return inner_.base().accumulates(); }
  bool updates_next() const override { return inner_.base().updates_next(); }
  void finalize_variable_values() override { inner_.base().finalize_variable_values(); }
  std::vector<Variable> variables() const override {
    return joined(OptimizerBase::variables(), inner_.variables());
  }
  std::vector<Variable> variables_before_build() const override {
    return joined(OptimizerBase::variables_before_build(), inner_.base().variables_before_build());
  }
  const Variable& iterations() const override { return inner_.base().iterations(); }
  double current_learning_rate() const override { return inner_.learning_rate(); }
  void set_learning_rate(double rate) override { inner_.base().set_learning_rate(rate); }
  void exclude_from_weight_decay(const WeightDecayExclusions& exclusions) override {
    inner_.base().exclude_from_weight_decay(exclusions);
  }

 private:
  Config own_config() const override { return Config::map(); }
  void make_slots(const std::vector<Variable>&) override {
    counter_ = add_state(Tensor::zeros({}, DType::int64), "step_counter");
    scale_ = add_state(Tensor::full({}, options_.initial_scale), "dynamic_scale");
  }
  void update(std::span<const Target>, const Step&, Updates&) const override {}

  static std::vector<Variable> joined(std::vector<Variable> first,
                                      const std::vector<Variable>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
  }

  Optimizer inner_;
  LossScaleOptimizerOptions options_;
  Variable counter_, scale_;
};

}  // namespace

LossScaleOptimizer::LossScaleOptimizer(const OptimizerArg& inner_optimizer,
                                       const LossScaleOptimizerOptions& options)
    : Optimizer(std::make_shared<LossScaling>(inner_optimizer.get(), options)) {}

// Older versions of Keras wrote the common arguments too, with their defaults.
Optimizer LossScaleOptimizer::from_config(const Config& config) {
  Config own = Config::map();
  for (const auto& [key, value] : config.as_map()) {
    const bool is_unused = (key == "use_ema" && value == Config(false)) || key == "ema_momentum" ||
                           (key == "dynamic" && value == Config(true));
    if (!is_unused) own.set(key, value);
  }
  LossScaleOptimizerOptions options;
  options_from_config("LossScaleOptimizer", own, options, {"inner_optimizer"});
  const Config* inner = own.find("inner_optimizer");
  if (inner == nullptr) {
    throw ValueError("LossScaleOptimizer: \"inner_optimizer\": expected a value, got none");
  }
  return LossScaleOptimizer(Optimizer::from_config(*inner), options);
}

}  // namespace antler
