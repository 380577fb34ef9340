#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct SpatialDropout1DOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::int64_t> seed = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("seed", self.seed);
  }
};
struct SpatialDropoutOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::string> data_format = {};
  std::optional<std::int64_t> seed = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("data_format", self.data_format);
    field("seed", self.seed);
  }
};

// Dropout of whole channels: in training each channel of each example is 0 with probability `rate`,
// else divided by 1 - rate; elsewhere y = x.
//
// Options  rate: in [0, 1]; seed: as Dropout's.
// Shapes   x (batch, spatial ..., channels) -> y, same shape; with "channels_first" the channels
//          stand behind the batch.
// Errors   ValueError for the options; ShapeError for another rank.

/// For sequences.  Source  keras.layers.SpatialDropout1D; Tompson et al. (2015), arXiv:1411.4280.
class SpatialDropout1D : public Layer {
 public:
  SpatialDropout1D(double rate, const SpatialDropout1DOptions& options = {});
  static Layer from_config(const Config& config);
};

/// For images.  Source  keras.layers.SpatialDropout2D.
class SpatialDropout2D : public Layer {
 public:
  SpatialDropout2D(double rate, const SpatialDropoutOptions& options = {});
  static Layer from_config(const Config& config);
};

/// For volumes.  Source  keras.layers.SpatialDropout3D.
class SpatialDropout3D : public Layer {
 public:
  SpatialDropout3D(double rate, const SpatialDropoutOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
