#pragma once

#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct IdentityOptions {
  NamedOnly named_only = NamedOnly();
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) { visit_common(self, field); }
};

/// y = x.
///
/// Shapes   x any -> y, same shape.  Types  integers and bools stay, floats become dtype.
/// Source   keras.layers.Identity.
class Identity : public Layer {
 public:
  Identity(const IdentityOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
