#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct ResizingOptions {
  NamedOnly named_only = NamedOnly();
  std::string interpolation = "bilinear";
  bool crop_to_aspect_ratio = false;
  bool pad_to_aspect_ratio = false;
  std::string fill_mode = "constant";
  double fill_value = 0.0;
  bool antialias = false;
  std::optional<std::string> data_format = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("interpolation", self.interpolation);
    field("crop_to_aspect_ratio", self.crop_to_aspect_ratio);
    field("pad_to_aspect_ratio", self.pad_to_aspect_ratio);
    field("fill_mode", self.fill_mode);
    field("fill_value", self.fill_value);
    field("antialias", self.antialias);
    field("data_format", self.data_format);
  }
};

struct CenterCropOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::string> data_format = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("data_format", self.data_format);
  }
};

// Images brought to one size; one image, without a batch axis, too.
//
// Shapes  x (batch, h, w, channels) -> y (batch, height, width, channels); with "channels_first"
//         the channels stand behind the batch. h and w may be None in a model.
// Errors  ValueError for the options; ShapeError for another rank.

/// Images stretched to height x width.
///
/// Options  interpolation: "nearest", "bilinear", "bicubic", "lanczos3", "lanczos5".
///          crop_to_aspect_ratio cuts off before, pad_to_aspect_ratio adds borders of fill_value,
///          so that nothing is distorted. antialias: smooth before a picture is made smaller.
/// Types    y as x: integers are computed in float32, and rounded.
/// Source   keras.layers.Resizing.
class Resizing : public Layer {
 public:
  Resizing(std::int64_t height, std::int64_t width, const ResizingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// The middle of images, height x width; of those that are smaller the largest part of that
/// proportion, made larger.
///
/// Types   x any; y in the layer's dtype.
/// Source  keras.layers.CenterCrop.
class CenterCrop : public Layer {
 public:
  CenterCrop(std::int64_t height, std::int64_t width, const CenterCropOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
