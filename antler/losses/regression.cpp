#include "antler/losses/regression.h"

#include <cmath>

#include "antler/losses/labels.h"
#include "antler/losses/loss_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/exponential.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/rounding.h"
#include "antler/ops/softplus.h"
#include "antler/ops/statistics.h"

namespace antler {
namespace {

constexpr double kEpsilon = 1e-7;

Value at_least_epsilon(const Value& x) {
  return ops::maximum(x, ops::detail::number_like(x, kEpsilon));
}

}  // namespace

MeanAbsolutePercentageError::MeanAbsolutePercentageError(
    const MeanAbsolutePercentageErrorOptions& options)
    : Loss(losses::make_built_in("MeanAbsolutePercentageError", options,
                                 losses::mean_absolute_percentage_error)) {}

MeanSquaredLogarithmicError::MeanSquaredLogarithmicError(
    const MeanSquaredLogarithmicErrorOptions& options)
    : Loss(losses::make_built_in("MeanSquaredLogarithmicError", options,
                                 losses::mean_squared_logarithmic_error)) {}

LogCosh::LogCosh(const LogCoshOptions& options)
    : Loss(losses::make_built_in("LogCosh", options, losses::log_cosh)) {}

Value losses::mean_absolute_percentage_error(const Value& y_true, const Value& y_pred) {
  const auto [labels, predictions] = matched(y_true, y_pred, kOneTargetEach);
  const Value relative = (labels - predictions) / at_least_epsilon(ops::abs(labels));
  return 100 * ops::mean(ops::abs(relative), {.axis = -1});
}

Value losses::mean_squared_logarithmic_error(const Value& y_true, const Value& y_pred) {
  const auto [labels, predictions] = matched(y_true, y_pred, kOneTargetEach);
  const Value error =
      ops::log(at_least_epsilon(predictions) + 1) - ops::log(at_least_epsilon(labels) + 1);
  return ops::mean(error * error, {.axis = -1});
}

Value losses::log_cosh(const Value& y_true, const Value& y_pred) {
  const auto [labels, predictions] = matched(y_true, y_pred, kOneTargetEach);
  const Value error = predictions - labels;
  const Value log_2 = ops::detail::number_like(error, std::log(2.0));
  return ops::mean(error + ops::softplus(error * -2) - log_2, {.axis = -1});
}

}  // namespace antler
