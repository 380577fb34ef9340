#pragma once

#include "antler/graph/op.h"
#include "antler/layers/layer.h"

namespace antler {

/// The recorded call of a layer on symbolic values. It is never run: a model replays it, so that
/// the layer is traced anew for every program.
struct LayerCall {
  Layer layer;
  static constexpr std::string_view name = "layer_call";
  static constexpr int arity = kVariadic;
  bool operator==(const LayerCall&) const = default;
  std::vector<TensorSpec> infer(std::span<const TensorSpec> inputs) const;
};

/// `outputs` with the model's inputs replaced and every recorded call traced in `context`.
std::vector<Value> replay(std::span<const Value> outputs, ValueMap& replacements,
                          CallContext& context);

}  // namespace antler
