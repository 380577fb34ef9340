#include "antler/optimizers/adadelta.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/operands.h"
#include "antler/ops/roots.h"
#include "antler/optimizers/slot_optimizer.h"

namespace antler {
namespace {

using ops::detail::number_like;

class AdadeltaOptimizer final : public SlotOptimizer<AdadeltaOptions> {
 public:
  explicit AdadeltaOptimizer(const AdadeltaOptions& options)
      : SlotOptimizer("Adadelta", options,
                      {.kernel = "adadelta_update",
                       .slots = {{"accumulated_grad"}, {"accumulated_delta_var"}},
                       .body = body}) {
    require(options.rho >= 0 && options.rho <= 1, "rho in [0, 1]", options.rho);
    require_not_negative("epsilon", options.epsilon);
  }

 private:
  static std::vector<Value> body(const AdadeltaOptions& options, const UpdateInputs& in) {
    const Value& g = in.gradient;
    const Value rho = number_like(g, options.rho);
    const Value rest = number_like(g, 1 - options.rho);
    const Value epsilon = number_like(g, options.epsilon);
    const Value gradients = rho * in.states[1] + rest * (g * g);
    const Value change = -(ops::sqrt(in.states[2] + epsilon) * g / ops::sqrt(gradients + epsilon));
    const Value changes = rho * in.states[2] + rest * (change * change);
    return {in.states[0] + in.scalars[0] * change, gradients, changes};
  }
};

}  // namespace

Adadelta::Adadelta(const AdadeltaOptions& options)
    : Optimizer(std::make_shared<AdadeltaOptimizer>(options)) {}

}  // namespace antler
