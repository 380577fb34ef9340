// The serialized object of a model.
#include <unordered_map>
#include <unordered_set>

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/core/serialized.h"
#include "antler/graph/graph.h"
#include "antler/graph/variable.h"
#include "antler/layers/input.h"
#include "antler/layers/layer_call.h"
#include "antler/layers/recurrent_layer.h"
#include "antler/layers/vocabulary_holder.h"
#include "antler/models/compile_config.h"
#include "antler/models/config_constants.h"
#include "antler/models/functional_config.h"
#include "antler/models/minimal_config.h"
#include "antler/models/model_config.h"
#include "antler/models/operations.h"

namespace antler {
namespace {

const ModelBase* as_model(const Layer& layer) {
  return dynamic_cast<const ModelBase*>(&layer.base());
}

// What only depends on constants can be written as its value.
bool is_constant_value(const Value& value) {
  for (const auto& node : topological_order(std::span(&value, 1))) {
    if (node->kind() == NodeKind::input || node->kind() == NodeKind::variable) return false;
  }
  return true;
}

// The graph of a functional model as layers and operations with their calls.
class GraphWriter {
 public:
  explicit GraphWriter(const ModelBase& model) : model_(model) {
    for (const Layer& layer : model.layers()) {
      used_names_.insert(layer.name());
      entries_.push_back(entry(layer.name(), layer_object(layer)));
      if (const auto* input = dynamic_cast<const InputLayer*>(&layer.base())) {
        names_.emplace(&input->value().node(), Call{layer.name(), 0});
      } else {
        layers_.emplace(layer.shared_base().get(), Known{entries_.size() - 1, 0});
      }
    }
    const std::vector<std::string> outputs = model.output_names();
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      output_names_.try_emplace(&model.outputs()[i].node(), outputs[i]);
    }
    for (const auto& node : topological_order(model.outputs())) {
      if (node->is_op() && node->is_symbolic()) add_call(*node);
    }
  }

  Config config() const {
    Config layers = Config::list();
    for (const Entry& entry : entries_) {
      Config object = entry.object;
      object.set("name", entry.name);
      object.set("inbound_nodes", entry.calls);
      layers.push_back(std::move(object));
    }
    return Config::map({{"name", model_.shown_name()},
                        {"trainable", model_.trainable()},
                        {"layers", std::move(layers)},
                        {"input_layers", ends(model_.inputs())},
                        {"output_layers", ends(model_.outputs())}});
  }

 private:
  struct Entry {
    std::string name;
    Config object;
    Config calls = Config::list();
  };
  struct Known {
    std::size_t entry;
    std::int64_t calls;
  };
  struct Call {
    std::string name;
    std::int64_t index;
    bool starts_at_one = false;
  };

  static Entry entry(std::string name, Config object) {
    return Entry{std::move(name), std::move(object), Config::list()};
  }

  void add_call(const Node& node) {
    if (const auto* call = node.op_as<LayerCall>()) {
      Known& known = layers_.at(call->layer.shared_base().get());
      const std::size_t count = call->input_count(node.inputs().size());
      const bool as_list = call->layer.base().takes_list(count);
      Entry& entry = entries_[known.entry];
      Config arguments = inbound(node, count, as_list, entry.name);
      const std::span values = std::span(node.inputs()).subspan(count);
      Config keywords = call_options_to_config(
          call->options.with_values(values),
          [&](const Value& value) { return argument(value, entry.name); }, count > 1 && !as_list);
      if (keywords.contains("initial_state")) {
        keywords.set("initial_state", nested_states(call->layer, keywords.at("initial_state")));
      }
      arguments.set("kwargs", std::move(keywords));
      entry.calls.push_back(std::move(arguments));
      const ModelBase* inner = as_model(call->layer);
      const bool is_functional = inner != nullptr && inner->class_name() == "Functional";
      names_.emplace(&node, Call{entry.name, known.calls++, is_functional});
      return;
    }
    const Operation operation =
        with_error_prefix(model_.shown_name() + ": ", [&] { return operation_of(node); });
    const std::string name = operation_name(node, snake_case(operation.class_name));
    Config config = Config::map({{"name", name}});
    for (const auto& [key, value] : operation.config.as_map()) config.set(key, value);
    Entry added = entry(name, serialized(operation.module, operation.class_name, config));
    added.object.set("registered_name", operation.class_name);
    added.calls.push_back(inbound(node, node.inputs().size(), operation.takes_list, name));
    entries_.push_back(std::move(added));
    names_.emplace(&node, Call{name, 0});
  }

