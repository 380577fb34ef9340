#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct RandomCropOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::int64_t> seed = {};
  std::optional<std::string> data_format = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("seed", self.seed);
    field("data_format", self.data_format);
  }
};

/// Images cut to height x width at a place drawn for the whole batch, in fit and in eager calls.
/// Those that are not larger in both directions are cut at the middle, and made larger where too
/// small. In evaluate and predict y = x, with its own size, as in Keras: let CenterCrop follow
/// where the size matters.
///
/// Options  seed: the layer's own, with which every eager call draws the same, else the model's.
/// Shapes   x (batch, h, w, channels) or (h, w, channels) -> y with height and width in place of h
///          and w; with "channels_first" the channels stand before them.
/// Types    x any; y in the layer's dtype.
/// Errors   ValueError for a size below 1; ShapeError for another rank.
/// Source   keras.layers.RandomCrop.
class RandomCrop : public Layer {
 public:
  RandomCrop(std::int64_t height, std::int64_t width, const RandomCropOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
