#include "antler/layers/random_geometry.h"

#include "antler/layers/random_image_layer.h"
#include "antler/ops/affine_transform.h"
#include "antler/ops/comparison.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/creation.h"
#include "antler/ops/trigonometric.h"

namespace antler {
namespace {

using ops::detail::number_like;

struct ImageSides {
  std::int64_t height, width;
};

// Where a transformed image takes its pixels from, as ops::affine_transform has it: column
// a0 x + a1 y + a2 of row b0 x + b1 y + b2, a number of each image in (batch, 1).
struct Affine {
  Value a0, a1, a2, b0, b1, b2;
};

template <class Options>
class RandomAffineLayer : public RandomImageLayer<Options> {
 public:
  using RandomImageLayer<Options>::RandomImageLayer;

 protected:
  virtual Affine drawn(const Value& images, ImageSides sides, CallContext& context) const = 0;
  virtual ops::AffineTransformOptions transform_options() const = 0;

  Value changed(const Value& images, CallContext& context) const override {
    const Value last = to_channels_last(images, this->data_format());
    const Affine affine = drawn(last, {last.shape()[1], last.shape()[2]}, context);
    const Value transforms =
        ops::concatenate({affine.a0, affine.a1, affine.a2, affine.b0, affine.b1, affine.b2}, 1);
    return from_channels_last(ops::affine_transform(last, transforms, transform_options()),
                              this->data_format());
  }
};

// A layer with Keras' fill_mode, fill_value and interpolation.
template <class Options>
class RandomMoveLayer : public RandomAffineLayer<Options> {
 public:
  RandomMoveLayer(std::string_view class_name, const Options& options)
      : RandomAffineLayer<Options>(class_name, options) {
    with_error_prefix(layer_title(class_name, options.name) + ": ", [&] {
      transform_.fill_mode = checked_choice("fill_mode", options.fill_mode,
                                            {"reflect", "wrap", "constant", "nearest"});
      transform_.interpolation =
          checked_choice("interpolation", options.interpolation, {"nearest", "bilinear"});
    });
    transform_.fill_value = options.fill_value;
  }

  Config get_config() const override {
    Config config = RandomAffineLayer<Options>::get_config();
    config.set("fill_mode", transform_.fill_mode);
    config.set("interpolation", transform_.interpolation);
    return config;
  }

 protected:
  FactorArg::Bounds bounds(std::string_view argument, const FactorArg& factor,
                           bool excluded = false) const {
    FactorArg::Bounds found{};
    with_error_prefix(layer_title(this->class_name(), this->options().name) + ": ",
                      [&] { found = factor.bounds(argument, -1, excluded); });
    return found;
  }
  ops::AffineTransformOptions transform_options() const override { return transform_; }

 private:
  ops::AffineTransformOptions transform_;
};

// A flip takes column width - 1 - x: whole numbers, so that every pixel is copied as it is.
class RandomFlipLayer final : public RandomAffineLayer<RandomFlipOptions> {
 public:
  explicit RandomFlipLayer(const RandomFlipOptions& options)
      : RandomAffineLayer("RandomFlip", options) {
    with_error_prefix(layer_title("RandomFlip", options.name) + ": ", [&] {
      mode_ = checked_choice("mode", options.mode,
                             {"horizontal", "vertical", "horizontal_and_vertical"});
    });
  }

  Config get_config() const override {
    return with_argument(RandomAffineLayer::get_config(), "mode", mode_);
  }

 private:
  Affine drawn(const Value& images, ImageSides sides, CallContext& context) const override {
    const Value number = draw(images, {0, 1}, context);
    const Value flips = ops::cast(number <= number_like(number, 0.5), dtype());
    const Value zero = ops::zeros_like(flips), one = ops::ones_like(flips);
    const Value turned = one - flips * number_like(flips, 2);
    Affine affine{one, zero, zero, zero, one, zero};
    if (mode_ != "vertical") {
      affine.a0 = turned;
      affine.a2 = flips * number_like(flips, static_cast<double>(sides.width - 1));
    }
    if (mode_ != "horizontal") {
      affine.b1 = turned;
      affine.b2 = flips * number_like(flips, static_cast<double>(sides.height - 1));
    }
    return affine;
  }

  ops::AffineTransformOptions transform_options() const override {
    return {.interpolation = "nearest", .fill_mode = "nearest"};
  }

  std::string mode_;
};

class RandomTranslationLayer final : public RandomMoveLayer<RandomMoveOptions> {
 public:
  RandomTranslationLayer(const FactorArg& height_factor, const FactorArg& width_factor,
                         const RandomMoveOptions& options)
      : RandomMoveLayer("RandomTranslation", options),
        height_factor_(height_factor),
        width_factor_(width_factor),
        height_(bounds("height_factor", height_factor)),
        width_(bounds("width_factor", width_factor)) {}

  Config get_config() const override {
    Config config = RandomMoveLayer::get_config();
    config.set("height_factor", to_config(height_factor_));
    config.set("width_factor", to_config(width_factor_));
    return config;
  }

