#pragma once

#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct ConcatenateOptions {
  NamedOnly named_only = NamedOnly();
  int axis = -1;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("axis", self.axis);
  }
};

/// The inputs one after the other along an axis: Concatenate()({a, b}).
///
/// Shapes   (batch, ..., n_i, ...), equal but for `axis` -> (batch, ..., sum n_i, ...). With masks
///          the output's holds where that of the input does that an element comes from, or where
///          any does along the last axis; an input without a mask counts as all true.
/// Errors   ShapeError for other shapes, or an axis out of range.
/// Source   keras.layers.Concatenate.
class Concatenate : public Layer {
 public:
  Concatenate(const ConcatenateOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
