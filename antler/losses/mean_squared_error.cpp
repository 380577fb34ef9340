#include "antler/losses/mean_squared_error.h"

#include "antler/losses/labels.h"
#include "antler/losses/loss_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/statistics.h"

namespace antler {
namespace {

class MeanSquaredErrorLoss final : public losses::LossWithOptions<MeanSquaredErrorOptions> {
 public:
  using LossWithOptions::LossWithOptions;
  std::string_view class_name() const override { return "MeanSquaredError"; }
  Value call(const Value& y_true, const Value& y_pred, const LossContext&) const override {
    return losses::mean_squared_error(y_true, y_pred);
  }
};

}  // namespace

MeanSquaredError::MeanSquaredError(const MeanSquaredErrorOptions& options)
    : Loss(std::make_shared<MeanSquaredErrorLoss>(options)) {}

Value losses::mean_squared_error(const Value& y_true, const Value& y_pred) {
  const auto [labels, predictions] = matched(y_true, y_pred, kOneTargetEach);
  const Value error = labels - predictions;
  return ops::mean(error * error, {.axis = -1});
}

}  // namespace antler
