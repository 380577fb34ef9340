// The model of a serialized object.
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/core/serialized.h"
#include "antler/core/suggest.h"
#include "antler/layers/input.h"
#include "antler/models/compile_config.h"
#include "antler/models/functional_config.h"
#include "antler/models/model_config.h"
#include "antler/models/sequential.h"

namespace antler {
namespace {

// Adding a layer to a Sequential takes time that grows with those that are there.
constexpr std::size_t kMaxStack = 10000;

void require_keys(const Config& config, const std::vector<std::string_view>& known) {
  for (const auto& [key, value] : config.as_map()) {
    const bool is_off = value.is_null() || (value.is_bool() && !value.as_bool());
    if (!is_off && std::find(known.begin(), known.end(), key) == known.end()) {
      throw ValueError(unknown_name("key", key, known));
    }
  }
}

class ModelReader {
 public:
  ModelReader(const CustomObjects& custom, const ReadLimits& limits)
      : custom_(custom), inner_(custom), limits_(limits) {
    // For models inside wrappers, which are read by their layer; the user's classes go first.
    inner_.try_emplace("Sequential", [this](const Config& c) { return read_sequential(c); });
    for (const char* name : {"Functional", "Model"}) {
      inner_.try_emplace(name, [this](const Config& c) { return read_functional(c); });
    }
  }
  ModelReader(const ModelReader&) = delete;
  ModelReader& operator=(const ModelReader&) = delete;

  Layer read(const Config& object) {
    const SerializedObject parsed = parse_serialized("layer", object);
    if (is_custom(parsed)) return read_custom(object);
    if (parsed.class_name == "Sequential") {
      return with_error_prefix("config: ", [&] { return read_sequential(parsed.config); });
    }
    if (parsed.class_name == "Functional" || parsed.class_name == "Model") {
      return with_error_prefix("config: ", [&] { return read_functional(parsed.config); });
    }
    if (parsed.class_name == "Lambda") refuse_lambda(parsed);
    return read_layer(object);
  }

  // A model of a user's class has weights once it is called, with the shapes it was saved with.
  static void build_own(const Layer& model, const Config& object) {
    const Config* build_config = object.find("build_config");
    const Config* shape = build_config == nullptr ? nullptr : build_config->find("input_shape");
    if (shape == nullptr || shape->is_null()) return;
    std::vector<Shape> shapes;
    const bool several = !shape->as_list().empty() && shape->as_list().front().is_list();
    if (several) {
      from_config(*shape, shapes);
    } else {
      from_config(*shape, shapes.emplace_back());
    }
    std::vector<Value> inputs;
    for (Shape& one : shapes) {
      for (int axis = 0; axis < one.rank(); ++axis) {
        if (one[axis] == None) one.set(axis, 1);
      }
      inputs.push_back(make_input({one, DType::float32}));
    }
    CallContext context;
    context.set_for_shapes();
    model.base().invoke(inputs, context);
  }

 private:
  bool is_custom(const SerializedObject& object) const {
    return custom_.contains(object.registered_name) || custom_.contains(object.class_name);
  }

  Layer read_layer(const Config& object) const {
    const Layer layer = layer_from_config(without_build_config(object), inner_);
    layer.base().limit_weights(limits_.weight_elements);
    return layer;
  }

  Layer read_custom(const Config& object) const {
    const Layer layer = read_layer(object);
    if (layer.base().is_model() && !layer.is_built()) {
      with_error_prefix("build_config: ", [&] { build_own(layer, object); });
    }
    return layer;
  }

  // Layers are built by the calls of the model, after a look at what they would take.
  static Config without_build_config(const Config& object) {
    if (!object.is_map()) return object;
    Config kept = Config::map();
    for (const auto& [key, value] : object.as_map()) {
      if (key != "build_config") kept.set(key, value);
    }
    return kept;
  }

  [[noreturn]] static void refuse_lambda(const SerializedObject& object) {
    const Config* name = object.config.find("name");
    throw ValueError((name != nullptr && name->is_string() ? name->as_string() : "lambda") +
                     " (Lambda): holds Python code, which is never run; write a layer class for it "
                     "and give it in custom_objects as \"Lambda\"");
  }

  // Counts what tracing takes, so that models nested in each other cannot make it endless.
  void count_calls(std::int64_t calls) {
    if (calls > limits_.layer_calls - calls_) {
      throw ValueError("expected at most " + std::to_string(limits_.layer_calls) +
                       " calls of layers, got more");
    }
    calls_ += calls;
  }

  void before_call(const Layer& layer) {
    const std::int64_t cost = cost_of(layer);
    count_calls(cost);
    model_cost_ += cost;
  }

