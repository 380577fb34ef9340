#include "antler/optimizers/adafactor.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/power.h"
#include "antler/ops/roots.h"
#include "antler/ops/statistics.h"
#include "antler/optimizers/slot_optimizer.h"

namespace antler {
namespace {

using ops::detail::number_like;

// Only what has rows and columns is factored.
bool is_factored(const Shape& shape) { return shape.rank() >= 2; }

Value root_mean_square(const Value& x) { return ops::sqrt(ops::mean(x * x)); }

class AdafactorOptimizer final : public SlotOptimizer<AdafactorOptions> {
 public:
  explicit AdafactorOptimizer(const AdafactorOptions& options)
      : SlotOptimizer("Adafactor", options,
                      {.kernel = "adafactor_update", .slots = {}, .body = body}) {
    require_not_negative("epsilon_1", options.epsilon_1);
    require_not_negative("epsilon_2", options.epsilon_2);
    require(options.clip_threshold > 0, "clip_threshold > 0", options.clip_threshold);
  }

 private:
  // The integers of what is not factored only keep Keras' order in files.
  void make_slots(const std::vector<Variable>& variables) override {
    std::vector<std::vector<Variable>> all;
    for (const Variable& v : variables) {
      std::vector<Variable> used;
      if (is_factored(v.shape())) {
        const Shape rows = v.shape().erased(-1);
        used.push_back(add_state(Tensor::zeros(rows, v.dtype()), v.name() + "_r"));
        used.push_back(add_state(Tensor::zeros(v.shape().erased(-2), v.dtype()), v.name() + "_c"));
      } else {
        add_state(Tensor::zeros({}, DType::int32), v.name() + "_r");
        add_state(Tensor::zeros({}, DType::int32), v.name() + "_c");
      }
      used.push_back(add_slot(v, "velocity"));
      all.push_back(std::move(used));
    }
    set_slots(std::move(all));
  }

  std::vector<Value> scalars(const StepNumbers& step, Updates&) const override {
    const Value one = number_like(step.rate, 1.0);
    const Value rate = ops::minimum(step.rate, one / ops::sqrt(step.count));
    const Value decay = number_like(one, options().beta_2_decay);
    return {rate, one - ops::power(step.count, decay)};
  }

  static std::vector<Value> body(const AdafactorOptions& options, const UpdateInputs& in) {
    const Value& g = in.gradient;
    const Value& beta = in.scalars[1];
    const auto number = [&](double x) { return number_like(g, x); };
    const auto mixed = [&](const Value& old, const Value& now) {
      return beta * old + (number(1.0) - beta) * now;
    };
    const Value squares = g * g + number(options.epsilon_1);
    std::vector<Value> states = {Value()};
    if (is_factored(g.shape())) {
      const Value r = mixed(in.states[1], ops::mean(squares, {.axis = {-1}}));
      const Value c = mixed(in.states[2], ops::mean(squares, {.axis = {-2}}));
      const Value share = r / ops::mean(r, {.axis = {-1}, .keepdims = true});
      states.insert(states.end(), {r, c, ops::expand_dims(share, -1) * ops::expand_dims(c, -2)});
    } else {
      states.push_back(mixed(in.states[1], squares));
    }
    const Value change = g / ops::sqrt(states.back());
    const Value excess =
        ops::maximum(number(1.0), root_mean_square(change) / number(options.clip_threshold));
    const Value size =
        ops::maximum(number(options.epsilon_2), root_mean_square(in.states[0])) * in.scalars[0];
    states[0] = in.states[0] - size * (change / excess);
    return states;
  }
};

}  // namespace

Adafactor::Adafactor(const AdafactorOptions& options)
    : Optimizer(std::make_shared<AdafactorOptimizer>(options)) {}

}  // namespace antler
