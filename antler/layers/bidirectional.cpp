#include "antler/layers/bidirectional.h"

#include "antler/core/error.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/recurrent_layer.h"
#include "antler/layers/wrappers.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/reverse.h"

namespace antler {
namespace {

std::string without_prefix(const std::string& name, const std::string& prefix) {
  return name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : name;
}

// A layer of its own from another's config, under a name that says which way it runs.
Layer remade(const Layer& layer, const std::string& way, std::optional<bool> go_backwards,
             const CustomObjects& custom) {
  Config object = layer_to_config(layer);
  Config config = object.at("config");
  config.set("name", way + without_prefix(layer.base().shown_name(), way));
  if (go_backwards) config.set("go_backwards", *go_backwards);
  object.set("config", std::move(config));
  return layer_from_config(object, custom);
}

class BidirectionalLayer final : public LayerWithOptions<BidirectionalOptions> {
 public:
  BidirectionalLayer(const Layer& layer, const BidirectionalOptions& options,
                     const CustomObjects& custom)
      : LayerWithOptions(options) {
    require_recurrent(layer);
    if (options.backward_layer) require_recurrent(options.backward_layer);
    const auto& mode = options.merge_mode;
    require_argument(
        "Bidirectional", options,
        !mode || *mode == "concat" || *mode == "sum" || *mode == "ave" || *mode == "mul",
        "expected merge_mode concat, sum, ave, mul or none, got " + mode.value_or(""));
    forward_ = add_layer(remade(layer, "forward_", std::nullopt, custom));
    backward_ = add_layer(options.backward_layer ? options.backward_layer
                                                 : remade(layer, "backward_", true, custom));
    check_pair();
    for (RecurrentLayer* direction : {&forward(), &backward()}) {
      direction->set_zero_output_for_mask(direction->flags().return_sequences);
    }
  }

  std::string class_name() const override { return "Bidirectional"; }
  bool supports_masking() const override { return true; }
  std::vector<std::string_view> call_arguments() const override { return {"initial_state"}; }
  std::vector<std::string> weight_groups() const override {
    return {"forward_layer", "backward_layer"};
  }

  Value compute_mask(const std::vector<Value>& inputs, const CallContext& context) const override {
    return forward().flags().return_sequences ? context.mask(inputs.front()) : Value();
  }

  void build_list(const std::vector<Shape>& inputs) override {
    forward_.base().ensure_built({inputs.front()});
    backward_.base().ensure_built({inputs.front()});
  }

  std::vector<Value> call_list(const std::vector<Value>& inputs,
                               CallContext& context) const override {
    const std::vector<Value>& states = context.options().initial_state;
    if (states.size() % 2 != 0) {
      throw ShapeError("expected an even number of initial states, got " +
                       std::to_string(states.size()));
    }
    const auto half = states.begin() + static_cast<std::ptrdiff_t>(states.size() / 2);
    CallOptions ahead, back;
    ahead.mask = back.mask = context.options().mask;
    ahead.initial_state.assign(states.begin(), half);
    back.initial_state.assign(half, states.end());
    const std::vector<Value> x = forward_.call_all({inputs.front()}, context, ahead);
    const std::vector<Value> y = backward_.call_all({inputs.front()}, context, back);
    // The way back came in the order of its steps.
    const bool sequences = forward().flags().return_sequences;
    const Value reversed = sequences ? ops::flip(y[0], 1) : y[0];
    std::vector<Value> outputs = merge(x[0], reversed);
    outputs.insert(outputs.end(), x.begin() + 1, x.end());
    outputs.insert(outputs.end(), y.begin() + 1, y.end());
    const Value mask = context.mask(inputs.front());
    if (!options().merge_mode && sequences && mask) context.set_mask(outputs[1], mask);
    return outputs;
  }

  Config get_config() const override {
    Config config = LayerWithOptions::get_config();
    config.set("layer", layer_to_config(forward_));
    config.set("backward_layer", layer_to_config(backward_));
    return config;
  }

  RecurrentLayer& forward() const { return static_cast<RecurrentLayer&>(forward_.base()); }
  RecurrentLayer& backward() const { return static_cast<RecurrentLayer&>(backward_.base()); }

 private:
  void require_recurrent(const Layer& layer) const {
    const bool is_recurrent = layer && dynamic_cast<RecurrentLayer*>(&layer.base()) != nullptr;
    require_argument("Bidirectional", options(), is_recurrent,
                     "expected a recurrent layer (SimpleRNN, GRU, LSTM, RNN), got " +
                         (layer ? layer.class_name() : "an empty handle"));
  }

  void check_pair() const {
    const RecurrentFlags& a = forward().flags();
    const RecurrentFlags& b = backward().flags();
    require_argument("Bidirectional", options(), a.go_backwards != b.go_backwards,
                     "expected layers with different go_backwards, got the same twice");
    const bool same = a.return_sequences == b.return_sequences &&
                      a.return_state == b.return_state && a.stateful == b.stateful;
    require_argument(
        "Bidirectional", options(), same,
        "expected a backward_layer with the layer's return_sequences, return_state and "
        "stateful");
  }

  std::vector<Value> merge(const Value& x, const Value& y) const {
    const auto& mode = options().merge_mode;
    if (!mode) return {x, y};
    if (*mode == "concat") return {ops::concatenate({x, y})};
    if (*mode == "sum") return {x + y};
    if (*mode == "ave") return {(x + y) / 2};
    return {x * y};
  }

  Layer forward_, backward_;
};

}  // namespace

Bidirectional::Bidirectional(const Layer& layer, const BidirectionalOptions& options)
    : Layer(std::make_shared<BidirectionalLayer>(layer, options, CustomObjects())) {}

void Bidirectional::reset_state() const {
  const auto& layer = static_cast<const BidirectionalLayer&>(base());
  if (!layer.forward().flags().stateful) {
    throw StateError(base().error_prefix() + "reset_state() needs stateful layers");
  }
  layer.forward().reset_state();
  layer.backward().reset_state();
}

Layer bidirectional_from_config(const Config& config, const CustomObjects& custom) {
  auto options =
      layer_options<BidirectionalOptions>("Bidirectional", config, {"layer", "backward_layer"});
  const Config* backward = config.find("backward_layer");
  if (backward != nullptr && !backward->is_null()) {
    options.backward_layer = layer_from_config(*backward, custom);
  }
  const Layer layer = layer_from_config(inner_config("Bidirectional", config, "layer"), custom);
  return Layer(std::make_shared<BidirectionalLayer>(layer, options, custom));
}

}  // namespace antler
