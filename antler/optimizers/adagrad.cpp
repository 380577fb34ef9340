#include "antler/optimizers/adagrad.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/operands.h"
#include "antler/ops/roots.h"
#include "antler/optimizers/slot_optimizer.h"

namespace antler {
namespace {

using ops::detail::number_like;

class AdagradOptimizer final : public SlotOptimizer<AdagradOptions> {
 public:
  explicit AdagradOptimizer(const AdagradOptions& options)
      : SlotOptimizer("Adagrad", options,
                      {.kernel = "adagrad_update",
                       .slots = {{"accumulator", options.initial_accumulator_value}},
                       .body = body}) {
    require_not_negative("initial_accumulator_value", options.initial_accumulator_value);
    require_not_negative("epsilon", options.epsilon);
  }

 private:
  static std::vector<Value> body(const AdagradOptions& options, const UpdateInputs& in) {
    const Value& g = in.gradient;
    const Value accumulator = in.states[1] + g * g;
    const Value root = ops::sqrt(accumulator + number_like(g, options.epsilon));
    return {in.states[0] - in.scalars[0] * g / root, accumulator};
  }
};

}  // namespace

Adagrad::Adagrad(const AdagradOptions& options)
    : Optimizer(std::make_shared<AdagradOptimizer>(options)) {}

}  // namespace antler
