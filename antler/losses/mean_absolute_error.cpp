#include "antler/losses/mean_absolute_error.h"

#include "antler/losses/labels.h"
#include "antler/losses/loss_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/rounding.h"
#include "antler/ops/statistics.h"

namespace antler {
namespace {

class MeanAbsoluteErrorLoss final : public losses::LossWithOptions<MeanAbsoluteErrorOptions> {
 public:
  using LossWithOptions::LossWithOptions;
  std::string_view class_name() const override { return "MeanAbsoluteError"; }
  Value call(const Value& y_true, const Value& y_pred, const LossContext&) const override {
    return losses::mean_absolute_error(y_true, y_pred);
  }
};

}  // namespace

MeanAbsoluteError::MeanAbsoluteError(const MeanAbsoluteErrorOptions& options)
    : Loss(std::make_shared<MeanAbsoluteErrorLoss>(options)) {}

Value losses::mean_absolute_error(const Value& y_true, const Value& y_pred) {
  const auto [labels, predictions] = matched(y_true, y_pred, kOneTargetEach);
  return ops::mean(ops::abs(labels - predictions), {.axis = -1});
}

}  // namespace antler
