#pragma once

#include <string>
#include <vector>

#include "antler/layers/layer.h"

namespace antler {

struct PipelineOptions {
  NamedOnly named_only = NamedOnly();
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) { visit_common(self, field); }
};

/// Layers one after the other, as one layer: a chain of preprocessing steps.
///
/// Shapes   x -> what the last layer makes.  Errors  those of the layers.
/// Source   keras.layers.Pipeline.
class Pipeline : public Layer {
 public:
  Pipeline(const std::vector<Layer>& layers, const PipelineOptions& options = {});
};

}  // namespace antler
