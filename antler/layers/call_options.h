#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "antler/core/callable.h"
#include "antler/core/config.h"
#include "antler/core/named_only.h"
#include "antler/graph/value.h"

namespace antler {

/// Keras' keyword arguments of a layer's call, beside its inputs.
///
/// Options  training: as the caller is, unless given here (Keras' way to keep Dropout on in
///          prediction); mask: one for each input, in place of those that travel with them, empty
///          where there is none; the others belong to the layers that name them
///          (LayerBase::call_arguments): initial_state to recurrent layers, count_weights to
///          CategoryEncoding, reverse to ReversibleEmbedding, the rest to attention.
struct CallOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<bool> training = {};
  std::vector<Value> mask = {};
  std::vector<Value> initial_state = {};
  Value attention_mask = {};
  Value count_weights = {};
  bool use_causal_mask = false;
  bool return_attention_scores = false;
  bool reverse = false;

  /// The values among them, in order; and the same options with others in their places.
  std::vector<Value> values() const;
  CallOptions with_values(std::span<const Value> values) const;
  /// The names of those that are given, without training and mask.
  std::vector<std::string_view> given() const;
};

/// The arguments that a Keras file or golden case names; `read` makes a value of what is no plain
/// flag. Inputs given by name ("query", "value", "key") are added to `inputs`.
/// Errors: ValueError for a name that no layer of ours takes.
CallOptions call_options_from_config(const Config& arguments,
                                     const Callable<Value(const Config&)>& read,
                                     std::vector<Value>& inputs);

/// The reverse. The masks of a layer that takes `query`, `value` and `key` go by those names.
Config call_options_to_config(const CallOptions& options,
                              const Callable<Config(const Value&)>& write, bool masks_have_names);

}  // namespace antler
