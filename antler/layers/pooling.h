#pragma once

#include <optional>
#include <string>

#include "antler/layers/layer.h"
#include "antler/layers/sizes_arg.h"

namespace antler {

struct PoolingOptions {
  NamedOnly named_only = NamedOnly();
  SizesArg pool_size = {};
  SizesArg strides = {};
  std::string padding = "valid";
  std::optional<std::string> data_format = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("pool_size", self.pool_size);
    field("padding", self.padding);
    field("strides", self.strides);
    field("data_format", self.data_format);
  }
};

/// The largest number of each window along one spatial axis, channel by channel.
///
///   MaxPooling1D()   MaxPooling1D(3)   MaxPooling1D({.pool_size = 3, .strides = 2})
///
/// Options  pool_size: 2 by default; strides: pool_size by default; padding: "valid" (windows lie
///          inside) or "same" (ceil(n / strides) outputs); data_format: "channels_last", the
///          default, or "channels_first". pool_size and strides: one number, or one for each
///          spatial axis.
/// Shapes   x (batch, steps, channels) -> y (batch, new steps, channels).
/// Errors   ValueError for arguments out of range; ShapeError for another rank, and a window larger
///          than its input under "valid".
/// Source   keras.layers.MaxPooling1D.
class MaxPooling1D : public Layer {
 public:
  MaxPooling1D(const PoolingOptions& options = {});
  MaxPooling1D(const SizesArg& pool_size, const PoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over two spatial axes, x (batch, rows, columns, channels); otherwise as MaxPooling1D.
///
///   MaxPooling2D()   MaxPooling2D({3, 2})   MaxPooling2D({.pool_size = {3, 2}, .strides = 1})
///
/// Source  keras.layers.MaxPooling2D.
class MaxPooling2D : public Layer {
 public:
  MaxPooling2D(const PoolingOptions& options = {});
  MaxPooling2D(const SizesArg& pool_size, const PoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over three spatial axes; otherwise as MaxPooling1D.
///
/// Source  keras.layers.MaxPooling3D.
class MaxPooling3D : public Layer {
 public:
  MaxPooling3D(const PoolingOptions& options = {});
  MaxPooling3D(const SizesArg& pool_size, const PoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// The mean of each window along one spatial axis; padding is not counted. pool_size has no
/// default; otherwise as MaxPooling1D.
///
/// Source  keras.layers.AveragePooling1D.
class AveragePooling1D : public Layer {
 public:
  AveragePooling1D(const PoolingOptions& options);
  AveragePooling1D(const SizesArg& pool_size, const PoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over two spatial axes; otherwise as AveragePooling1D.
///
/// Source  keras.layers.AveragePooling2D.
class AveragePooling2D : public Layer {
 public:
  AveragePooling2D(const PoolingOptions& options);
  AveragePooling2D(const SizesArg& pool_size, const PoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over three spatial axes; otherwise as AveragePooling1D.
///
/// Source  keras.layers.AveragePooling3D.
class AveragePooling3D : public Layer {
 public:
  AveragePooling3D(const PoolingOptions& options);
  AveragePooling3D(const SizesArg& pool_size, const PoolingOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
