#include "antler/layers/rescaling.h"

#include "antler/layers/layer_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"

namespace antler {
namespace {

class RescalingLayer final : public LayerWithOptions<RescalingOptions> {
 public:
  RescalingLayer(const ArrayArg& scale, const RescalingOptions& options)
      : LayerWithOptions(options), scale_(scale) {
    require_argument("Rescaling", options, scale && options.offset,
                     "expected numbers for scale and offset, got none");
  }

  std::string class_name() const override { return "Rescaling"; }
  bool supports_masking() const override { return true; }

  void build(const Shape& input) override { check_input(input); }

  Value call(const Value& x, CallContext&) const override {
    check_input(x.shape());
    const Value scaled = ops::cast(x, dtype()) * constant(scale_);
    const ArrayArg& offset = options().offset;
    const bool is_zero = offset.is_number() && offset.values().item<double>() == 0;
    return is_zero ? scaled : scaled + constant(offset);
  }

  Config get_config() const override {
    return with_argument(LayerWithOptions::get_config(), "scale", to_config(scale_));
  }

 private:
  void check_input(const Shape& input) const {
    check_fits("scale", scale_, input);
    check_fits("offset", options().offset, input);
  }

  static void check_fits(const std::string& option, const ArrayArg& array, const Shape& input) {
    const Shape& shape = array.shape();
    bool fits = shape.rank() <= input.rank();
    for (int axis = 1; fits && axis <= shape.rank(); ++axis) {
      fits = shape[-axis] == 1 || input[-axis] == None || shape[-axis] == input[-axis];
    }
    if (!fits) {
      throw ShapeError("expected an input that " + option + " of shape " + shape.to_string() +
                       " fits, got " + input.to_string());
    }
  }

  Value constant(const ArrayArg& array) const { return array.values().astype(dtype()); }

  ArrayArg scale_;
};

}  // namespace

Rescaling::Rescaling(const ArrayArg& scale, const RescalingOptions& options)
    : Layer(std::make_shared<RescalingLayer>(scale, options)) {}

Layer Rescaling::from_config(const Config& config) {
  const auto options = layer_options<RescalingOptions>("Rescaling", config, {"scale"});
  return Rescaling(required_argument<ArrayArg>("Rescaling", config, "scale"), options);
}

}  // namespace antler
