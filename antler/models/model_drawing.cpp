#include "antler/models/model_drawing.h"

#include <algorithm>
#include <unordered_map>

#include "antler/core/error.h"
#include "antler/graph/graph.h"
#include "antler/layers/input.h"
#include "antler/layers/layer_call.h"
#include "antler/models/operations.h"

namespace antler {
namespace {

// "(None, 3)", or "[(None, 3), (None, 2)]" for several.
template <class Text>
std::string joined(const std::vector<TensorSpec>& specs, Text&& text) {
  std::string all;
  for (const TensorSpec& spec : specs) all += (all.empty() ? "" : ", ") + text(spec);
  return specs.size() == 1 ? all : "[" + all + "]";
}

std::string shapes_of(const std::vector<TensorSpec>& specs) {
  return joined(specs, [](const TensorSpec& spec) { return spec.shape.to_string(); });
}

std::string dtypes_of(const std::vector<TensorSpec>& specs) {
  return joined(specs, [](const TensorSpec& spec) { return std::string(name(spec.dtype)); });
}

// A layer whose config cannot be written, for it holds a function, has no activation to show.
std::string activation_of(const Layer& layer) {
  if (layer.base().is_model()) return "";
  try {
    const Config config = layer.get_config();
    const Config* activation = config.find("activation");
    return activation != nullptr && activation->is_string() ? activation->as_string() : "";
  } catch (const Error&) {
    return "";
  }
}

class Drawer {
 public:
  explicit Drawer(bool expand_nested) : expand_nested_(expand_nested) {}

  ModelDrawing draw(const ModelBase& model) {
    if (!model.is_functional() && !model.is_built()) {
      throw StateError(model.error_prefix() +
                       "expected a model that is built; call it once or give it an Input");
    }
    drawing_.outer.name = model.shown_name();
    if (model.is_functional()) {
      place(model, drawing_.outer);
    } else {
      const Layer self(std::const_pointer_cast<LayerBase>(model.shared_from_this()));
      std::vector<TensorSpec> inputs;
      for (const Shape& shape : model.built_shapes()) inputs.push_back({shape, DType::float32});
      add_box(self, shapes_of(inputs), drawing_.outer);
    }
    return std::move(drawing_);
  }

 private:
  // The nested model behind a layer that is taken apart, or nullptr.
  const ModelBase* expanded(const Layer& layer) const {
    const auto* model = dynamic_cast<const ModelBase*>(&layer.base());
    return expand_nested_ && model != nullptr && model->is_functional() ? model : nullptr;
  }

  void place(const ModelBase& model, ModelDrawing::Group& group) {
    for (const Layer& layer : model.layers()) {
      if (layer_boxes_.count(layer.shared_base().get()) > 0) continue;
      if (const ModelBase* inner = expanded(layer)) {
        if (!placed_.emplace(inner, true).second) continue;
        group.groups.push_back({layer.name()});
        ModelDrawing::Group& place_of = group.groups.back();
        place(*inner, place_of);
      } else {
        add_box(layer, "?", group);
      }
    }
    for (const auto& node : topological_order(model.outputs())) {
      if (node->is_op() && node->is_symbolic()) read_call(*node, group);
    }
  }

  void read_call(const Node& node, ModelDrawing::Group& group) {
    const auto* call = node.op_as<LayerCall>();
    if (call == nullptr) {
      add_op(node, group);
    } else if (const auto found = layer_boxes_.find(call->layer.shared_base().get());
               found != layer_boxes_.end()) {
      describe_call(node, *call, drawing_.boxes[found->second]);
    }
    for (std::size_t i = 0; i < node.inputs().size(); ++i) {
      const Value& input = node.inputs()[i];
      if (!input.node().is_symbolic()) continue;
      const std::optional<std::size_t> from = source_of(input);
      const std::optional<std::size_t> to =
          call == nullptr ? op_boxes_.at(&node) : entry_of(call->layer, i);
      if (!from || !to) continue;
      const ModelDrawing::Arrow arrow{*from, *to};
      const auto& known = drawing_.arrows;
      if (std::find(known.begin(), known.end(), arrow) == known.end()) {
        drawing_.arrows.push_back(arrow);
      }
    }
  }

