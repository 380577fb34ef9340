#include "antler/layers/random_color.h"

#include <algorithm>

#include "antler/layers/random_image_layer.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/extrema.h"
#include "antler/ops/reshape.h"
#include "antler/ops/statistics.h"
#include "antler/ops/transpose.h"

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

  Value clipped(const Value& images) const {
    return ops::clip(images, number_like(images, lowest_), number_like(images, highest_));
  }

 private:
  FactorArg::Bounds bounds_{};
  double lowest_ = 0, highest_ = 0;
};

// Both are computed on matrices with one number a row, for which there are kernels: an image is a
// row, or each of its channels.
class RandomContrastLayer final : public RandomColorLayer {
 public:
  RandomContrastLayer(const FactorArg& factor, const RandomColorOptions& options)
      : RandomColorLayer("RandomContrast", factor, 0, options) {}

 private:
  Value changed(const Value& images, CallContext& context) const override {
    const ImageAxes axes = image_axes(images.shape(), data_format());
    const bool is_last = data_format() == "channels_last";
    const std::int64_t batch = images.shape()[0], channels = images.shape()[is_last ? 3 : 1];
    const std::int64_t pixels = images.shape()[axes.height] * images.shape()[axes.width];
    const Value drawn = draw(images, {1 - bounds().lower, 1 + bounds().upper}, context);
    const Value factor =
        ops::reshape(ops::broadcast_to(drawn, {batch, channels}), {batch * channels, 1});
    const Value planes =
        is_last ? ops::moveaxis(ops::reshape(images, {batch, pixels, channels}), 2, 1) : images;
    const Value rows = ops::reshape(planes, {batch * channels, pixels});
    const Value mean = ops::mean(rows, {.axis = 1, .keepdims = true});
    const Value changed = clipped((rows - mean) * factor + mean);
    const Value back = ops::reshape(changed, {batch, channels, pixels});
    return ops::reshape(is_last ? ops::moveaxis(back, 1, 2) : back, images.shape());
  }
};

class RandomBrightnessLayer final : public RandomColorLayer {
 public:
  RandomBrightnessLayer(const FactorArg& factor, const RandomColorOptions& options)
      : RandomColorLayer("RandomBrightness", factor, -1, options) {}

 private:
  Value changed(const Value& images, CallContext& context) const override {
    const Value part = draw(images, bounds(), context);
    const Shape& shape = images.shape();
    const Value rows = ops::reshape(images, {shape[0], shape.size(1, 4)});
    return ops::reshape(clipped(rows + part * number_like(part, range())), shape);
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
