#include "antler/models/functional_config.h"

#include <map>
#include <unordered_map>
#include <utility>

#include "antler/core/error.h"
#include "antler/core/serialized.h"
#include "antler/core/suggest.h"
#include "antler/graph/node.h"
#include "antler/layers/input.h"
#include "antler/models/config_constants.h"
#include "antler/models/get_item.h"
#include "antler/models/operations.h"

namespace antler {
namespace {

// Tensor `output` of call `call` of the layer `layer`: Keras' keras_history.
struct Reference {
  std::string layer;
  std::int64_t call;
  std::int64_t output;
};

using CallKey = std::pair<std::string, std::int64_t>;

Reference reference_from(const Config& history) {
  const Config::List& parts = history.as_list();
  if (parts.size() < 3) {
    throw ValueError("expected [layer, call, output], got " + history.to_string());
  }
  return {parts[0].as_string(), parts[1].as_integer(), parts[2].as_integer()};
}

bool is_keras_tensor(const Config& argument) {
  const Config* class_name = argument.find("class_name");
  return class_name != nullptr && *class_name == Config("__keras_tensor__");
}

class FunctionalReader {
 public:
  FunctionalReader(const Config& config, const LayerReader& reader)
      : config_(config), reader_(reader) {}

  Model read() {
    read_layers();
    for (std::size_t i = 0; i < parts_.size(); ++i) read_calls(i);
    run_calls();
    ModelOptions options;
    if (const Config* name = config_.find("name")) options.name = name->as_string();
    options.inputs = ends("input_layers");
    options.outputs = ends("output_layers");
    const Model model(options);
    const Config* trainable = config_.find("trainable");
    if (trainable != nullptr && trainable->is_bool() && !trainable->as_bool()) {
      model.set_trainable(false);
    }
    return model;
  }

 private:
  struct Part {
    std::string name;
    std::string path;
    const Config* object;
    Layer layer;  // empty for an operation
    bool is_functional = false;
  };
  // A call that waits for its inputs.
  struct Pending {
    std::size_t part;
    std::int64_t index;
    std::vector<Config> arguments;
    const Config* keywords;
    std::size_t missing = 0;
  };

  void read_layers() {
    const Config::List& list = config_.at("layers").as_list();
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string path = "layers[" + std::to_string(i) + "]";
      with_error_prefix(path + ": ", [&] { read_part(path, list[i]); });
    }
  }

  void read_part(const std::string& path, const Config& object) {
    Part part{object.at("name").as_string(), path, &object, Layer()};
    if (!index_.try_emplace(part.name, parts_.size()).second) {
      throw ValueError("expected distinct names, got \"" + part.name + "\" twice");
    }
    if (!is_operation(object)) {
      part.layer = reader_.read(object);
      const auto* model = dynamic_cast<const ModelBase*>(&part.layer.base());
      part.is_functional = model != nullptr && model->class_name() == "Functional";
      if (const auto* input = dynamic_cast<const InputLayer*>(&part.layer.base())) {
        results_[{part.name, 0}] = {input->value()};
      } else if (part.layer.name() != part.name) {
        part.layer.base().set_name(part.name);
      }
    }
    parts_.push_back(std::move(part));
  }

  void read_calls(std::size_t part_index) {
    const Part& part = parts_[part_index];
    if (results_.count({part.name, 0}) > 0) return;  // an InputLayer
    const Config::List& nodes = part.object->at("inbound_nodes").as_list();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      with_error_prefix(
          part.path + " \"" + part.name + "\": inbound_nodes[" + std::to_string(i) + "]: ", [&] {
            Pending call{part_index, static_cast<std::int64_t>(i), {}, &nodes[i].at("kwargs"), 0};
            for (const Config& argument : nodes[i].at("args").as_list()) {
              collect(argument, call.arguments);
            }
            enqueue(std::move(call));
          });
    }
  }

  // Keras writes several inputs as a list, states of stacked cells as a list of lists.
  static void collect(const Config& argument, std::vector<Config>& arguments) {
    if (!argument.is_list()) {
      arguments.push_back(argument);
      return;
    }
    for (const Config& element : argument.as_list()) collect(element, arguments);
  }

  void enqueue(Pending call) {
    const std::size_t index = pending_.size();
    bool any = false;
    std::vector<Config> arguments = call.arguments;
    for (const auto& [key, value] : call.keywords->as_map()) collect(value, arguments);
    for (const Config& argument : arguments) {
      if (!is_keras_tensor(argument)) continue;
      any = true;
      const Reference from = reference_from(argument.at("config").at("keras_history"));
      require_known(from.layer);
      const CallKey key{from.layer, from.call};
      if (results_.count(key) > 0) continue;
      waiting_[key].push_back(index);
      ++call.missing;
    }
    if (!any) throw ValueError("expected at least one tensor among its arguments, got none");
    pending_.push_back(std::move(call));
  }

