#include "tests/golden/same_config.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace antler::golden {
namespace {

bool is_any_of(std::string_view text, std::initializer_list<std::string_view> all) {
  return std::find(all.begin(), all.end(), text) != all.end();
}

// No argument: a newer Keras writes some that Antler lacks, an older one lacks some.
bool is_off(const Config* value) {
  return value == nullptr || value->is_null() || *value == Config(false) ||
         *value == Config("none") || (value->is_list() && value->as_list().empty()) ||
         (value->is_map() && value->as_map().empty());
}

// What Antler does not write: metrics have one type, but those that write theirs; of StringLookup
// the method has no effect, and an older Keras refuses it.
bool may_be_missing(std::string_view key, const Config& keras) {
  return (key == "dtype" && keras == Config("float32")) ||
         (key == "oov_method" && keras == Config("floormod"));
}

// One form for what Keras writes in several: a type and the policy of its name, a list and the
// array of its numbers, a list of one, the two names of a mean.
const Config& plain(const Config& value) {
  static const Config mean("sum_over_batch_size");
  if (value == Config("mean")) return mean;
  if (value.is_list() && value.size() == 1) return value[0];
  const Config* name = value.is_map() ? value.find("class_name") : nullptr;
  if (name == nullptr) return value;
  if (*name == Config("DTypePolicy")) return value.at("config").at("name");
  if (*name == Config("__tensor__")) return value.at("config").at("value");
  return value;
}

bool is_same(const Config* written, const Config& keras_value);

bool is_same_entry(const Config& written, std::string_view key, const Config& keras) {
  if (is_any_of(key, {"module", "registered_name", "build_config"})) return true;
  const Config* own = written.find(key);
  return is_same(own, keras) || (own == nullptr && may_be_missing(key, keras));
}

bool is_same(const Config* written, const Config& keras_value) {
  const Config& keras = plain(keras_value);
  if (written == nullptr) return is_off(&keras);
  const Config& ours = plain(*written);
  if (ours.is_map() && keras.is_map()) {
    return std::all_of(keras.as_map().begin(), keras.as_map().end(), [&](const auto& entry) {
      return is_same_entry(ours, entry.first, entry.second);
    });
  }
  if (is_off(&ours) || is_off(&keras)) return is_off(&ours) && is_off(&keras);
  if (ours.is_list() && keras.is_list()) {
    if (ours.size() != keras.size()) return false;
    for (std::size_t i = 0; i < ours.size(); ++i) {
      if (!is_same(&ours[i], keras[i])) return false;
    }
    return true;
  }
  if (ours.is_number() && keras.is_number()) return ours.as_number() == keras.as_number();
  return ours == keras;
}

}  // namespace

std::vector<std::string> config_differences(const Config& written, const Config& keras) {
  std::vector<std::string> texts;
  for (const auto& [key, value] : keras.as_map()) {
    if (is_same_entry(written, key, value)) continue;
    const Config* own = written.find(key);
    texts.push_back(key + ": " + (own == nullptr ? "nothing" : own->to_string()) +
                    ", Keras wrote " + value.to_string());
  }
  return texts;
}

void compare_configs(const Config& written, const Config& keras, Failures& failures) {
  for (const std::string& text : config_differences(written.at("config"), keras.at("config"))) {
    failures.add("config." + text);
  }
}

}  // namespace antler::golden
