#pragma once

#include <optional>
#include <string_view>

#include "antler/layers/factor_arg.h"
#include "antler/layers/image_layer.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/operands.h"

namespace antler {

/// What the layers that change images at random share. As in Keras they do so unless the call says
/// that it does not train: fit and eager calls change images, evaluate and predict do not.
template <class Options>
class RandomImageLayer : public ImageLayer<Options> {
 public:
  using ImageLayer<Options>::ImageLayer;

  Value call(const Value& x, CallContext& context) const override {
    image_axes(x.shape(), this->data_format());
    const Value images = ops::cast(x, this->dtype());
    if (!context.training(true)) return images;
    return as_image_like(changed(as_image_batch(images), context), x.shape());
  }

 protected:
  /// Of a batch of images in the layer's type and data format.
  virtual Value changed(const Value& images, CallContext& context) const = 0;

  /// A number for each image, (batch, 1), uniform in [lower, upper) and of the layer's type.
  Value draw(const Value& images, FactorArg::Bounds bounds, CallContext& context) const {
    const Value drawn = ops::cast(
        context.random_uniform({images.shape()[0], 1}, this->options().seed), this->dtype());
    return drawn * ops::detail::number_like(drawn, bounds.upper - bounds.lower) +
           ops::detail::number_like(drawn, bounds.lower);
  }
};

}  // namespace antler
