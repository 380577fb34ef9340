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

/// The entry that a class name, its snake case or an alias stands for; nullptr: none.
template <class Noun>
const ClassEntry<Noun>* find_class(std::span<const ClassEntry<Noun>> table, std::string_view name) {
  for (const ClassEntry<Noun>& entry : table) {
    if (name == entry.class_name || name == snake_case(entry.class_name)) return &entry;
    for (const std::string_view alias : entry.aliases) {
      if (name == alias) return &entry;
    }
  }
  return nullptr;
}

/// All names that find_class knows.
template <class Noun>
std::vector<std::string> names_of(std::span<const ClassEntry<Noun>> table) {
  std::vector<std::string> names;
  for (const ClassEntry<Noun>& entry : table) {
    names.insert(names.end(), entry.aliases.begin(), entry.aliases.end());
    names.push_back(snake_case(entry.class_name));
    names.emplace_back(entry.class_name);
  }
  return names;
}

/// The object that a name or Keras' serialized form stands for.
/// Errors  ValueError for an unknown class (with the nearest name) or an unknown key.
template <class Noun>
Noun make_from_table(std::string_view noun, std::span<const ClassEntry<Noun>> table,
                     const Config& config) {
  const SerializedObject object = parse_serialized(noun, config);
  if (const ClassEntry<Noun>* entry = find_class(table, object.class_name)) {
    return entry->make(object.config);
  }
  const std::vector<std::string> names = names_of(table);
  throw ValueError(unknown_name(noun, object.class_name, {names.begin(), names.end()}));
}

}  // namespace antler
