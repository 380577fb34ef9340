#pragma once

#include <cstdint>
#include <vector>

#include "antler/core/config.h"
#include "antler/layers/layer_registry.h"
#include "antler/models/model.h"

// config.json: the architecture of a model, both ways.
namespace antler {

/// Keras' serialized object of a model, without its compile state. As little as Keras needs is
/// written: each further key is one that some Keras 3 does not know yet.
///
/// Errors  StateError: a model of a user's class that was not called yet; an op between layers that
///         has no class in Keras, or one on a variable that belongs to no layer.
Config model_to_config(const Model& model);

/// What a file may ask for.
struct ReadLimits {
  /// The weights of one layer: those of the file, so that a few bytes cannot ask for the memory.
  std::int64_t weight_elements = 0;
  /// Calls of layers, those inside nested models counted for every call of the model.
  std::int64_t layer_calls = 100000;
};

/// The model of a serialized object, built when the object says for which input; its initial
/// weights are random. `path` opens errors ("config").
///
/// Errors  ValueError, TypeError, ShapeError with the path of the object: unknown classes and keys,
///         Lambda, missing or cyclic connections, more than `limits` allows.
Model model_from_config(const Config& object, const CustomObjects& custom,
                        const ReadLimits& limits);

}  // namespace antler
