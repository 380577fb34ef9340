#include "antler/losses/huber.h"

#include "antler/core/error.h"
#include "antler/losses/labels.h"
#include "antler/losses/loss_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/operands.h"
#include "antler/ops/rounding.h"
#include "antler/ops/statistics.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

class HuberLoss final : public losses::LossWithOptions<HuberOptions> {
 public:
  using LossWithOptions::LossWithOptions;
  std::string_view class_name() const override { return "Huber"; }
  Value call(const Value& y_true, const Value& y_pred, const LossContext&) const override {
    return losses::huber(y_true, y_pred, options().delta);
  }
};

}  // namespace

Huber::Huber(const HuberOptions& options) : Loss(std::make_shared<HuberLoss>(options)) {
  if (options.delta > 0) return;
  throw ValueError(options.name + " (Huber): expected delta above 0, got " +
                   std::to_string(options.delta));
}

// A square of a large error may be infinite; the select in front keeps it out of the gradient.
Value losses::huber(const Value& y_true, const Value& y_pred, double delta) {
  using ops::detail::number_like;
  const auto [labels, predictions] = matched(y_true, y_pred, kOneTargetEach);
  const Value error = predictions - labels;
  const Value size = ops::abs(error);
  const Value bound = number_like(error, delta);
  const Value near = size <= bound;
  const Value small = ops::where(near, error, 0);
  const Value half = number_like(error, 0.5);
  return ops::mean(ops::where(near, half * (small * small), bound * size - half * (bound * bound)),
                   {.axis = -1});
}

}  // namespace antler