  // How often a call of this layer calls layers: nested models, and those that a wrapper holds, add
  // up for every call.
  std::int64_t cost_of(const Layer& layer) const {
    const auto found = costs_.find(layer.shared_base().get());
    if (found != costs_.end()) return found->second;
    std::int64_t cost = 1;
    for (const Layer& inner : layer.base().layers()) {
      cost = std::min(cost + cost_of(inner), limits_.layer_calls + 1);
    }
    return cost;
  }

  // Reads a model and remembers what a call of it costs.
  template <class Read>
  Model measured(Read&& read) {
    const std::int64_t outer = std::exchange(model_cost_, 0);
    const Model model = read();
    costs_[model.shared_base().get()] = std::max<std::int64_t>(1, model_cost_);
    model_cost_ = outer;
    return model;
  }

  Model read_functional(const Config& config) {
    require_keys(config, {"name", "trainable", "dtype", "layers", "input_layers", "output_layers"});
    const LayerReader reader{[this](const Config& object) { return read(object); },
                             [this](const Layer& layer) { before_call(layer); }};
    return measured([&] { return functional_from_config(config, reader); });
  }

  Model read_sequential(const Config& config) {
    require_keys(config, {"name", "trainable", "dtype", "layers", "build_input_shape"});
    const Config::List& list = config.at("layers").as_list();
    if (list.size() > kMaxStack) {
      throw ValueError("layers: expected at most " + std::to_string(kMaxStack) + ", got " +
                       std::to_string(list.size()));
    }
    SequentialOptions options;
    if (const Config* name = config.find("name")) options.name = name->as_string();
    const Sequential model(std::vector<Layer>{}, options);
    measured([&] {
      read_stack(model, config, list);
      return model;
    });
    const Config* trainable = config.find("trainable");
    if (trainable != nullptr && trainable->is_bool() && !trainable->as_bool()) {
      model.set_trainable(false);
    }
    return model;
  }

  void read_stack(const Sequential& model, const Config& config, const Config::List& list) {
    Layer entry;
    const Config* shape = config.find("build_input_shape");
    if (shape != nullptr && shape->is_list() && !list.empty() && !is_input(list.front())) {
      Shape input;
      with_error_prefix("build_input_shape: ", [&] { from_config(*shape, input); });
      entry = Input(input.without_batch());
      model.add(entry);
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
      with_error_prefix("layers[" + std::to_string(i) + "]: ", [&] {
        const Layer layer = read(list[i]);
        if (dynamic_cast<const InputLayer*>(&layer.base()) != nullptr) {
          entry = layer;
        } else if (entry) {
          before_call(layer);
        }
        model.add(layer);
      });
    }
  }

  static bool is_input(const Config& object) {
    const Config* class_name = object.find("class_name");
    return class_name != nullptr && *class_name == Config("InputLayer");
  }

  const CustomObjects& custom_;
  CustomObjects inner_;
  const ReadLimits limits_;
  std::int64_t calls_ = 0;
  std::int64_t model_cost_ = 0;  // of the model that is being read
  std::unordered_map<const LayerBase*, std::int64_t> costs_;
};

}  // namespace

Layer layer_from_object(const Config& object, const ModelFromConfigOptions& options) {
  return ModelReader(options.custom_objects, options.limits).read(object);
}

Model model_from_config(const Config& object, const ModelFromConfigOptions& options) {
  const Layer layer = layer_from_object(object, options);
  const auto base = std::dynamic_pointer_cast<ModelBase>(layer.shared_base());
  if (base == nullptr) {
    throw ValueError("expected a model, got the layer " + layer.class_name());
  }
  const Model model(base);
  if (!options.compile) return model;
  if (const auto compile = saved_compile_options(object, model)) model.compile(*compile);
  return model;
}

Model Model::from_config(const Config& config, const CustomObjects& custom_objects) {
  const bool is_graph = config.contains("input_layers");
  if (!is_graph && !config.contains("layers")) {
    throw ValueError(
        "Model::from_config: expected what get_config gives, with the key \"layers\", "
        "got " +
        config.to_string().substr(0, 200));
  }
  const std::string_view class_name = is_graph ? "Functional" : "Sequential";
  return model_from_config(serialized("keras", class_name, config),
                           {.custom_objects = custom_objects});
}

Sequential Sequential::from_config(const Config& config, const CustomObjects& custom_objects) {
  if (config.contains("input_layers") || !config.contains("layers")) {
    throw ValueError("Sequential::from_config: expected the keys \"name\" and \"layers\", got " +
                     config.to_string().substr(0, 200));
  }
  const Model model = Model::from_config(config, custom_objects);
  return Sequential(std::static_pointer_cast<SequentialModel>(model.shared_base()));
}

}  // namespace antler
