#include "antler/layers/activity_regularization.h"

#include "antler/core/options.h"
#include "antler/layers/layer_with_options.h"
#include "antler/regularizers/l1_l2.h"

namespace antler {
namespace {

class ActivityRegularizationLayer final : public LayerBase {
 public:
  explicit ActivityRegularizationLayer(const ActivityRegularizationOptions& options)
      : LayerBase({options.name, options.dtype, options.trainable,
                   with_error_prefix(
                       layer_title("ActivityRegularization", options.name) + ": ",
                       [&] { return regularizers::L1L2({.l1 = options.l1, .l2 = options.l2}); })}),
        l1_(options.l1),
        l2_(options.l2) {}

  std::string class_name() const override { return "ActivityRegularization"; }
  bool supports_masking() const override { return true; }
  Value call(const Value& x, CallContext&) const override { return x; }

  Config get_config() const override {
    return Config::map({{"name", name()},
                        {"trainable", trainable()},
                        {"dtype", antler::name(dtype())},
                        {"l1", l1_},
                        {"l2", l2_}});
  }

 private:
  double l1_, l2_;
};

}  // namespace

ActivityRegularization::ActivityRegularization(const ActivityRegularizationOptions& options)
    : Layer(std::make_shared<ActivityRegularizationLayer>(options)) {}

Layer ActivityRegularization::from_config(const Config& config) {
  return ActivityRegularization(
      layer_options<ActivityRegularizationOptions>("ActivityRegularization", config));
}

}  // namespace antler
