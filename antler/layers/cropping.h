#pragma once

#include <optional>
#include <string>

#include "antler/layers/layer.h"
#include "antler/layers/sides_arg.h"

namespace antler {

struct Cropping1DOptions {
  NamedOnly named_only = NamedOnly();
  SidesArg cropping = {1, 1};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("cropping", self.cropping);
  }
};
struct Cropping2DOptions {
  NamedOnly named_only = NamedOnly();
  SidesArg cropping = {{0, 0}, {0, 0}};
  std::optional<std::string> data_format = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("cropping", self.cropping);
    field("data_format", self.data_format);
  }
};
struct Cropping3DOptions {
  NamedOnly named_only = NamedOnly();
  SidesArg cropping = {{1, 1}, {1, 1}, {1, 1}};
  std::optional<std::string> data_format = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("cropping", self.cropping);
    field("data_format", self.data_format);
  }
};

// Images and the like without their borders.
//
// Options  cropping: how much is cut off before and after each spatial axis.
// Shapes   x (batch, n..., channels) -> y (batch, n - before - after..., channels); with
//          "channels_first" the channels stand behind the batch.
// Errors   ValueError for the options; ShapeError for another rank or where nothing is left.

/// The same for sequences.  Source  keras.layers.Cropping1D.
class Cropping1D : public Layer {
 public:
  Cropping1D(const Cropping1DOptions& options = {});
  static Layer from_config(const Config& config);
};

/// The same for images.  Source  keras.layers.Cropping2D.
class Cropping2D : public Layer {
 public:
  Cropping2D(const Cropping2DOptions& options = {});
  static Layer from_config(const Config& config);
};

/// The same for volumes.  Source  keras.layers.Cropping3D.
class Cropping3D : public Layer {
 public:
  Cropping3D(const Cropping3DOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
