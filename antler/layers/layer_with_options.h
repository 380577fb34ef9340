#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/layers/layer.h"

// What the built-in layers share: options that end in `activity_regularizer`, `name`, `dtype` and
// `trainable`, the config from them, and the checks of arguments.
namespace antler {

/// "dense_1 (Dense)", or the class alone before the layer has a name: how its errors open.
inline std::string layer_title(std::string_view class_name, const std::string& name) {
  return name.empty() ? std::string(class_name) : name + " (" + std::string(class_name) + ")";
}

/// Errors: ValueError with `text` unless `valid`.
template <class Options>
void require_argument(std::string_view class_name, const Options& options, bool valid,
                      const std::string& text) {
  if (!valid) throw ValueError(layer_title(class_name, options.name) + ": " + text);
}

inline Config with_argument(Config config, std::string_view key, Config value) {
  config.set(key, std::move(value));
  return config;
}

/// The title of a layer that is being read.
inline std::string title_in_config(std::string_view class_name, const Config& config) {
  const Config* name = config.find("name");
  return layer_title(class_name, name != nullptr && name->is_string() ? name->as_string() : "");
}

/// Options from a layer's config; the caller reads the keys in `handled`. A key that is not known
/// may be null or false: an option of another Keras that is off.
template <class Options>
Options layer_options(std::string_view class_name, const Config& config,
                      const std::vector<std::string_view>& handled = {}) {
  const Options defaults;
  Config read = Config::map();
  for (const Config::Entry& entry : config.as_map()) {
    const auto& [key, value] = entry;
    const bool is_default = key == "autocast" && value == Config(true);
    const bool is_off = value.is_bool() && !value.as_bool();
    bool is_known = false;
    Options::visit(defaults, [&](std::string_view known, const auto&) {
      is_known = is_known || known == entry.first;
    });
    if (is_known || !(is_default || is_off)) read.set(key, value);
  }
  Options options;
  options_from_config(title_in_config(class_name, config), read, options, handled);
  return options;
}

/// An argument without a default. Errors: ValueError when it is missing.
template <class T>
T required_argument(std::string_view class_name, const Config& config, std::string_view key) {
  T value{};
  with_error_prefix(title_in_config(class_name, config) + ": \"" + std::string(key) + "\": ", [&] {
    const Config* found = config.find(key);
    if (found == nullptr) throw ValueError("expected a value, got none");
    from_config(*found, value);
  });
  return value;
}

/// A layer made from options, whose config is those options.
template <class Options, class Base = LayerBase>
class LayerWithOptions : public Base {
 public:
  explicit LayerWithOptions(const Options& options)
      : Base({options.name, options.dtype, options.trainable, options.activity_regularizer}),
        options_(options) {}

  Config get_config() const override {
    Config config = Base::get_config();
    Options::visit(options_, [&](std::string_view key, const auto& field) {
      const bool is_common =
          key == "name" || key == "trainable" || key == "dtype" || key == "activity_regularizer";
      if (!is_common) config.set(key, to_config(field));
    });
    return config;
  }

 protected:
  const Options& options() const { return options_; }

 private:
  Options options_;
};

}  // namespace antler
