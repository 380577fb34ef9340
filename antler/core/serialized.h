#pragma once

#include <string>
#include <string_view>

#include "antler/core/config.h"

namespace antler {

/// Keras' form of an object in a config: {"module", "class_name", "config", "registered_name"}.
Config serialized(std::string_view module, std::string_view class_name, Config config);

/// The same, read. `module` and `registered_name` do not matter for built-in classes.
/// Errors: ValueError when `value` is neither a string (a class name without arguments) nor such
/// an object; `noun` ("loss") says what was wanted.
struct SerializedObject {
  std::string class_name;
  Config config = Config::map();
  std::string registered_name;
};
SerializedObject parse_serialized(std::string_view noun, const Config& value);

/// Keras' automatic name of a class: "MaxPooling2D" -> "max_pooling2d", "ReLU" -> "re_lu".
std::string snake_case(std::string_view class_name);

}  // namespace antler
