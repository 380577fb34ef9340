#include "tests/golden/same_config.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>

namespace antler::golden {
namespace {

// No argument: a newer Keras writes some that Antler lacks, an older one lacks some.
bool is_off(const Config* value) {
  return value == nullptr || value->is_null() || *value == Config(false) ||
         (value->is_list() && value->as_list().empty()) ||
         (value->is_map() && value->as_map().empty());
}

bool is_policy(const Config& value) {
  const Config* name = value.is_map() ? value.find("class_name") : nullptr;
  return name != nullptr && *name == Config("DTypePolicy");
}

// Of StringLookup, where it has no effect; an older Keras refuses it.
constexpr std::string_view kOnlyRead = "oov_method";

bool is_same(const Config* ours, const Config* keras);

bool is_same_map(const Config& ours, const Config& keras) {
  constexpr std::string_view kOfTheWriter[] = {"module", "registered_name", "build_config"};
  return std::all_of(keras.as_map().begin(), keras.as_map().end(), [&](const auto& entry) {
    const bool matters =
        std::count(std::begin(kOfTheWriter), std::end(kOfTheWriter), entry.first) == 0;
    return !matters || is_same(ours.find(entry.first), &entry.second);
  });
}

bool is_same_list(const Config& ours, const Config& keras) {
  if (ours.size() != keras.size()) return false;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    if (!is_same(&ours[i], &keras[i])) return false;
  }
  return true;
}

bool is_same(const Config* ours, const Config* keras) {
  if (ours != nullptr && ours->is_map() && keras->is_map()) return is_same_map(*ours, *keras);
  if (is_off(ours) || is_off(keras)) return is_off(ours) && is_off(keras);
  if (is_policy(*keras)) return is_same(ours, &keras->at("config").at("name"));
  if (ours->is_list() && keras->is_list()) return is_same_list(*ours, *keras);
  if (ours->is_number() && keras->is_number()) return ours->as_number() == keras->as_number();
  return *ours == *keras;
}

}  // namespace

std::vector<std::string> config_differences(const Config& written, const Config& keras) {
  std::vector<std::string> texts;
  for (const auto& [key, value] : keras.as_map()) {
    const Config* own = written.find(key);
    if (is_same(own, &value) || (own == nullptr && key == kOnlyRead)) continue;
    texts.push_back(key + ": " + (own == nullptr ? "nothing" : own->to_string()) +
                    ", Keras wrote " + value.to_string());
  }
  return texts;
}

}  // namespace antler::golden
