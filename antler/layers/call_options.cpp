#include "antler/layers/call_options.h"

#include <array>
#include <string>

#include "antler/core/callable.h"
#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler {
namespace {

constexpr std::array<std::string_view, 3> kNamedInputs = {"query", "value", "key"};
constexpr std::array<std::string_view, 3> kNamedMasks = {"query_mask", "value_mask", "key_mask"};

// Calls f(value) for each place that may hold one.
template <class Options, class F>
void for_each_place(Options& options, F&& f) {
  for (auto& mask : options.mask) f(mask);
  for (auto& state : options.initial_state) f(state);
  f(options.attention_mask);
  f(options.count_weights);
}

// Python's None, or a list of nothing else.
bool is_nothing(const Config& value) {
  if (value.is_null()) return true;
  if (!value.is_list()) return false;
  for (const Config& element : value.as_list()) {
    if (!is_nothing(element)) return false;
  }
  return true;
}

Config write_list(const std::vector<Value>& values, const Callable<Config(const Value&)>& write) {
  Config list = Config::list();
  for (const Value& value : values) list.push_back(value ? write(value) : Config());
  return list;
}

}  // namespace

std::vector<Value> CallOptions::values() const {
  std::vector<Value> all;
  for_each_place(*this, [&](const Value& value) {
    if (value) all.push_back(value);
  });
  return all;
}

CallOptions CallOptions::with_values(std::span<const Value> values) const {
  CallOptions changed = *this;
  std::size_t next = 0;
  for_each_place(changed, [&](Value& value) {
    if (value) value = values[next++];
  });
  return changed;
}

std::vector<std::string_view> CallOptions::given() const {
  std::vector<std::string_view> names;
  if (!initial_state.empty()) names.emplace_back("initial_state");
  if (attention_mask) names.emplace_back("attention_mask");
  if (count_weights) names.emplace_back("count_weights");
  if (use_causal_mask) names.emplace_back("use_causal_mask");
  if (return_attention_scores) names.emplace_back("return_attention_scores");
  if (reverse) names.emplace_back("reverse");
  return names;
}

CallOptions call_options_from_config(const Config& arguments,
                                     const Callable<Value(const Config&)>& read,
                                     std::vector<Value>& inputs) {
  CallOptions options;
  // Also lists of lists: the states of stacked cells.
  const auto read_all = [&](const auto& self, const Config& value,
                            std::vector<Value>& into) -> void {
    if (!value.is_list()) {
      into.push_back(value.is_null() ? Value() : read(value));
      return;
    }
    for (const Config& element : value.as_list()) self(self, element, into);
  };
  // In Keras' order of arguments, whatever the order in the file.
  for (const std::string_view name : kNamedInputs) {
    const Config* value = arguments.find(name);
    if (value != nullptr && !is_nothing(*value)) inputs.push_back(read(*value));
  }
  for (const auto& [name, value] : arguments.as_map()) {
    if (is_nothing(value)) continue;
    if (name == "training") {
      options.training = value.as_bool();
    } else if (name == "mask") {
      read_all(read_all, value, options.mask);
    } else if (name == "initial_state") {
      read_all(read_all, value, options.initial_state);
    } else if (name == "attention_mask") {
      options.attention_mask = read(value);
    } else if (name == "count_weights") {
      options.count_weights = read(value);
    } else if (name == "use_causal_mask") {
      options.use_causal_mask = value.as_bool();
    } else if (name == "return_attention_scores") {
      options.return_attention_scores = value.as_bool();
    } else if (name == "reverse") {
      options.reverse = value.as_bool();
    } else {
      std::size_t which = 0;
      while (which < kNamedMasks.size() && kNamedMasks[which] != name) ++which;
      if (which < kNamedMasks.size()) {
        options.mask.resize(std::max(options.mask.size(), which + 1));
        options.mask[which] = read(value);
      } else if (name != kNamedInputs[0] && name != kNamedInputs[1] && name != kNamedInputs[2]) {
        throw ValueError(
            unknown_name("call argument", name,
                         {"training", "mask", "initial_state", "attention_mask", "count_weights",
                          "use_causal_mask", "return_attention_scores", "reverse", "query", "value",
                          "key", "query_mask", "value_mask", "key_mask"}));
      }
    }
  }
  return options;
}

Config call_options_to_config(const CallOptions& options,
                              const Callable<Config(const Value&)>& write, bool masks_have_names) {
  Config config = Config::map();
  if (options.training) config.set("training", *options.training);
  if (masks_have_names) {
    for (std::size_t i = 0; i < options.mask.size() && i < kNamedMasks.size(); ++i) {
      if (options.mask[i]) config.set(kNamedMasks[i], write(options.mask[i]));
    }
  } else if (options.mask.size() == 1) {
    config.set("mask", write(options.mask[0]));
  } else if (!options.mask.empty()) {
    config.set("mask", write_list(options.mask, write));
  }
  if (!options.initial_state.empty()) {
    config.set("initial_state", write_list(options.initial_state, write));
  }
  if (options.attention_mask) config.set("attention_mask", write(options.attention_mask));
  if (options.count_weights) config.set("count_weights", write(options.count_weights));
  if (options.use_causal_mask) config.set("use_causal_mask", true);
  if (options.return_attention_scores) config.set("return_attention_scores", true);
  if (options.reverse) config.set("reverse", true);
  return config;
}

}  // namespace antler
