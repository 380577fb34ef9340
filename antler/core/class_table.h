#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/config.h"
#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/core/serialized.h"
#include "antler/core/suggest.h"

// The classes of one noun (initializers, optimizers, ...) by name: what from_config and string
// arguments choose from.
namespace antler {

template <class Noun>
struct ClassEntry {
  std::string_view class_name;
  std::vector<std::string_view> aliases;  // beside the class name and its snake case
  Noun (*make)(const Config& config);
};

/// The usual `make`: Class's only argument is Options, whose keys are those of the config.
template <class Noun, class Class, class Options>
Noun make_from_options(std::string_view class_name, const Config& config) {
  Options options;
  options_from_config(class_name, config, options);
  return Class(options);
}

/// The same for a class without arguments.
template <class Noun, class Class>
Noun make_without_options(std::string_view class_name, const Config& config) {
  for (const auto& [key, value] : config.as_map()) {
    if (value.is_null()) continue;
    throw ValueError(std::string(class_name) + ": expected no arguments, got \"" + key + "\"");
  }
  return Class();
}

/// The object that a name or Keras' serialized form stands for.
/// Errors  ValueError for an unknown class (with the nearest name) or an unknown key.
template <class Noun>
Noun make_from_table(std::string_view noun, std::span<const ClassEntry<Noun>> table,
                     const Config& config) {
  const SerializedObject object = parse_serialized(noun, config);
  std::vector<std::string> snake_names;
  for (const ClassEntry<Noun>& entry : table) snake_names.push_back(snake_case(entry.class_name));
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < table.size(); ++i) {
    std::vector<std::string_view> known = table[i].aliases;
    known.push_back(snake_names[i]);
    known.push_back(table[i].class_name);
    for (const std::string_view name : known) {
      if (name == object.class_name) return table[i].make(object.config);
    }
    names.insert(names.end(), known.begin(), known.end());
  }
  throw ValueError(unknown_name(noun, object.class_name, names));
}

}  // namespace antler
