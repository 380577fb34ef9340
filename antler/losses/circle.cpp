#include "antler/losses/circle.h"

#include <cmath>

#include "antler/core/error.h"
#include "antler/losses/loss_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/creation.h"
#include "antler/ops/cumsum.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/extrema.h"
#include "antler/ops/logical.h"
#include "antler/ops/matmul.h"
#include "antler/ops/operands.h"
#include "antler/ops/softplus.h"
#include "antler/ops/statistics.h"
#include "antler/ops/transpose.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

class CircleLoss final : public losses::LossWithOptions<CircleOptions> {
 public:
  using LossWithOptions::LossWithOptions;
  std::string_view class_name() const override { return "Circle"; }
  Value call(const Value& y_true, const Value& y_pred, const LossContext&) const override {
    return losses::circle(y_true, y_pred, options());
  }
  // Made anew: the compiler merges equal nodes.
  Value mask(const Value& y_true, const Value& y_pred) const override {
    return losses::circle(y_true, y_pred, options()) > 0;
  }
};

// Whether rows i and j of a column hold the same, for all i and j.
Value equal_pairs(const Value& column) { return ops::equal(column, ops::transpose(column)); }

// log sum e^x over the chosen elements of each row; -inf, with gradient 0, of none.
Value log_sum_exp_of(const Value& chosen, const Value& x) {
  return ops::logsumexp(ops::where(chosen, x, -INFINITY), {.axis = 1});
}

Value label_column(const Value& y_true, const Value& y_pred) {
  const Value labels = y_true.rank() == 1 ? ops::expand_dims(y_true, -1) : y_true;
  const std::int64_t batch = y_pred.rank() == 2 ? y_pred.shape()[0] : None;
  if (y_pred.rank() != 2 || !labels.shape().is_compatible({batch, 1})) {
    throw ShapeError("expected y_true (batch,) beside y_pred (batch, n), got " +
                     y_true.shape().to_string() + " beside " + y_pred.shape().to_string() +
                     "; a class number goes with each embedding");
  }
  return labels.dtype() == DType::int64 ? labels : ops::cast(labels, DType::int32);
}

}  // namespace

Circle::Circle(const CircleOptions& options) : Loss(std::make_shared<CircleLoss>(options)) {}

Value losses::circle(const Value& y_true, const Value& y_pred, const CircleOptions& options) {
  using ops::detail::number_like;
  const Value embeddings = ops::detail::as_floating(y_pred);
  const Value labels = label_column(y_true, embeddings);
  const Value distance = ops::maximum(1 - ops::matmul(embeddings, ops::transpose(embeddings)), 0);
  const Value alike = equal_pairs(labels);
  Value counted = alike;
  if (options.remove_diagonal) {
    const Value row = ops::cumsum(ops::ones_like(labels, DType::int32), 0);
    counted = ops::logical_and(alike, ops::logical_not(equal_pairs(row)));
  }
  const auto number = [&](double x) { return number_like(distance, x); };
  const double m = options.margin;
  const Value pull = ops::maximum(distance + number(m), 0) * (distance - number(m));
  const Value push = ops::maximum(number(1 + m) - distance, 0) * (number(1 - m) - distance);
  const Value gamma = number(options.gamma);
  return ops::softplus(log_sum_exp_of(counted, gamma * pull) +
                       log_sum_exp_of(ops::logical_not(alike), gamma * push));
}

}  // namespace antler
