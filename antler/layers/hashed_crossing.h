#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct HashedCrossingOptions {
  NamedOnly named_only = NamedOnly();
  std::string output_mode = "int";
  bool sparse = false;
  std::string name = {};
  DTypeArg dtype = std::nullopt;

  static void visit(auto& self, auto&& field) {
    field("output_mode", self.output_mode);
    field("sparse", self.sparse);
    field("name", self.name);
    field("dtype", self.dtype);
  }
};

/// The combination of several features as one of num_bins indices, by a hash: "Rome" and 1960 are
/// another index than "Rome" and 1970.
///
///   HashedCrossing(5)({city, decade});
///
/// Options  output_mode: "int" or "one_hot". dtype: int64 in mode "int", else float32.
/// Shapes   at least two x, all (batch) or all (batch, 1) -> that shape in mode "int", (batch,
///          num_bins) for "one_hot".
/// Types    each x string or integer.
/// Errors   ValueError for num_bins below 1, another output_mode, sparse = true; ShapeError for one
///          input or shapes that differ; TypeError for floats.
/// Source   keras.layers.HashedCrossing.
class HashedCrossing : public Layer {
 public:
  HashedCrossing(std::int64_t num_bins, const HashedCrossingOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
