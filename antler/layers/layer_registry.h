#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "antler/core/callable.h"
#include "antler/core/config.h"
#include "antler/core/flat_map.h"
#include "antler/layers/layer.h"

namespace antler {

/// Makes a layer from its config.
using LayerFactory = Callable<Layer(const Config& config)>;

/// The layers of classes that Antler does not know, by class name or registered name:
///
///   {{"ScaleLayer", layer_factory<ScaleLayer>()}}
///
/// They are asked before the built-in classes. model_from_config (antler/models/model_config.h)
/// adds Sequential and Functional.
using CustomObjects = FlatMap<std::string, LayerFactory>;
extern template class ItemList<CustomObjects::value_type>;

/// A class with its own way from a config: static Layer from_config(const Config&).
template <class T>
concept MadeFromConfig = requires(const Config& config) {
  { T::from_config(config) } -> std::convertible_to<Layer>;
};

/// A factory for a user's class: T::from_config(config) when it has one, else a T without
/// arguments. Name and trainable are taken from the config afterwards.
template <class T>
LayerFactory layer_factory() {
  if constexpr (MadeFromConfig<T>) {
    return [](const Config& config) -> Layer { return T::from_config(config); };
  } else {
    static_assert(std::is_default_constructible_v<T>,
                  "the class needs a static Layer from_config(const Config&)");
    return [](const Config&) { return make_layer<T>(); };
  }
}

/// The layer of Keras' serialized object; its weights exist when the object has a "build_config".
/// A layer inside it is read with the same `custom`.
///
/// Errors   ValueError for an unknown class, with the nearest name, an unknown key, or a factory
///          that gives an empty handle.
/// Source   keras.layers.deserialize.
Layer layer_from_config(const Config& serialized, const CustomObjects& custom = {});

/// The built-in classes by name, sorted.
std::vector<std::string_view> layer_classes();

/// Keras' serialized object: {"module", "class_name", "config", "registered_name", "build_config"},
/// the last one only when the layer is built. See also model_to_config.
///
/// Errors   StateError for what no file holds: a function, as of Lambda.
/// Source   keras.layers.serialize.
Config layer_to_config(const Layer& layer);

}  // namespace antler
