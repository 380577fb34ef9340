#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/factor_arg.h"
#include "antler/layers/layer.h"

namespace antler {

struct RandomFlipOptions {
  NamedOnly named_only = NamedOnly();
  std::string mode = "horizontal_and_vertical";
  std::optional<std::int64_t> seed = {};
  std::optional<std::string> data_format = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("mode", self.mode);
    field("seed", self.seed);
    field("data_format", self.data_format);
  }
};

/// Of RandomTranslation and RandomRotation.
struct RandomMoveOptions {
  NamedOnly named_only = NamedOnly();
  std::string fill_mode = "reflect";
  std::string interpolation = "bilinear";
  std::optional<std::int64_t> seed = {};
  double fill_value = 0.0;
  std::optional<std::string> data_format = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("fill_mode", self.fill_mode);
    field("interpolation", self.interpolation);
    field("seed", self.seed);
    field("fill_value", self.fill_value);
    field("data_format", self.data_format);
  }
};

struct RandomZoomOptions {
  NamedOnly named_only = NamedOnly();
  FactorArg width_factor = std::nullopt;
  std::string fill_mode = "reflect";
  std::string interpolation = "bilinear";
  std::optional<std::int64_t> seed = {};
  double fill_value = 0.0;
  std::optional<std::string> data_format = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("width_factor", self.width_factor);
    field("fill_mode", self.fill_mode);
    field("interpolation", self.interpolation);
    field("seed", self.seed);
    field("fill_value", self.fill_value);
    field("data_format", self.data_format);
  }
};

// Images turned over, moved, turned and scaled, each by a draw of its own, in fit and in eager
// calls; in evaluate and predict they stay as they are. One image, without a batch axis, too.
//
// Options  factors: a number f for draws in [-f, f), or {lower, upper}. fill_mode: what comes in
//          from outside: "reflect" (d c b a | a b c d | d c b a), "constant" (fill_value), "wrap"
//          (a b c d | a b c d | a b c d), "nearest". interpolation: "bilinear" or "nearest". seed:
//          the layer's own, with which every eager call draws the same, else the model's.
// Shapes   x (batch, height, width, channels) -> y, same shape; with "channels_first" the channels
//          stand behind the batch.
// Types    x any; y in the layer's dtype, floating.
// Errors   ValueError for the options; ShapeError for another rank.
// The numbers drawn are not Keras'. Bounding boxes, labels and masks beside images are not taken.

/// Half of the images turned over: `mode` "horizontal" (left and right), "vertical" (up and down),
/// or "horizontal_and_vertical", both at once.
/// Source  keras.layers.RandomFlip.
class RandomFlip : public Layer {
 public:
  RandomFlip(const RandomFlipOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Moved down and to the right by fractions, in [-1, 1], of the height and width.
/// Source  keras.layers.RandomTranslation.
class RandomTranslation : public Layer {
 public:
  RandomTranslation(const FactorArg& height_factor, const FactorArg& width_factor,
                    const RandomMoveOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Turned about the middle, against the clock, by a fraction, in [-1, 1], of a full turn.
/// Source  keras.layers.RandomRotation.
class RandomRotation : public Layer {
 public:
  RandomRotation(const FactorArg& factor, const RandomMoveOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Scaled about the middle: 0.2 shows a fifth more (zooming out), -0.2 a fifth less, each in
/// (-1, 1]. Without width_factor the proportion stays.
/// Source  keras.layers.RandomZoom.
class RandomZoom : public Layer {
 public:
  RandomZoom(const FactorArg& height_factor, const RandomZoomOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
