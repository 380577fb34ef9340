#include "antler/layers/resizing.h"

#include "antler/layers/image_layer.h"
#include "antler/layers/resize_images.h"
#include "antler/ops/cast.h"
#include "antler/ops/rounding.h"
#include "antler/ops/slice.h"

namespace antler {
namespace {

class ResizingLayer final : public ImageLayer<ResizingOptions> {
 public:
  ResizingLayer(std::int64_t height, std::int64_t width, const ResizingOptions& options)
      : ImageLayer("Resizing", options), target_{height, width} {
    require_size(height, width);
    with_error_prefix(layer_title("Resizing", options.name) + ": ", [&] {
      interpolation_ = checked_choice("interpolation", options.interpolation,
                                      {"nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"});
      checked_choice("fill_mode", options.fill_mode, {"constant"});
    });
    require(!options.crop_to_aspect_ratio || !options.pad_to_aspect_ratio,
            "expected crop_to_aspect_ratio or pad_to_aspect_ratio, got both");
  }

  Value call(const Value& x, CallContext&) const override {
    const ImageAxes axes = image_axes(x.shape(), data_format());
    Value y = x;
    if (options().crop_to_aspect_ratio) y = crop_to_aspect_ratio(y, axes, target_);
    if (options().pad_to_aspect_ratio) {
      y = pad_to_aspect_ratio(y, axes, target_, options().fill_value);
    }
    y = resize_images(y, axes, target_, interpolation_, options().antialias);
    return y.dtype() == x.dtype() ? y : ops::cast(ops::round(y), x.dtype());
  }

  Config get_config() const override {
    return with_argument(with_size(ImageLayer::get_config(), target_.height, target_.width),
                         "interpolation", interpolation_);
  }

 private:
  ImageSize target_;
  std::string interpolation_;
};

class CenterCropLayer final : public ImageLayer<CenterCropOptions> {
 public:
  CenterCropLayer(std::int64_t height, std::int64_t width, const CenterCropOptions& options)
      : ImageLayer("CenterCrop", options), target_{height, width} {
    require_size(height, width);
  }

  Config get_config() const override {
    return with_size(ImageLayer::get_config(), target_.height, target_.width);
  }

  Value call(const Value& x, CallContext&) const override {
    const ImageAxes axes = image_axes(x.shape(), data_format());
    const Value images = ops::cast(x, dtype());
    const std::int64_t above = x.shape()[axes.height] - target_.height;
    const std::int64_t beside = x.shape()[axes.width] - target_.width;
    if (above < 0 || beside < 0) {
      return resize_images(crop_to_aspect_ratio(images, axes, target_), axes, target_, "bilinear");
    }
    const Value rows = ops::slice_axis(images, axes.height, above / 2, above / 2 + target_.height);
    return ops::slice_axis(rows, axes.width, beside / 2, beside / 2 + target_.width);
  }

 private:
  ImageSize target_;
};

}  // namespace

Resizing::Resizing(std::int64_t height, std::int64_t width, const ResizingOptions& options)
    : Layer(std::make_shared<ResizingLayer>(height, width, options)) {}

Layer Resizing::from_config(const Config& config) {
  const auto options = layer_options<ResizingOptions>("Resizing", config, {"height", "width"});
  return Resizing(required_argument<std::int64_t>("Resizing", config, "height"),
                  required_argument<std::int64_t>("Resizing", config, "width"), options);
}

CenterCrop::CenterCrop(std::int64_t height, std::int64_t width, const CenterCropOptions& options)
    : Layer(std::make_shared<CenterCropLayer>(height, width, options)) {}

Layer CenterCrop::from_config(const Config& config) {
  const auto options = layer_options<CenterCropOptions>("CenterCrop", config, {"height", "width"});
  return CenterCrop(required_argument<std::int64_t>("CenterCrop", config, "height"),
                    required_argument<std::int64_t>("CenterCrop", config, "width"), options);
}

}  // namespace antler
