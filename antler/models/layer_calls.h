#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "antler/models/model_base.h"

namespace antler {

/// Where the layers of a model are called, and with which shapes: what summary shows beside their
/// names. Layers inside nested models are known too.
class LayerCalls {
 public:
  explicit LayerCalls(const ModelBase& model);

  /// "(None, 3)", "[(None, 3), (None, 2)]" for several outputs, "?" when it was never called.
  std::string output_shape(const LayerBase& layer) const;
  /// "dense[0][0], b[0][0]": layer, the number of its call, the number of its output; "-" for an
  /// Input. Only calls of the model itself.
  std::string connections(const LayerBase& layer) const;
  /// Whether each layer has one input and is called once, one after the other.
  bool is_chain() const { return is_chain_; }

 private:
  void read_graph(const ModelBase& model, bool is_outer);
  void trace(const ModelBase& model);

  std::unordered_map<const LayerBase*, std::vector<Shape>> shapes_;  // of the last call
  std::unordered_map<const LayerBase*, std::string> connections_;
  bool is_chain_ = true;
};

}  // namespace antler
