#include "antler/activations/activation.h"

#include "antler/activations/catalog.h"
#include "antler/core/error.h"
#include "antler/core/serialized.h"

namespace antler {

ActivationArg::ActivationArg(const std::string& name)
    : name_(name), function_(activations::get(name)) {}

Config to_config(const ActivationArg& activation) {
  if (activation.name().empty()) {
    throw StateError(
        "activation: expected a name, got a function of the user's, which a file cannot hold; "
        "give the layer a name like \"relu\", or put the function into a Layer of your own");
  }
  return activation.name();
}

void from_config(const Config& config, ActivationArg& activation) {
  if (config.is_null()) {
    activation = ActivationArg();
    return;
  }
  if (config.is_string()) {
    activation = ActivationArg(config.as_string());
    return;
  }
  const SerializedObject object = parse_serialized("activation", config);
  const bool is_function = object.class_name == "function" && object.config.is_string();
  throw ValueError("activation: expected the name of a built-in function, got " +
                   (is_function ? "the function \"" + object.config.as_string() + "\""
                                : "an object of class " + object.class_name) +
                   ", whose code the file does not hold");
}

}  // namespace antler
