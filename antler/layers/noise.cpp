#include "antler/layers/noise.h"

#include <cmath>

#include "antler/layers/layer_with_options.h"
#include "antler/layers/noise_shape.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/operands.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

using ops::detail::number_like;

// A layer with one number in [0, 1], which Keras calls `key`.
template <class Options>
class NoiseLayer : public LayerWithOptions<Options> {
 public:
  NoiseLayer(std::string_view class_name, std::string_view key, double amount,
             const Options& options)
      : LayerWithOptions<Options>(options), class_name_(class_name), key_(key), amount_(amount) {
    require_argument(class_name, options, amount >= 0 && amount <= 1,
                     "expected a " + key_ + " in [0, 1], got " + Config(amount).to_string());
  }

  std::string class_name() const override { return class_name_; }
  bool supports_masking() const override { return true; }

  Value call(const Value& x, CallContext& context) const override {
    if (!context.training() || amount_ == 0) return x;
    return noisy(ops::detail::as_floating(x), context);
  }

  Config get_config() const override {
    return with_argument(LayerWithOptions<Options>::get_config(), key_, amount_);
  }

 protected:
  virtual Value noisy(const Value& x, CallContext& context) const = 0;
  double amount() const { return amount_; }

 private:
  std::string class_name_, key_;
  double amount_;
};

class GaussianNoiseLayer final : public NoiseLayer<NoiseOptions> {
 public:
  GaussianNoiseLayer(double stddev, const NoiseOptions& options)
      : NoiseLayer("GaussianNoise", "stddev", stddev, options) {}
  Value noisy(const Value& x, CallContext& context) const override {
    const Value drawn = ops::cast(context.random_normal(x.shape(), options().seed), x.dtype());
    return x + drawn * number_like(x, amount());
  }
};

class GaussianDropoutLayer final : public NoiseLayer<NoiseOptions> {
 public:
  GaussianDropoutLayer(double rate, const NoiseOptions& options)
      : NoiseLayer("GaussianDropout", "rate", rate, options) {}
  Value noisy(const Value& x, CallContext& context) const override {
    if (amount() == 1) throw ValueError("expected a rate below 1 in training, got 1");
    const double stddev = std::sqrt(amount() / (1 - amount()));
    const Value drawn = ops::cast(context.random_normal(x.shape(), options().seed), x.dtype());
    return x * (drawn * number_like(x, stddev) + number_like(x, 1));
  }
};

class AlphaDropoutLayer final : public NoiseLayer<AlphaDropoutOptions> {
 public:
  AlphaDropoutLayer(double rate, const AlphaDropoutOptions& options)
      : NoiseLayer("AlphaDropout", "rate", rate, options) {
    check_noise_shape(layer_title("AlphaDropout", options.name), options.noise_shape);
  }

  // At rate 1 the scale is infinite in Keras, and the output NaN; here it is the limit, a constant.
  Value noisy(const Value& x, CallContext& context) const override {
    constexpr double kLimit = -1.6732632423543772 * 1.0507009873554805;
    const double rate = amount();
    const double scale = 1 / std::sqrt((1 - rate) * (1 + rate * kLimit * kLimit));
    if (rate == 1) return x * number_like(x, 0);
    const Shape shape = concrete_noise_shape(options().noise_shape, x.shape());
    const Value drawn = context.random_uniform(shape, options().seed);
    const Value kept = ops::where(drawn >= number_like(drawn, rate), x, number_like(x, kLimit));
    return kept * number_like(x, scale) + number_like(x, -scale * kLimit * rate);
  }

  Config get_config() const override {
    const Shape& noise = options().noise_shape;
    return with_argument(NoiseLayer::get_config(), "noise_shape",
                         noise.rank() == 0 ? Config() : to_config(noise));
  }
};

}  // namespace

GaussianNoise::GaussianNoise(double stddev, const NoiseOptions& options)
    : Layer(std::make_shared<GaussianNoiseLayer>(stddev, options)) {}

GaussianDropout::GaussianDropout(double rate, const NoiseOptions& options)
    : Layer(std::make_shared<GaussianDropoutLayer>(rate, options)) {}

AlphaDropout::AlphaDropout(double rate, const AlphaDropoutOptions& options)
    : Layer(std::make_shared<AlphaDropoutLayer>(rate, options)) {}

Layer GaussianNoise::from_config(const Config& config) {
  const auto options = layer_options<NoiseOptions>("GaussianNoise", config, {"stddev"});
  return GaussianNoise(required_argument<double>("GaussianNoise", config, "stddev"), options);
}

Layer GaussianDropout::from_config(const Config& config) {
  const auto options = layer_options<NoiseOptions>("GaussianDropout", config, {"rate"});
  return GaussianDropout(required_argument<double>("GaussianDropout", config, "rate"), options);
}

Layer AlphaDropout::from_config(const Config& config) {
  auto options =
      layer_options<AlphaDropoutOptions>("AlphaDropout", config, {"rate", "noise_shape"});
  options.noise_shape = noise_shape_in("AlphaDropout", config);
  return AlphaDropout(required_argument<double>("AlphaDropout", config, "rate"), options);
}

}  // namespace antler
