#include "antler/layers/random_color.h"

#include <algorithm>

#include "antler/layers/random_image_layer.h"
#include "antler/ops/extrema.h"
#include "antler/ops/reshape.h"
#include "antler/ops/statistics.h"

namespace antler {
namespace {

using ops::detail::number_like;

class RandomColorLayer : public RandomImageLayer<RandomColorOptions> {
 public:
  RandomColorLayer(std::string_view class_name, const FactorArg& factor, int lowest,
                   const RandomColorOptions& options)
      : RandomImageLayer(class_name, options) {
    with_error_prefix(layer_title(class_name, options.name) + ": ",
                      [&] { bounds_ = factor.bounds("factor", lowest); });
    std::vector<double> range = options.value_range;
    require(range.size() == 2, "expected value_range as {lowest, highest}, got " +
                                   antler::to_config(range).to_string());
    std::sort(range.begin(), range.end());
    lowest_ = range[0];
    highest_ = range[1];
  }

  Config get_config() const override {
    return with_argument(RandomImageLayer::get_config(), "factor", antler::to_config(bounds_));
  }

 protected:
  FactorArg::Bounds bounds() const { return bounds_; }
  double range() const { return highest_ - lowest_; }

  // One for all pixels of an image.
  Value for_images(const Value& images, FactorArg::Bounds of, CallContext& context) const {
    return ops::reshape(draw(images, of, context), {images.shape()[0], 1, 1, 1});
  }
  Value clipped(const Value& images) const {
    return ops::clip(images, number_like(images, lowest_), number_like(images, highest_));
  }

 private:
  FactorArg::Bounds bounds_{};
  double lowest_ = 0, highest_ = 0;
};

class RandomContrastLayer final : public RandomColorLayer {
 public:
  RandomContrastLayer(const FactorArg& factor, const RandomColorOptions& options)
      : RandomColorLayer("RandomContrast", factor, 0, options) {}

 private:
  Value changed(const Value& images, CallContext& context) const override {
    const auto [height, width] = image_axes(images.shape(), data_format());
    const Value mean = ops::mean(images, {.axis = {height, width}, .keepdims = true});
    const Value factor = for_images(images, {1 - bounds().lower, 1 + bounds().upper}, context);
    return clipped((images - mean) * factor + mean);
  }
};

class RandomBrightnessLayer final : public RandomColorLayer {
 public:
  RandomBrightnessLayer(const FactorArg& factor, const RandomColorOptions& options)
      : RandomColorLayer("RandomBrightness", factor, -1, options) {}

 private:
  Value changed(const Value& images, CallContext& context) const override {
    const Value part = for_images(images, bounds(), context);
    return clipped(images + part * number_like(part, range()));
  }
};

}  // namespace

RandomContrast::RandomContrast(const FactorArg& factor, const RandomColorOptions& options)
    : Layer(std::make_shared<RandomContrastLayer>(factor, options)) {}

Layer RandomContrast::from_config(const Config& config) {
  const auto options = layer_options<RandomColorOptions>("RandomContrast", config, {"factor"});
  return RandomContrast(required_argument<FactorArg>("RandomContrast", config, "factor"), options);
}

RandomBrightness::RandomBrightness(const FactorArg& factor, const RandomColorOptions& options)
    : Layer(std::make_shared<RandomBrightnessLayer>(factor, options)) {}

Layer RandomBrightness::from_config(const Config& config) {
  const auto options = layer_options<RandomColorOptions>("RandomBrightness", config, {"factor"});
  return RandomBrightness(required_argument<FactorArg>("RandomBrightness", config, "factor"),
                          options);
}

}  // namespace antler
