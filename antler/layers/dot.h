#pragma once

#include <string>

#include "antler/layers/axes_arg.h"
#include "antler/layers/layer.h"

namespace antler {

struct DotOptions {
  NamedOnly named_only = NamedOnly();
  bool normalize = false;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("normalize", self.normalize);
  }
};

/// The sum of products along one axis of each of two inputs, example by example: Dot(1)({a, b}).
///
/// Options  axes: an axis of both, or {a's, b's}; not the batch axis. normalize: scale both to
///          length 1 along that axis first, which gives the cosine.
/// Shapes   a (batch, A..., n, A'...), b (batch, B..., n, B'...) -> (batch, A..., A'...,
///          B..., B'...); of two vectors (batch, 1). It has no mask.
/// Errors   ValueError for other than one or two axes; ShapeError for axes that do not exist or
///          whose sizes differ, and for another number of inputs.
/// Source   keras.layers.Dot.
class Dot : public Layer {
 public:
  Dot(const AxesArg& axes, const DotOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
