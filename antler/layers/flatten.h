#pragma once

#include <optional>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct FlattenOptions {
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

/// All axes but the first as one.
///
/// Options  data_format: "channels_last" (the default), or "channels_first": axis 1 becomes the
///          last one before flattening, so that weights trained on either agree.
/// Shapes   x (batch, a, b, ...) -> y (batch, a * b * ...); (batch,) -> (batch, 1).
/// Errors   ValueError for another data_format; ShapeError for a scalar.
/// Source   keras.layers.Flatten.
class Flatten : public Layer {
 public:
  Flatten(const FlattenOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
