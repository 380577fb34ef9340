#pragma once

#include "antler/graph/rewrite.h"
#include "antler/layers/layer.h"

namespace antler {

/// The recorded call of a layer on symbolic values. It is never run: a model replays it, so that
/// the layer is traced anew for every program. The node's inputs are the layer's, then the values
/// among the call's keyword arguments.
struct LayerCall {
  Layer layer;
  CallOptions options = {};  // its values only mark their places
  static constexpr std::string_view name = "layer_call";
  static constexpr int arity = kVariadic;
  static constexpr bool takes_strings = true;  // a HostLayer's call
  bool operator==(const LayerCall& other) const { return this == &other; }
  std::vector<TensorSpec> infer(std::span<const TensorSpec> inputs) const;
  /// The layer's own inputs among those of the node.
  std::size_t input_count(std::size_t node_inputs) const;
  std::vector<Value> trace(const std::vector<Value>& node_inputs, CallContext& context) const;
};

/// `outputs` with the model's inputs replaced and every recorded call traced in `context`.
std::vector<Value> replay(std::span<const Value> outputs, ValueMap& replacements,
                          CallContext& context);

}  // namespace antler
