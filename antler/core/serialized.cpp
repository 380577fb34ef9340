#include "antler/core/serialized.h"

#include <cctype>

#include "antler/core/error.h"

namespace antler {

Config serialized(std::string_view module, std::string_view class_name, Config config) {
  return Config::map({{"module", module},
                      {"class_name", class_name},
                      {"config", std::move(config)},
                      {"registered_name", nullptr}});
}

SerializedObject parse_serialized(std::string_view noun, const Config& value) {
  if (value.is_string()) return {value.as_string(), Config::map(), ""};
  const Config* class_name = value.find("class_name");
  if (class_name == nullptr || !class_name->is_string()) {
    throw ValueError("expected a " + std::string(noun) +
                     " as a name or as {\"class_name\", \"config\"}, got " + value.to_string());
  }
  SerializedObject object{class_name->as_string(), Config::map(), ""};
  if (const Config* config = value.find("config"); config != nullptr && !config->is_null()) {
    object.config = *config;
  }
  if (const Config* name = value.find("registered_name"); name != nullptr && name->is_string()) {
    object.registered_name = name->as_string();
  }
  return object;
}

// Keras' two substitutions: (.)([A-Z][a-z]+) -> \1_\2, then ([a-z])([A-Z]) -> \1_\2.
std::string snake_case(std::string_view class_name) {
  // The one layer whose class goes by another name in Keras' source than in its files.
  if (class_name == "GroupQueryAttention") return "grouped_query_attention";
  const auto upper = [&](std::size_t i) {
    return i < class_name.size() && std::isupper(static_cast<unsigned char>(class_name[i])) != 0;
  };
  const auto lower = [&](std::size_t i) {
    return i < class_name.size() && std::islower(static_cast<unsigned char>(class_name[i])) != 0;
  };
  std::string out;
  for (std::size_t i = 0; i < class_name.size(); ++i) {
    if (i > 0 && upper(i) && (lower(i + 1) || lower(i - 1))) out += '_';
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(class_name[i])));
  }
  return out;
}

}  // namespace antler
