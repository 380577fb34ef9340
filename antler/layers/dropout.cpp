#include "antler/layers/dropout.h"

#include "antler/layers/layer_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/operands.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

using ops::detail::number_like;

class DropoutLayer final : public LayerWithOptions<DropoutOptions> {
 public:
  DropoutLayer(double rate, const DropoutOptions& options)
      : LayerWithOptions(options), rate_(rate) {
    require_argument("Dropout", options, rate >= 0 && rate <= 1,
                     "expected a rate in [0, 1], got " + Config(rate).to_string());
    for (const std::int64_t size : options.noise_shape) {
      require_argument(
          "Dropout", options, size != 0,
          "expected sizes of at least 1 in noise_shape, got " + options.noise_shape.to_string());
    }
  }

  std::string class_name() const override { return "Dropout"; }
  bool supports_masking() const override { return true; }

  Value call(const Value& x, CallContext& context) const override {
    if (!context.training() || rate_ == 0) return x;
    const Value drawn = context.random_uniform(mask_shape(x.shape()), options().seed);
    // At rate 1 nothing is kept, and the scale must not be infinite.
    const double scale = rate_ == 1 ? 0 : 1 / (1 - rate_);
    return ops::where(drawn >= number_like(drawn, rate_), x * number_like(x, scale), 0);
  }

  Config get_config() const override {
    Config config = with_argument(LayerWithOptions::get_config(), "rate", rate_);
    const Shape& noise = options().noise_shape;
    return with_argument(config, "noise_shape", noise.rank() == 0 ? Config() : to_config(noise));
  }

 private:
  Shape mask_shape(const Shape& input) const {
    const Shape& noise = options().noise_shape;
    if (noise.rank() == 0) return input;
    bool fits = noise.rank() == input.rank();
    Shape shape = input;
    for (int axis = 0; fits && axis < input.rank(); ++axis) {
      if (noise[axis] != None) shape.set(axis, noise[axis]);
      fits = shape[axis] == 1 || shape[axis] == input[axis];
    }
    if (!fits) {
      throw ShapeError("expected an input that noise_shape " + noise.to_string() + " fits, got " +
                       input.to_string() + "; its sizes are 1, None or the input's");
    }
    return shape;
  }

  double rate_;
};

}  // namespace

Dropout::Dropout(double rate, const DropoutOptions& options)
    : Layer(std::make_shared<DropoutLayer>(rate, options)) {}

Layer Dropout::from_config(const Config& config) {
  auto options = layer_options<DropoutOptions>("Dropout", config, {"rate", "noise_shape"});
  const Config* noise_shape = config.find("noise_shape");
  if (noise_shape != nullptr && !noise_shape->is_null()) {
    options.noise_shape = required_argument<Shape>("Dropout", config, "noise_shape");
  }
  return Dropout(required_argument<double>("Dropout", config, "rate"), options);
}

}  // namespace antler
