#include <map>

#include "antler/core/error.h"
#include "antler/graph/origin.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/division.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/roots.h"
#include "antler/ops/sum.h"
#include "antler/ops/where.h"
#include "antler/optimizers/by_type.h"
#include "antler/optimizers/optimizer_base.h"

// One step of an optimizer as graph: OptimizerBase::apply and its parts, in Keras' order.
namespace antler {
namespace {

using ops::detail::number_like;

Value sum_of_squares(const Value& x) { return ops::sum(x * x); }

// g c / max(|g|, c): a NaN in g makes all of it NaN.
Value clipped_by_norm(const Value& g, double limit) {
  const Value c = number_like(g, limit);
  return g * c / ops::maximum(ops::sqrt(sum_of_squares(g)), c);
}

// c min(1 / n, 1 / c), where n - n is 0 unless the norm is infinite or NaN: then all become NaN.
Value global_scale(const Value& norm, double limit) {
  const Value c = number_like(norm, limit);
  return c * ops::minimum(number_like(norm, 1.0) / norm, number_like(norm, 1.0) / c) +
         (norm - norm);
}

}  // namespace

void OptimizerBase::apply(const std::vector<Value>& gradients, Updates& updates,
                          bool updating) const {
  if (!built_) throw StateError(class_name_ + ": expected build() before apply()");
  if (gradients.size() != trainable_.size()) {
    throw ValueError(class_name_ + ": expected " + std::to_string(trainable_.size()) +
                     " gradients, one a variable, got " + std::to_string(gradients.size()));
  }
  const OriginScope origin("optimizer");
  std::vector<Target> targets;
  for (std::size_t i = 0; i < gradients.size(); ++i) {
    if (!gradients[i]) continue;
    targets.push_back({i, trainable_[i], ops::cast(gradients[i], trainable_[i].dtype()), Value()});
    if (common_.loss_scale_factor) {
      Value& g = targets.back().gradient;
      g = g / number_like(g, *common_.loss_scale_factor);
    }
  }
  if (targets.empty()) {
    throw ValueError(class_name_ +
                     ": no gradients for any variable; does the loss depend on the weights?");
  }
  if (!accumulators_.empty()) accumulate(targets, updates, updating);
  if (updating) {
    const Step step{rate_value(), ops::cast(update_count(), DType::float32)};
    clip(targets);
    add_decay(targets, step.rate);
    update(targets, step, updates);
  }
  if (!averages_.empty()) average(updates);
  for (const Target& target : targets) {
    const auto& constraint = target.variable.state().constraint;
    if (constraint) updates.assign(target.variable, constraint(updates.value(target.variable)));
  }
  updates.assign(iterations_, updates.value(iterations_) + 1);
}

Value OptimizerBase::scale_loss(const Value& loss) const {
  const std::optional<double>& factor = common_.loss_scale_factor;
  return factor ? loss * number_like(loss, *factor) : loss;
}

// Schedules see every step, accumulating ones too.
Value OptimizerBase::rate_value() const {
  return learning_rate_ ? learning_rate_.value() : rate_.schedule()->call(iterations_);
}

Value OptimizerBase::update_count() const {
  Value done = iterations_;
  if (common_.gradient_accumulation_steps) {
    done = ops::floor_divide(done, *common_.gradient_accumulation_steps);
  }
  return done + 1;
}

void OptimizerBase::accumulate(std::vector<Target>& targets, Updates& updates,
                               bool updating) const {
  for (Target& target : targets) {
    const Variable& accumulator = accumulators_[target.index];
    const Value sum = target.gradient + updates.value(accumulator);
    const double steps = static_cast<double>(*common_.gradient_accumulation_steps);
    target.gradient = sum / number_like(sum, steps);
    updates.assign(accumulator, updating ? Value(Tensor::zeros(sum.shape(), sum.dtype())) : sum);
  }
}

void OptimizerBase::clip(std::vector<Target>& targets) const {
  if (const double limit = common_.clipnorm.value_or(0); limit > 0) {
    for (Target& t : targets) t.gradient = clipped_by_norm(t.gradient, limit);
  }
  if (const double limit = common_.clipvalue.value_or(0); limit > 0) {
    for (Target& t : targets) {
      t.gradient =
          ops::clip(t.gradient, number_like(t.gradient, -limit), number_like(t.gradient, limit));
    }
  }
  if (const double limit = common_.global_clipnorm.value_or(0); limit > 0) {
    Value squares;
    for (const Target& t : targets) {
      const Value square = sum_of_squares(t.gradient);
      squares = squares ? squares + square : square;
    }
    const Value scale = global_scale(ops::sqrt(squares), limit);
    for (Target& t : targets) t.gradient = t.gradient * ops::cast(scale, t.gradient.dtype());
  }
}

void OptimizerBase::add_decay(std::vector<Target>& targets, const Value& rate) const {
  std::map<std::pair<DType, double>, Value> made;
  for (Target& target : targets) {
    const std::optional<double> amount = weight_decay_of(target.variable);
    if (!amount || !decays(target.variable)) continue;
    const DType type = target.variable.dtype();
    Value& decay = made[{type, *amount}];
    if (!decay) decay = ops::cast(rate, type) * number_like(ops::cast(rate, type), *amount);
    target.decay = decay;
  }
}

// The first average is the weights themselves; with gradient accumulation that is so for all steps
// before the second update. All variables have one, also those without a gradient.
void OptimizerBase::average(Updates& updates) const {
  const Value count = update_count();
  ByType momentum([&](DType type) {
    const Value later = ops::cast(ops::greater(count, 1), type);
    return later * number_like(later, common_.ema_momentum);
  });
  Value overwrites;
  if (common_.ema_overwrite_frequency) {
    overwrites = ops::equal(ops::mod(count, *common_.ema_overwrite_frequency), 0);
  }
  for (std::size_t i = 0; i < trainable_.size(); ++i) {
    const Value weight = updates.value(trainable_[i]);
    const Value m = momentum(weight.dtype());
    const Value average = m * updates.value(averages_[i]) + (number_like(m, 1.0) - m) * weight;
    updates.assign(averages_[i], average);
    if (overwrites) updates.assign(trainable_[i], ops::where(overwrites, average, weight));
  }
}

}  // namespace antler
