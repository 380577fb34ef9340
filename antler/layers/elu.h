#pragma once

#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct ELUOptions {
  NamedOnly named_only = NamedOnly();
  double alpha = 1.0;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("alpha", self.alpha);
  }
};

/// y = x where x > 0, else alpha * (e^x - 1).
///
/// Shapes   x any -> y, same shape.  Types  x any -> floats.
/// Source   keras.layers.ELU; Clevert et al. (2016), arXiv:1511.07289.
class ELU : public Layer {
 public:
  ELU(const ELUOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
