#include "antler/layers/input.h"

#include "antler/core/options.h"
#include "antler/graph/node.h"

namespace antler {
namespace {

Shape with_batch(const Shape& shape, const InputOptions& options) {
  return shape.with_batch(options.batch_size.value_or(None));
}

struct InputKeys {
  Shape batch_shape;
  DTypeArg dtype;
  bool sparse = false;
  bool ragged = false;
  bool optional = false;
  bool trainable = true;
  std::string name;
  static void visit(auto& self, auto&& field) {
    field("batch_shape", self.batch_shape);
    field("dtype", self.dtype);
    field("sparse", self.sparse);
    field("ragged", self.ragged);
    field("optional", self.optional);
    field("trainable", self.trainable);
    field("name", self.name);
  }
};

}  // namespace

InputLayer::InputLayer(Shape batch_shape, LayerCommon common)
    : LayerBase(std::move(common)),
      batch_shape_(std::move(batch_shape)),
      value_(Node::input({batch_shape_, dtype()}, name(), true)) {}

InputLayer::InputLayer(const Value& value)
    : LayerBase({value.node().input_name(), value.dtype(), true}),
      batch_shape_(value.shape()),
      value_(value) {}

Config InputLayer::get_config() const {
  return Config::map({{"batch_shape", to_config(batch_shape_)},
                      {"dtype", antler::name(dtype())},
                      {"sparse", false},
                      {"name", name()}});
}

Value InputLayer::call(const Value& x, CallContext&) const { return x; }

Layer InputLayer::from_config(const Config& config) {
  InputKeys keys;
  options_from_config("InputLayer", config, keys, {"batch_input_shape"});
  if (const Config* old_key = config.find("batch_input_shape")) {
    antler::from_config(*old_key, keys.batch_shape);
  }
  if (keys.sparse || keys.ragged) {
    throw ValueError("InputLayer: sparse and ragged inputs are not supported");
  }
  return Layer(
      std::make_shared<InputLayer>(keys.batch_shape, LayerCommon{keys.name, keys.dtype, true}));
}

Input::Input(const Shape& shape, const InputOptions& options)
    : Layer(std::make_shared<InputLayer>(with_batch(shape, options),
                                         LayerCommon{options.name, options.dtype, true})) {}

Input::operator Value() const { return static_cast<const InputLayer&>(base()).value(); }

}  // namespace antler
