#pragma once

#include <cstdint>

#include "antler/core/config.h"
#include "antler/core/named_only.h"
#include "antler/layers/layer_registry.h"
#include "antler/models/model.h"

// Configs of models, both ways: what get_config, to_json and files share.
//
//   Config config = model.get_config();                    // {"name", "trainable", "layers", ...}
//   Sequential twin = Sequential::from_config(config);     // the same layers, new weights
//   Model again = model_from_config(model_to_config(model));  // compiled as well
//
// The schema is Keras'. As little as Keras needs is written: each further key is one that some
// Keras 3 does not know yet. An entry that is missing has its default.
namespace antler {

/// Keras' serialized object of a model: {"module", "class_name", "config", "registered_name",
/// "compile_config"}.
///
/// Errors   StateError: a model of a user's class that was not called yet; an op between layers
///          that has no class in Keras, or one on a variable that belongs to no layer.
/// Source   keras.saving.serialize_keras_object.
Config model_to_config(const Model& model);

/// What a config may ask for.
struct ReadLimits {
  NamedOnly named_only = NamedOnly();
  /// The weights of one layer; a file sets what it holds, so that a few bytes cannot ask for the
  /// memory.
  std::int64_t weight_elements = std::int64_t{1} << 31;
  /// Calls of layers, those inside nested models counted for every call of the model.
  std::int64_t layer_calls = 100000;
};

struct ModelFromConfigOptions {
  NamedOnly named_only = NamedOnly();
  /// The layers and models of classes that Antler does not know; asked before the built-in ones.
  CustomObjects custom_objects = {};
  /// Whether the model is compiled when the object says how.
  bool compile = true;
  ReadLimits limits = {};
};

/// The model of a serialized object, built when the object says for which input; its initial
/// weights are new.
///
/// Errors   ValueError, TypeError, ShapeError with the path of the object ("config: layers[2]"):
///          unknown classes and keys with the nearest one, Lambda, missing or cyclic connections,
///          more than `limits` allows.
/// Source   keras.saving.deserialize_keras_object.
Model model_from_config(const Config& object, const ModelFromConfigOptions& options = {});

}  // namespace antler
