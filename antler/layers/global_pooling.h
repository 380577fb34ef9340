#pragma once

#include <optional>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct GlobalPoolingOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::string> data_format = {};
  bool keepdims = false;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("data_format", self.data_format);
    field("keepdims", self.keepdims);
  }
};

/// The largest number of each channel; integers keep their type.
///
/// Options  data_format: "channels_last", the default, or "channels_first"; keepdims: the spatial
///          axis stays, with size 1.
/// Shapes   x (batch, steps, channels) -> y (batch, channels).
/// Errors   ValueError for an unknown data_format; ShapeError for another rank.
/// Source   keras.layers.GlobalMaxPooling1D.
class GlobalMaxPooling1D : public Layer {
 public:
  GlobalMaxPooling1D(const GlobalPoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over two spatial axes; otherwise as GlobalMaxPooling1D.
///
/// Source  keras.layers.GlobalMaxPooling2D.
class GlobalMaxPooling2D : public Layer {
 public:
  GlobalMaxPooling2D(const GlobalPoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over three spatial axes; otherwise as GlobalMaxPooling1D.
///
/// Source  keras.layers.GlobalMaxPooling3D.
class GlobalMaxPooling3D : public Layer {
 public:
  GlobalMaxPooling3D(const GlobalPoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// The mean of each channel; with a mask (batch, steps) of the steps that count. Otherwise as
/// GlobalMaxPooling1D.
///
/// Source  keras.layers.GlobalAveragePooling1D.
class GlobalAveragePooling1D : public Layer {
 public:
  GlobalAveragePooling1D(const GlobalPoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over two spatial axes; otherwise as GlobalAveragePooling1D, without masks.
///
/// Source  keras.layers.GlobalAveragePooling2D.
class GlobalAveragePooling2D : public Layer {
 public:
  GlobalAveragePooling2D(const GlobalPoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over three spatial axes; otherwise as GlobalAveragePooling1D, without masks.
///
/// Source  keras.layers.GlobalAveragePooling3D.
class GlobalAveragePooling3D : public Layer {
 public:
  GlobalAveragePooling3D(const GlobalPoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
