#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/layers/factor_arg.h"
#include "antler/layers/layer.h"

namespace antler {

/// Of RandomContrast and RandomBrightness.
struct RandomColorOptions {
  NamedOnly named_only = NamedOnly();
  std::vector<double> value_range = {0, 255};
  std::optional<std::int64_t> seed = {};
  std::optional<std::string> data_format = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("value_range", self.value_range);
    field("seed", self.seed);
    field("data_format", self.data_format);
  }
};

// Images of other colors, by a draw for each, in fit and in eager calls; in evaluate and predict
// they stay as they are. One image, without a batch axis, too.
//
// Options  value_range: {lowest, highest} of the values that go in; what comes out is kept in it.
//          seed: the layer's own, with which every eager call draws the same, else the model's.
// Shapes   x (batch, height, width, channels) -> y, same shape.
// Types    x any; y in the layer's dtype.
// Errors   ValueError for the options; ShapeError for another rank.
// The numbers drawn are not Keras', which adds brightness to bytes without regard to overflow.

/// y = (x - mean) f + mean, with the mean of the image's channel and f in [1, 1 + factor), or in
/// [1 - lower, 1 + upper) for {lower, upper}, both in [0, 1].
/// Source  keras.layers.RandomContrast.
class RandomContrast : public Layer {
 public:
  RandomContrast(const FactorArg& factor, const RandomColorOptions& options = {});
  static Layer from_config(const Config& config);
};

/// y = x + f, with f the part drawn of the value_range: in [-factor, factor), or {lower, upper},
/// in [-1, 1].
/// Source  keras.layers.RandomBrightness.
class RandomBrightness : public Layer {
 public:
  RandomBrightness(const FactorArg& factor, const RandomColorOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
