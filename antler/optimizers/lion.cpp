#include "antler/optimizers/lion.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/operands.h"
#include "antler/ops/rounding.h"
#include "antler/optimizers/slot_optimizer.h"

namespace antler {
namespace {

using ops::detail::number_like;

class LionOptimizer final : public SlotOptimizer<LionOptions> {
 public:
  explicit LionOptimizer(const LionOptions& options)
      : SlotOptimizer("Lion", options,
                      {.kernel = "lion_update", .slots = {{"momentum"}}, .body = body}) {
    require(options.beta_1 > 0 && options.beta_1 <= 1, "beta_1 in (0, 1]", options.beta_1);
    require(options.beta_2 >= 0 && options.beta_2 <= 1, "beta_2 in [0, 1]", options.beta_2);
  }

 private:
  static std::vector<Value> body(const LionOptions& options, const UpdateInputs& in) {
    const Value& g = in.gradient;
    const auto mixed = [&](double beta) {
      return in.states[1] * number_like(g, beta) + g * number_like(g, 1 - beta);
    };
    return {in.states[0] - in.scalars[0] * ops::sign(mixed(options.beta_1)), mixed(options.beta_2)};
  }
};

}  // namespace

Lion::Lion(const LionOptions& options) : Optimizer(std::make_shared<LionOptimizer>(options)) {}

}  // namespace antler
