#pragma once

#include <optional>
#include <string>

#include "antler/layers/layer.h"
#include "antler/layers/sizes_arg.h"

namespace antler {

struct UpSampling1DOptions {
  NamedOnly named_only = NamedOnly();
  int size = 2;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("size", self.size);
  }
};
struct UpSampling2DOptions {
  NamedOnly named_only = NamedOnly();
  SizesArg size = {2, 2};
  std::optional<std::string> data_format = {};
  std::string interpolation = "nearest";
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("size", self.size);
    field("data_format", self.data_format);
    field("interpolation", self.interpolation);
  }
};
struct UpSampling3DOptions {
  NamedOnly named_only = NamedOnly();
  SizesArg size = {2, 2, 2};
  std::optional<std::string> data_format = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("size", self.size);
    field("data_format", self.data_format);
  }
};

// Images and the like made larger by whole factors.
//
// Options  size: the factor of each spatial axis; interpolation (of images): "nearest" repeats
//          each element, "bilinear", "bicubic", "lanczos3" and "lanczos5" weigh the neighbours.
// Shapes   x (batch, n..., channels) -> y (batch, n size..., channels); with "channels_first" the
//          channels stand behind the batch.
// Errors   ValueError for the options; ShapeError for another rank.

/// The same for sequences.  Source  keras.layers.UpSampling1D.
class UpSampling1D : public Layer {
 public:
  UpSampling1D(const UpSampling1DOptions& options = {});
  static Layer from_config(const Config& config);
};

/// The same for images.  Source  keras.layers.UpSampling2D.
class UpSampling2D : public Layer {
 public:
  UpSampling2D(const UpSampling2DOptions& options = {});
  static Layer from_config(const Config& config);
};

/// The same for volumes.  Source  keras.layers.UpSampling3D.
class UpSampling3D : public Layer {
 public:
  UpSampling3D(const UpSampling3DOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
