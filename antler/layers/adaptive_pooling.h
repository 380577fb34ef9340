#pragma once

#include <optional>
#include <string>

#include "antler/layers/layer.h"
#include "antler/layers/sizes_arg.h"

namespace antler {

struct AdaptivePoolingOptions {
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

/// The means of output_size windows that cover each channel as evenly as they can: window i takes
/// the steps from floor(i n / output_size) to ceil((i + 1) n / output_size).
///
/// Options  output_size: one number, or one for each spatial axis; data_format: "channels_last",
///          the default, or "channels_first".
/// Shapes   x (batch, steps, channels) -> y (batch, output_size, channels).
/// Errors   ValueError for arguments out of range; ShapeError for another rank.
/// Source   keras.layers.AdaptiveAveragePooling1D.
class AdaptiveAveragePooling1D : public Layer {
 public:
  AdaptiveAveragePooling1D(const SizesArg& output_size, const AdaptivePoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over two spatial axes; otherwise as AdaptiveAveragePooling1D.
///
/// Source  keras.layers.AdaptiveAveragePooling2D.
class AdaptiveAveragePooling2D : public Layer {
 public:
  AdaptiveAveragePooling2D(const SizesArg& output_size, const AdaptivePoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over three spatial axes; otherwise as AdaptiveAveragePooling1D.
///
/// Source  keras.layers.AdaptiveAveragePooling3D.
class AdaptiveAveragePooling3D : public Layer {
 public:
  AdaptiveAveragePooling3D(const SizesArg& output_size, const AdaptivePoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// The largest numbers of such windows; otherwise as AdaptiveAveragePooling1D.
///
/// Source  keras.layers.AdaptiveMaxPooling1D.
class AdaptiveMaxPooling1D : public Layer {
 public:
  AdaptiveMaxPooling1D(const SizesArg& output_size, const AdaptivePoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over two spatial axes; otherwise as AdaptiveMaxPooling1D.
///
/// Source  keras.layers.AdaptiveMaxPooling2D.
class AdaptiveMaxPooling2D : public Layer {
 public:
  AdaptiveMaxPooling2D(const SizesArg& output_size, const AdaptivePoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over three spatial axes; otherwise as AdaptiveMaxPooling1D.
///
/// Source  keras.layers.AdaptiveMaxPooling3D.
class AdaptiveMaxPooling3D : public Layer {
 public:
  AdaptiveMaxPooling3D(const SizesArg& output_size, const AdaptivePoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
