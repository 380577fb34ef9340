#include "antler/models/minimal_config.h"

namespace antler {

Config without_nulls(const Config& config) {
  if (!config.is_map()) return config;
  Config kept = Config::map();
  for (const auto& [key, value] : config.as_map()) {
    if (!value.is_null() || key == "registered_name") kept.set(key, without_nulls(value));
  }
  return kept;
}

Config without_defaults(const Config& config, const Config& defaults) {
  Config kept = Config::map();
  for (const auto& [key, value] : config.as_map()) {
    const Config* usual = defaults.find(key);
    if (key == "name" || usual == nullptr || !(*usual == value)) kept.set(key, value);
  }
  return kept;
}

}  // namespace antler
