#include "antler/losses/loss.h"

#include "antler/core/callable.h"
#include "antler/core/error.h"
#include "antler/core/serialized.h"
#include "antler/losses/weighting.h"
#include "antler/ops/logical.h"
#include "antler/ops/operands.h"

namespace antler {
namespace {

class FunctionLoss final : public LossBase {
 public:
  using Function = Callable<Value(const Value&, const Value&)>;

  FunctionLoss(Function function, std::string name, Reduction reduction)
      : function_(std::move(function)), name_(std::move(name)), reduction_(reduction) {}

  std::string_view class_name() const override { return "function"; }
  const std::string& name() const override { return name_; }
  Reduction reduction() const override { return reduction_; }
  Config get_config() const override {
    throw StateError(name_ +
                     " (function): a user's loss function cannot be saved; save the model "
                     "without its compile state, or use a built-in loss");
  }
  Value call(const Value& y_true, const Value& y_pred, const LossContext&) const override {
    return function_(y_true, y_pred);
  }

 private:
  Function function_;
  std::string name_;
  Reduction reduction_;
};

}  // namespace

Value LossBase::mask(const Value&, const Value&) const { return Value(); }

Value Loss::operator()(const Value& y_true, const Value& y_pred, const Value& sample_weight,
                       const LossContext& context, const Value& mask) const {
  if (!base_) throw StateError("loss: expected a loss, got an empty one");
  const std::string what = name() + " (" + std::string(base_->class_name()) + ")";
  return with_error_prefix(what + ": ", [&] {
    const auto [labels, predictions] =
        losses::squeeze_or_expand_to_same_rank(y_true, ops::detail::as_floating(y_pred));
    const Value values = base_->call(labels, predictions,
                                     {.stable_rewrites = context.stable_rewrites, .owner = what});
    Value valid = base_->mask(labels, predictions);
    if (mask) valid = valid ? ops::logical_and(mask, valid) : mask;
    return losses::reduce_weighted(values, sample_weight, valid, base_->reduction());
  });
}

Loss make_loss(Callable<Value(const Value&, const Value&)> function, std::string name,
               ReductionArg reduction) {
  return Loss(
      std::make_shared<FunctionLoss>(std::move(function), std::move(name), reduction.get()));
}

Config to_config(const Loss& loss) {
  return serialized("keras.losses", loss.base().class_name(), loss.base().get_config());
}

}  // namespace antler