  // The first call is shown.
  static void describe_call(const Node& node, const LayerCall& call, ModelDrawing::Box& box) {
    if (box.inputs != "?") return;
    std::vector<TensorSpec> inputs;
    for (std::size_t i = 0; i < call.input_count(node.inputs().size()); ++i) {
      inputs.push_back(node.inputs()[i].spec());
    }
    box.inputs = shapes_of(inputs);
    box.outputs = shapes_of(node.outputs());
    box.dtypes = dtypes_of(node.outputs());
  }

  // The box that a value comes out of; none for the Input of a Sequential, which is not drawn.
  std::optional<std::size_t> source_of(const Value& value) const {
    const auto* call = value.node().op_as<LayerCall>();
    if (call == nullptr) {
      const auto op = op_boxes_.find(&value.node());
      return op == op_boxes_.end() ? std::nullopt : std::optional(op->second);
    }
    if (const ModelBase* inner = expanded(call->layer)) {
      return source_of(inner->outputs().at(static_cast<std::size_t>(value.output())));
    }
    const auto found = layer_boxes_.find(call->layer.shared_base().get());
    return found == layer_boxes_.end() ? std::nullopt : std::optional(found->second);
  }

  // The box that the input `i` of a layer goes into.
  std::optional<std::size_t> entry_of(const Layer& layer, std::size_t i) const {
    const ModelBase* inner = expanded(layer);
    if (inner == nullptr) {
      const auto found = layer_boxes_.find(layer.shared_base().get());
      return found == layer_boxes_.end() ? std::nullopt : std::optional(found->second);
    }
    if (i >= inner->inputs().size()) return std::nullopt;
    const auto input = op_boxes_.find(&inner->inputs()[i].node());
    if (input != op_boxes_.end()) return input->second;
    const std::vector<Layer> layers = inner->layers();
    return layers.empty() ? std::nullopt : entry_of(layers.front(), 0);
  }

  void add_box(const Layer& layer, const std::string& inputs, ModelDrawing::Group& group) {
    ModelDrawing::Box box{.name = layer.base().shown_name(),
                          .class_name = layer.class_name(),
                          .activation = activation_of(layer),
                          .inputs = inputs,
                          .outputs = "?",
                          .dtypes = "?",
                          .trainable = {}};
    if (!layer.weights().empty()) box.trainable = layer.trainable();
    const std::size_t index = drawing_.boxes.size();
    if (const auto* input = dynamic_cast<const InputLayer*>(&layer.base())) {
      box.inputs = "";
      box.outputs = shapes_of({input->value().spec()});
      box.dtypes = dtypes_of({input->value().spec()});
      op_boxes_.emplace(&input->value().node(), index);
    }
    layer_boxes_.emplace(layer.shared_base().get(), index);
    add(std::move(box), group);
  }

  void add_op(const Node& node, ModelDrawing::Group& group) {
    std::vector<TensorSpec> inputs;
    for (const Value& input : node.inputs()) inputs.push_back(input.spec());
    ModelDrawing::Box box{.name = std::string(node.op().name()),
                          .class_name = std::string(node.op().name()),
                          .activation = "",
                          .inputs = shapes_of(inputs),
                          .outputs = shapes_of(node.outputs()),
                          .dtypes = dtypes_of(node.outputs()),
                          .trainable = {}};
    try {
      box.class_name = operation_of(node).class_name;
    } catch (const StateError&) {  // an op that Keras has no class for
    }
    op_boxes_.emplace(&node, drawing_.boxes.size());
    add(std::move(box), group);
  }

  void add(ModelDrawing::Box box, ModelDrawing::Group& group) {
    group.boxes.push_back(drawing_.boxes.size());
    drawing_.boxes.push_back(std::move(box));
  }

  bool expand_nested_;
  ModelDrawing drawing_;
  std::unordered_map<const LayerBase*, std::size_t> layer_boxes_;
  std::unordered_map<const Node*, std::size_t> op_boxes_;  // of ops and of Inputs
  std::unordered_map<const ModelBase*, bool> placed_;
};

}  // namespace

ModelDrawing draw_model(const ModelBase& model, bool expand_nested) {
  return Drawer(expand_nested).draw(model);
}

}  // namespace antler