  // The name by which compile knows an output, where it is free; else one that is.
  std::string operation_name(const Node& node, const std::string& base) {
    const auto output = output_names_.find(&node);
    std::string name = output == output_names_.end() ? base : output->second;
    const std::string first = name;
    for (int i = 1; !used_names_.insert(name).second; ++i) name = first + "_" + std::to_string(i);
    return name;
  }

  // The call's first `count` inputs, in one list or one argument each.
  Config inbound(const Node& node, std::size_t count, bool as_list, const std::string& name) const {
    Config inputs = Config::list();
    for (std::size_t i = 0; i < count; ++i) inputs.push_back(argument(node.inputs()[i], name));
    return Config::map(
        {{"args", as_list ? Config(Config::List{inputs}) : inputs}, {"kwargs", Config::map()}});
  }

  Config argument(const Value& value, const std::string& name) const {
    const auto found = names_.find(&value.node());
    if (found != names_.end()) {
      const Call& call = found->second;
      return Config::map(
          {{"class_name", "__keras_tensor__"},
           {"config", Config::map({{"shape", to_config(value.shape())},
                                   {"dtype", antler::name(value.dtype())},
                                   {"keras_history",
                                    Config::List{call.name, call.index, value.output()}}})}});
    }
    if (is_constant_value(value)) return constant_to_config(evaluate(value));
    throw StateError(model_.shown_name() + ": the input of \"" + name +
                     "\" is made of a variable that belongs to no layer, which a file cannot hold; "
                     "make it a weight of a layer of your own");
  }

  // Keras counts the calls of a nested functional model from 1 here, and from 0 in arguments.
  Config ends(const std::vector<Value>& values) const {
    Config all = Config::list();
    for (const Value& value : values) {
      const Call& call = names_.at(&value.node());
      all.push_back(
          Config::List{call.name, call.index + (call.starts_at_one ? 1 : 0), value.output()});
    }
    return all.size() == 1 ? all[0] : all;
  }

  const ModelBase& model_;
  std::vector<Entry> entries_;
  std::unordered_set<std::string> used_names_;
  std::unordered_map<const LayerBase*, Known> layers_;
  std::unordered_map<const Node*, Call> names_;
  std::unordered_map<const Node*, std::string> output_names_;
};

// Arguments whose null is no default; Keras asks for some of them in any case.
Config with_meaningful_nulls(Config minimal, const Layer& layer, const Config& full) {
  if (dynamic_cast<const VocabularyHolder*>(&layer.base()) == nullptr) return minimal;
  for (const std::string_view key : {"standardize", "split", "ngrams", "oov_token"}) {
    const Config* value = full.find(key);
    if (value != nullptr && value->is_null()) minimal.set(key, Config());
  }
  return minimal;
}

}  // namespace

Config functional_config(const ModelBase& model) { return GraphWriter(model).config(); }

Config layer_object(const Layer& layer) {
  const bool is_model = layer.base().is_model();
  Config object = layer_to_config(layer);
  if (object.at("module").is_null()) {  // a user's class
    if (!is_model || layer.is_built()) return object;
    // Its weights are made when it is called: for that it needs the shapes.
    throw StateError(layer.base().error_prefix() +
                     "expected a model that was called once, so that its weights exist; call "
                     "predict or fit before save");
  }
  // Built anew by the calls in the graph.
  Config minimal = Config::map();
  for (const auto& [key, value] : object.as_map()) {
    if (key == "build_config") continue;
    const bool is_config = key == "config" && !is_model;
    minimal.set(key, is_config ? with_meaningful_nulls(without_nulls(value), layer, value) : value);
  }
  return minimal;
}

Config model_to_config(const Model& model) {
  Config object = layer_object(model);
  object.set("compile_config", compile_config_of(model));
  return object;
}

}  // namespace antler