  void require_known(const std::string& name) const {
    if (index_.count(name) > 0) return;
    std::vector<std::string_view> names;
    for (const Part& part : parts_) names.push_back(part.name);
    throw ValueError(unknown_name("layer", name, names));
  }

  void run_calls() {
    std::vector<std::size_t> ready;
    for (std::size_t i = pending_.size(); i-- > 0;) {
      if (pending_[i].missing == 0) ready.push_back(i);
    }
    std::size_t done = 0;
    while (!ready.empty()) {
      const Pending& call = pending_[ready.back()];
      ready.pop_back();
      ++done;
      const Part& part = parts_[call.part];
      with_error_prefix(part.path + ": ", [&] { run(call); });
      const auto waiting = waiting_.find({part.name, call.index});
      if (waiting == waiting_.end()) continue;
      for (const std::size_t next : waiting->second) {
        if (--pending_[next].missing == 0) ready.push_back(next);
      }
    }
    if (done == pending_.size()) return;
    for (const Pending& call : pending_) {
      if (call.missing == 0) continue;
      throw ValueError(parts_[call.part].path + " \"" + parts_[call.part].name +
                       "\": its inputs are never computed: calls that wait for each other, or for "
                       "one that does not exist");
    }
  }

  void run(const Pending& call) {
    const Part& part = parts_[call.part];
    std::vector<Value> inputs;
    std::vector<Value>& results = results_[{part.name, call.index}];
    if (!part.layer && part.object->at("class_name") == Config("GetItem")) {
      results = {with_error_prefix("\"" + part.name + "\": ", [&] {
        if (call.arguments.empty()) throw ValueError("expected a tensor and a key, got nothing");
        return get_item(value_of(call.arguments.at(0)), std::span(call.arguments).subspan(1));
      })};
      return;
    }
    for (const Config& argument : call.arguments) inputs.push_back(value_of(argument));
    const CallOptions options = call_options_from_config(
        *call.keywords, [&](const Config& argument) { return value_of(argument); }, inputs);
    if (!part.layer) {
      if (!options.values().empty() || !options.given().empty()) {
        throw ValueError("\"" + part.name + "\": expected no keyword arguments, got " +
                         call.keywords->to_string().substr(0, 200));
      }
      results = with_error_prefix("\"" + part.name + "\": ", [&] {
        return apply_operation(parse_serialized("operation", *part.object), inputs);
      });
      return;
    }
    reader_.before_call(part.layer);
    results = part.layer.call_all(inputs, options);
  }

  Value value_of(const Config& argument) const {
    if (is_keras_tensor(argument)) {
      return at(reference_from(argument.at("config").at("keras_history")));
    }
    if (is_constant(argument)) return constant_from_config(argument);
    if (argument.is_integer()) return argument.as_integer();
    if (argument.is_number()) return argument.as_number();
    throw ValueError("expected a tensor or a number as argument of a call, got " +
                     argument.to_string().substr(0, 200));
  }

  Value at(const Reference& from) const {
    const std::vector<Value>& results = results_.at({from.layer, from.call});
    if (from.output < 0 || from.output >= static_cast<std::int64_t>(results.size())) {
      throw ValueError("expected an output of \"" + from.layer + "\" from 0 to " +
                       std::to_string(results.size() - 1) + ", got " + std::to_string(from.output));
    }
    return results[static_cast<std::size_t>(from.output)];
  }

  // Keras counts the calls of a nested functional model from 1 here.
  Value end_at(const Config& history) const {
    Reference from = reference_from(history);
    require_known(from.layer);
    if (parts_[index_.at(from.layer)].is_functional && from.call > 0) --from.call;
    if (results_.count({from.layer, from.call}) == 0) {
      throw ValueError("\"" + from.layer + "\" is not called " + std::to_string(from.call + 1) +
                       " times");
    }
    return at(from);
  }

  // [layer, call, output], a list of such, or a map of them.
  std::vector<Value> ends(std::string_view key) const {
    return with_error_prefix(std::string(key) + ": ", [&] {
      const Config& ends = config_.at(key);
      std::vector<Value> values;
      if (ends.is_map()) {
        for (const auto& [name, end] : ends.as_map()) values.push_back(end_at(end));
      } else if (!ends.as_list().empty() && ends.as_list().front().is_string()) {
        values.push_back(end_at(ends));
      } else {
        for (const Config& end : ends.as_list()) values.push_back(end_at(end));
      }
      return values;
    });
  }

  const Config& config_;
  const LayerReader& reader_;
  std::vector<Part> parts_;
  std::unordered_map<std::string, std::size_t> index_;
  std::map<CallKey, std::vector<Value>> results_;
  std::map<CallKey, std::vector<std::size_t>> waiting_;
  std::vector<Pending> pending_;
};

}  // namespace

Model functional_from_config(const Config& config, const LayerReader& reader) {
  return FunctionalReader(config, reader).read();
}

}  // namespace antler
