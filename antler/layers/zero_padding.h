#pragma once

#include <optional>
#include <string>

#include "antler/layers/layer.h"
#include "antler/layers/sides_arg.h"

namespace antler {

struct ZeroPadding1DOptions {
  NamedOnly named_only = NamedOnly();
  SidesArg padding = 1;
  std::optional<std::string> data_format = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("padding", self.padding);
    field("data_format", self.data_format);
  }
};
struct ZeroPadding2DOptions {
  NamedOnly named_only = NamedOnly();
  SidesArg padding = {1, 1};
  std::optional<std::string> data_format = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("padding", self.padding);
    field("data_format", self.data_format);
  }
};
struct ZeroPadding3DOptions {
  NamedOnly named_only = NamedOnly();
  SidesArg padding = {{1, 1}, {1, 1}, {1, 1}};
  std::optional<std::string> data_format = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("padding", self.padding);
    field("data_format", self.data_format);
  }
};

// Zeros around images and the like.
//
// Options  padding: how many stand before and after each spatial axis.
// Shapes   x (batch, n..., channels) -> y (batch, before + n + after..., channels); with
//          "channels_first" the channels stand behind the batch.
// Errors   ValueError for the options; ShapeError for another rank.

/// The same for sequences.  Source  keras.layers.ZeroPadding1D.
class ZeroPadding1D : public Layer {
 public:
  ZeroPadding1D(const ZeroPadding1DOptions& options = {});
  static Layer from_config(const Config& config);
};

/// The same for images.  Source  keras.layers.ZeroPadding2D.
class ZeroPadding2D : public Layer {
 public:
  ZeroPadding2D(const ZeroPadding2DOptions& options = {});
  static Layer from_config(const Config& config);
};

/// The same for volumes.  Source  keras.layers.ZeroPadding3D.
class ZeroPadding3D : public Layer {
 public:
  ZeroPadding3D(const ZeroPadding3DOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
