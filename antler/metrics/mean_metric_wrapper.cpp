#include "antler/metrics/mean_metric_wrapper.h"

#include <tuple>

#include "antler/core/error.h"
#include "antler/core/serialized.h"
#include "antler/losses/catalog.h"
#include "antler/losses/config_dtype.h"
#include "antler/losses/weighting.h"
#include "antler/metrics/mean_metric.h"
#include "antler/ops/operands.h"

namespace antler::metrics {
namespace {

constexpr LossContext kKerasNumbers = {.stable_rewrites = false};

bool is_users(const Loss& loss) { return loss.base().class_name() == "function"; }

// `function` is the name of a loss function, or "" for a user's function and for a Loss.
class WrapperMetric final : public SampleMean {
 public:
  WrapperMetric(std::string function, Loss loss, const std::string& name)
      : SampleMean(name), function_(std::move(function)), loss_(std::move(loss)) {}
  std::string_view class_name() const override { return "MeanMetricWrapper"; }
  std::string_view direction() const override { return is_users(loss_) ? "" : "down"; }

  // Arguments of a loss function are written only where they are not its defaults.
  Config get_config() const override {
    if (is_users(loss_)) return SampleMean::get_config();
    if (function_.empty()) return Config::map({{"name", name()}, {"fn", to_config(loss_)}});
    Config fn = Config::map({{"module", "builtins"},
                             {"class_name", "function"},
                             {"config", function_},
                             {"registered_name", "function"}});
    Config config = Config::map({{"name", name()}, {"fn", std::move(fn)}});
    const Config usual = losses::get(function_).base().get_config();
    const Config own = loss_.base().get_config();
    for (const auto& [key, value] : own.as_map()) {
      if (key != "name" && key != "reduction" && value != usual.at(key)) config.set(key, value);
    }
    return config;
  }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    if (is_users(loss_)) return loss_.base().call(y_true, y_pred, kKerasNumbers);
    if (function_.empty()) return loss_(y_true, y_pred, Value(), kKerasNumbers);
    const auto [labels, predictions] = ranked(y_true, y_pred);
    return loss_.base().call(labels, predictions, {.stable_rewrites = false, .owner = title()});
  }
  Value mask(const Value& y_true, const Value& y_pred) const override {
    if (function_.empty()) return Value();
    const auto [labels, predictions] = ranked(y_true, y_pred);
    return loss_.base().mask(labels, predictions);
  }
  static std::pair<Value, Value> ranked(const Value& y_true, const Value& y_pred) {
    return losses::squeeze_or_expand_to_same_rank(y_true, ops::detail::as_floating(y_pred));
  }

  std::string function_;
  Loss loss_;
};

}  // namespace

MeanMetricWrapper::MeanMetricWrapper(const LossArg& fn, const MeanMetricWrapperOptions& options) {
  if (!fn.object()) {
    throw ValueError(options.name +
                     " (MeanMetricWrapper): expected fn, a function, a Loss or the name of a loss "
                     "function, got \"" +
                     fn.given_name() + "\"");
  }
  static_cast<Metric&>(*this) =
      make_metric<WrapperMetric>(fn.given_name(), fn.object(), options.name);
}

Metric MeanMetricWrapper::from_config(const Config& config) {
  losses::require_float32("MeanMetricWrapper", config);
  MeanMetricWrapperOptions options;
  Config arguments = Config::map();
  for (const auto& [key, value] : config.as_map()) {
    if (key == "name" && !value.is_null()) options.name = value.as_string();
    if (key != "name" && key != "fn" && key != "dtype") arguments.set(key, value);
  }
  const Config* fn = config.find("fn");
  if (fn == nullptr) throw ValueError("MeanMetricWrapper: \"fn\": expected a value, got none");
  const SerializedObject object = parse_serialized("fn", *fn);
  return with_error_prefix("MeanMetricWrapper: \"fn\": ", [&]() -> Metric {
    if (object.class_name != "function") {
      return MeanMetricWrapper(losses::from_config(object.class_name, object.config), options);
    }
    const std::string function = object.config.as_string();
    return make_metric<WrapperMetric>(function, losses::from_config(function, arguments),
                                      options.name);
  });
}

}  // namespace antler::metrics
