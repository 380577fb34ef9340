#pragma once

#include "antler/core/callable.h"
#include "antler/core/named_only.h"
#include "antler/layers/layer_registry.h"
#include "antler/models/model.h"

namespace antler {

struct CloneModelOptions {
  NamedOnly named_only = NamedOnly();
  /// Makes the copy of a layer; by default a new layer of the same config. It is asked once for
  /// each layer, not for inputs. Returning the layer itself shares it, with its weights.
  Callable<Layer(const Layer& layer)> clone_function = {};
  /// Whether clone_function is asked for the layers inside nested models rather than for the
  /// models.
  bool recursive = false;
  /// The layers and models of classes that Antler does not know.
  CustomObjects custom_objects = {};
};

/// A model of the same structure with new weights: every layer is copied once, so layers that are
/// shared stay shared; nested models are copied too; names stay. The copy is not compiled.
///
///   Model twin = clone_model(model);
///   Model wide = clone_model(model, {.clone_function = [](const Layer& layer) {
///     return layer.class_name() == "ReLU" ? Layer(LeakyReLU()) : layer;
///   }});
///
/// Errors   ValueError, StateError for a layer whose config cannot be written (an activation
///          that is a function) or read (a user's class that is not in custom_objects), by name.
/// Source   keras.models.clone_model.
Model clone_model(const Model& model, const CloneModelOptions& options = {});

}  // namespace antler
