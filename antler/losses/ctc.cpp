#include "antler/losses/ctc.h"

#include "antler/core/error.h"
#include "antler/losses/labels.h"
#include "antler/losses/loss_with_options.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/creation.h"
#include "antler/ops/ctc_loss.h"
#include "antler/ops/slice.h"
#include "antler/ops/sum.h"

namespace antler {

CTC::CTC(const CTCOptions& options) : Loss(losses::make_built_in("CTC", options, losses::ctc)) {}

Value losses::ctc(const Value& y_true, const Value& y_pred, const LossContext& context) {
  if (y_true.rank() != 2 || y_pred.rank() != 3) {
    throw ShapeError("expected y_true (batch, labels) and y_pred (batch, time, classes), got " +
                     y_true.shape().to_string() + " and " + y_pred.shape().to_string());
  }
  const Value labels =
      checked_classes(ops::cast(y_true, DType::int32), y_pred, context.owner, "ctc");
  const Value lengths = ops::sum(ops::cast(ops::not_equal(labels, 0), DType::int32), {.axis = 1});
  const Value steps = ops::full_like(lengths, static_cast<double>(y_pred.shape()[1]));
  return ops::ctc_loss(labels, y_pred, lengths, steps);
}

}  // namespace antler
