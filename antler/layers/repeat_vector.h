#pragma once

#include <cstdint>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct RepeatVectorOptions {
  NamedOnly named_only = NamedOnly();
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) { visit_common(self, field); }
};

/// Each example's vector n times, as a sequence.
///
/// Shapes   x (batch, features) -> y (batch, n, features).
/// Errors   ValueError for n < 1; ShapeError for another rank.
/// Source   keras.layers.RepeatVector.
class RepeatVector : public Layer {
 public:
  RepeatVector(std::int64_t n, const RepeatVectorOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
