#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "antler/core/options.h"
#include "antler/losses/loss.h"

namespace antler::losses {

/// What the built-in losses share: options with `name` and `reduction`, and the config from them.
template <class Options>
class LossWithOptions : public LossBase {
 public:
  explicit LossWithOptions(Options options) : options_(std::move(options)) {}

  const std::string& name() const final { return options_.name; }
  Reduction reduction() const final { return options_.reduction.get(); }
  Config get_config() const final { return options_to_config(options_); }

 protected:
  const Options& options() const { return options_; }

 private:
  Options options_;
};

/// A loss that is all in one function: its per-sample losses are call(y_true, y_pred), or
/// call(y_true, y_pred, context).
template <class Options, class Call>
class FunctionOfBoth final : public LossWithOptions<Options> {
 public:
  FunctionOfBoth(std::string_view class_name, const Options& options, Call call)
      : LossWithOptions<Options>(options), class_name_(class_name), call_(std::move(call)) {}

  std::string_view class_name() const override { return class_name_; }
  Value call(const Value& y_true, const Value& y_pred, const LossContext& context) const override {
    if constexpr (std::is_invocable_v<const Call&, const Value&, const Value&,
                                      const LossContext&>) {
      return call_(y_true, y_pred, context);
    } else {
      return call_(y_true, y_pred);
    }
  }

 private:
  std::string_view class_name_;
  Call call_;
};

/// `class_name` must outlive the loss: a literal.
template <class Options, class Call>
std::shared_ptr<const LossBase> make_built_in(std::string_view class_name, const Options& options,
                                              Call call) {
  return std::make_shared<FunctionOfBoth<Options, Call>>(class_name, options, std::move(call));
}

}  // namespace antler::losses
