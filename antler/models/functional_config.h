#pragma once

#include "antler/core/callable.h"
#include "antler/core/config.h"
#include "antler/layers/layer.h"
#include "antler/models/model_config.h"

namespace antler {

/// A layer or a model as it stands in the config of another.
/// Errors: StateError as model_to_config.
Config layer_object(const Layer& layer);

/// The layer or model of such an object, not built. Errors: as model_from_config.
Layer layer_from_object(const Config& object, const ModelFromConfigOptions& options);

/// get_config of a functional model: {"name", "trainable", "layers", "input_layers",
/// "output_layers"}.
Config functional_config(const ModelBase& model);

/// What the reader of a functional model asks of the reader of layers.
struct LayerReader {
  /// The layer of a serialized object.
  Callable<Layer(const Config& object)> read;
  /// Called before a layer is called; throws when it would take too much.
  Callable<void(const Layer& layer)> before_call;
};

/// The functional model of such a config.
///
/// Errors  ValueError, TypeError, ShapeError, opened by the path in the config: names that are not
///         known or stand twice, calls that wait for each other, arguments that are no tensors.
Model functional_from_config(const Config& config, const LayerReader& reader);

}  // namespace antler