 private:
  Affine drawn(const Value& images, ImageSides sides, CallContext& context) const override {
    const Value down = draw(images, height_, context);
    const Value right = draw(images, width_, context);
    const Value zero = ops::zeros_like(down), one = ops::ones_like(down);
    return {one,  zero, -(right * number_like(right, static_cast<double>(sides.width))),
            zero, one,  -(down * number_like(down, static_cast<double>(sides.height)))};
  }

  FactorArg height_factor_, width_factor_;
  FactorArg::Bounds height_, width_;
};

class RandomRotationLayer final : public RandomMoveLayer<RandomMoveOptions> {
 public:
  RandomRotationLayer(const FactorArg& factor, const RandomMoveOptions& options)
      : RandomMoveLayer("RandomRotation", options), bounds_(bounds("factor", factor)) {}

  Config get_config() const override {
    return with_argument(RandomMoveLayer::get_config(), "factor", to_config(bounds_));
  }

 private:
  // About the middle: c + R (p - c).
  Affine drawn(const Value& images, ImageSides sides, CallContext& context) const override {
    constexpr double kRadians = 3.14159265358979323846 / 180;
    const Value degrees = draw(images, {bounds_.lower * 360, bounds_.upper * 360}, context);
    const Value angle = degrees * number_like(degrees, kRadians);
    const Value cos = ops::cos(angle), sin = ops::sin(angle);
    const Value x = number_like(cos, static_cast<double>(sides.width - 1) / 2);
    const Value y = number_like(cos, static_cast<double>(sides.height - 1) / 2);
    return {cos, -sin, x - x * cos + y * sin, sin, cos, y - x * sin - y * cos};
  }

  FactorArg::Bounds bounds_;
};

class RandomZoomLayer final : public RandomMoveLayer<RandomZoomOptions> {
 public:
  RandomZoomLayer(const FactorArg& height_factor, const RandomZoomOptions& options)
      : RandomMoveLayer("RandomZoom", options),
        height_factor_(height_factor),
        height_(scales("height_factor", height_factor)) {
    if (options.width_factor.is_given()) width_ = scales("width_factor", options.width_factor);
  }

  Config get_config() const override {
    return with_argument(RandomMoveLayer::get_config(), "height_factor", to_config(height_factor_));
  }

 private:
  FactorArg::Bounds scales(std::string_view argument, const FactorArg& factor) const {
    const FactorArg::Bounds found = bounds(argument, factor, true);
    return {1 + found.lower, 1 + found.upper};
  }

  Affine drawn(const Value& images, ImageSides sides, CallContext& context) const override {
    const Value high = draw(images, height_, context);
    const Value wide = width_ ? draw(images, *width_, context) : high;
    const Value zero = ops::zeros_like(high), one = ops::ones_like(high);
    const Value x = number_like(one, static_cast<double>(sides.width - 1) / 2);
    const Value y = number_like(one, static_cast<double>(sides.height - 1) / 2);
    return {wide, zero, x * (one - wide), zero, high, y * (one - high)};
  }

  FactorArg height_factor_;
  FactorArg::Bounds height_;
  std::optional<FactorArg::Bounds> width_;
};

}  // namespace

RandomFlip::RandomFlip(const RandomFlipOptions& options)
    : Layer(std::make_shared<RandomFlipLayer>(options)) {}

Layer RandomFlip::from_config(const Config& config) {
  return RandomFlip(layer_options<RandomFlipOptions>("RandomFlip", config));
}

RandomTranslation::RandomTranslation(const FactorArg& height_factor, const FactorArg& width_factor,
                                     const RandomMoveOptions& options)
    : Layer(std::make_shared<RandomTranslationLayer>(height_factor, width_factor, options)) {}

Layer RandomTranslation::from_config(const Config& config) {
  const auto options = layer_options<RandomMoveOptions>("RandomTranslation", config,
                                                        {"height_factor", "width_factor"});
  return RandomTranslation(
      required_argument<FactorArg>("RandomTranslation", config, "height_factor"),
      required_argument<FactorArg>("RandomTranslation", config, "width_factor"), options);
}

RandomRotation::RandomRotation(const FactorArg& factor, const RandomMoveOptions& options)
    : Layer(std::make_shared<RandomRotationLayer>(factor, options)) {}

Layer RandomRotation::from_config(const Config& config) {
  const auto options = layer_options<RandomMoveOptions>("RandomRotation", config, {"factor"});
  return RandomRotation(required_argument<FactorArg>("RandomRotation", config, "factor"), options);
}

RandomZoom::RandomZoom(const FactorArg& height_factor, const RandomZoomOptions& options)
    : Layer(std::make_shared<RandomZoomLayer>(height_factor, options)) {}

Layer RandomZoom::from_config(const Config& config) {
  const auto options = layer_options<RandomZoomOptions>("RandomZoom", config, {"height_factor"});
  return RandomZoom(required_argument<FactorArg>("RandomZoom", config, "height_factor"), options);
}

}  // namespace antler
