#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/config.h"
#include "antler/core/error.h"
#include "antler/core/shape.h"

// Options structs list their fields once, in `visit`:
//
//   struct DropoutOptions {
//     NamedOnly named_only = NamedOnly();
//     Shape noise_shape = {};
//     std::optional<std::int64_t> seed = {};
//     std::string name = {};
//     static void visit(auto& self, auto&& field) {
//       field("noise_shape", self.noise_shape);
//       field("seed", self.seed);
//       field("name", self.name);
//     }
//   };
//
// From that list come the config both ways and the errors for unknown keys. The type of a field
// has `to_config(field)` and `from_config(config, field)`, found here or beside the type.
namespace antler {

inline Config to_config(bool value) { return value; }
inline Config to_config(const std::string& value) { return value; }
template <class T>
  requires(std::integral<T> || std::floating_point<T>)
Config to_config(T value) {
  return value;
}
inline Config to_config(const Shape& shape) {
  Config list = Config::list();
  for (const std::int64_t d : shape) list.push_back(d == None ? Config() : Config(d));
  return list;
}
template <class T>
Config to_config(const std::optional<T>& value) {
  return value ? to_config(*value) : Config();
}
template <class T>
Config to_config(const std::vector<T>& values) {
  Config list = Config::list();
  for (const T& value : values) list.push_back(to_config(value));
  return list;
}

inline void from_config(const Config& config, bool& value) { value = config.as_bool(); }
inline void from_config(const Config& config, std::string& value) { value = config.as_string(); }
template <std::integral T>
  requires(!std::same_as<T, bool>)
void from_config(const Config& config, T& value) {
  value = static_cast<T>(config.as_integer());
}
template <std::floating_point T>
void from_config(const Config& config, T& value) {
  value = static_cast<T>(config.as_number());
}
inline void from_config(const Config& config, Shape& shape) {
  std::vector<std::int64_t> dims;
  for (const Config& d : config.as_list()) dims.push_back(d.is_null() ? None : d.as_integer());
  shape = Shape(dims);
}
template <class T>
void from_config(const Config& config, std::optional<T>& value) {
  value.reset();
  if (!config.is_null()) from_config(config, value.emplace());
}
template <class T>
void from_config(const Config& config, std::vector<T>& values) {
  values.clear();
  for (const Config& element : config.as_list()) from_config(element, values.emplace_back());
}

/// All fields of an options struct, in order.
template <class Options>
Config options_to_config(const Options& options) {
  Config config = Config::map();
  Options::visit(
      options, [&](std::string_view key, const auto& field) { config.set(key, to_config(field)); });
  return config;
}

namespace detail {

/// A field of an options struct without its type, and how to read it.
struct OptionField {
  std::string_view key;
  void* field;
  void (*read)(const Config& value, void* field);
};

void read_options(std::string_view what, const Config& config,
                  const std::vector<OptionField>& fields,
                  const std::vector<std::string_view>& handled);

}  // namespace detail

/// Sets the fields that `config` names. Other keys must be in `handled` (the caller reads them) or
/// null (a newer Keras wrote them). Errors: ValueError for the rest, with the nearest key;
/// TypeError for a value of another kind; both open with `what`.
template <class Options>
void options_from_config(std::string_view what, const Config& config, Options& options,
                         const std::vector<std::string_view>& handled = {}) {
  std::vector<detail::OptionField> fields;
  Options::visit(options, [&]<class Field>(std::string_view key, Field& field) {
    fields.push_back({key, &field, [](const Config& value, void* of_field) {
                        from_config(value, *static_cast<Field*>(of_field));
                      }});
  });
  detail::read_options(what, config, fields, handled);
}

}  // namespace antler
