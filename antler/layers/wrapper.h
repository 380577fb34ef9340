#pragma once

#include <string>
#include <vector>

#include "antler/layers/layer.h"

namespace antler {

/// What a layer around another one is; a user's own derives from it and overrides `call`, which
/// calls layer()(x, context).
///
/// Shapes   as `call` makes them; the layer is built for the same.
/// Errors   ValueError for an empty handle.
/// Source   keras.layers.Wrapper.
class WrapperBase : public LayerBase {
 public:
  explicit WrapperBase(const Layer& layer, LayerCommon common = {});

  void build_list(const std::vector<Shape>& inputs) override;
  std::vector<std::string> weight_groups() const override;
  std::string class_name() const override;
  /// With "layer".
  Config get_config() const override;
  const Layer& layer() const { return layer_; }

 private:
  Layer layer_;
};

struct WrapperOptions {
  NamedOnly named_only = NamedOnly();
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) { visit_common(self, field); }
};

/// A layer that holds another. Like Keras' it cannot be called: WrapperBase is there to derive
/// from.
///
/// Errors   StateError when it is called.
/// Source   keras.layers.Wrapper.
class Wrapper : public Layer {
 public:
  Wrapper(const Layer& layer, const WrapperOptions& options = {});
};

}  // namespace antler
