#include "antler/layers/random_crop.h"

#include <algorithm>

#include "antler/layers/random_image_layer.h"
#include "antler/layers/resize_images.h"
#include "antler/ops/creation.h"
#include "antler/ops/extrema.h"
#include "antler/ops/gather.h"
#include "antler/ops/slice.h"

namespace antler {
namespace {

class RandomCropLayer final : public RandomImageLayer<RandomCropOptions> {
 public:
  RandomCropLayer(std::int64_t height, std::int64_t width, const RandomCropOptions& options)
      : RandomImageLayer("RandomCrop", options), target_{height, width} {
    require_size(height, width);
  }

  Config get_config() const override {
    return with_size(RandomImageLayer::get_config(), target_.height, target_.width);
  }

 protected:
  Value changed(const Value& images, CallContext& context) const override {
    const ImageAxes axes = image_axes(images.shape(), data_format());
    const std::int64_t height = images.shape()[axes.height], width = images.shape()[axes.width];
    if (height > target_.height && width > target_.width) {
      const Value rows = cut(images, axes.height, target_.height, context);
      return cut(rows, axes.width, target_.width, context);
    }
    const ImageSize kept = proportional_part({height, width}, target_);
    const Value rows = cut_from(images, axes.height, (height - kept.height) / 2, target_.height);
    const Value part = cut_from(rows, axes.width, (width - kept.width) / 2, target_.width);
    return resize_images(part, axes, target_, "bilinear");
  }

 private:
  Value cut(const Value& x, int axis, std::int64_t count, CallContext& context) const {
    const std::int64_t last = x.shape()[axis] - count;
    const Value drawn = context.random_uniform({}, options().seed);
    const Value start = ops::minimum(ops::cast(drawn * (last + 1), DType::int32), last);
    return ops::take(x, start + ops::arange(count), axis);
  }

  static Value cut_from(const Value& x, int axis, std::int64_t start, std::int64_t count) {
    return ops::slice_axis(x, axis, start, std::min(start + count, x.shape()[axis]));
  }

  ImageSize target_;
};

}  // namespace

RandomCrop::RandomCrop(std::int64_t height, std::int64_t width, const RandomCropOptions& options)
    : Layer(std::make_shared<RandomCropLayer>(height, width, options)) {}

Layer RandomCrop::from_config(const Config& config) {
  const auto options = layer_options<RandomCropOptions>("RandomCrop", config, {"height", "width"});
  return RandomCrop(required_argument<std::int64_t>("RandomCrop", config, "height"),
                    required_argument<std::int64_t>("RandomCrop", config, "width"), options);
}

}  // namespace antler
