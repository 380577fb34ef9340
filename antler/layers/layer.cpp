#include "antler/layers/layer.h"

#include <algorithm>
#include <atomic>

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/core/serialized.h"
#include "antler/graph/origin.h"
#include "antler/layers/layer_call.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"

namespace antler {

// ---------------------------------------------------------------------------- LayerBase

struct LayerBase::CallCounter {
  std::atomic<std::int64_t> count = 0;
};

LayerBase::LayerBase(LayerCommon common)
    : common_(std::move(common)), eager_calls_(std::make_shared<CallCounter>()) {}

LayerBase::~LayerBase() = default;

void LayerBase::build(const Shape&) {}

void LayerBase::build_list(const std::vector<Shape>& inputs) {
  build(inputs.empty() ? Shape() : inputs.front());
}

Value LayerBase::call(const Value&, CallContext&) const {
  throw StateError("the class must override call() or call_list()");
}

std::vector<Value> LayerBase::call_list(const std::vector<Value>& inputs,
                                        CallContext& context) const {
  if (inputs.size() != 1) {
    throw ShapeError("expected one input, got " + std::to_string(inputs.size()));
  }
  return {call(inputs.front(), context)};
}

Value LayerBase::compute_mask(const std::vector<Value>& inputs, const CallContext& context) const {
  if (!supports_masking() || inputs.empty()) return Value();
  return context.mask(inputs.front());
}

Config LayerBase::get_config() const {
  Config config =
      Config::map({{"name", name()}, {"trainable", trainable()}, {"dtype", antler::name(dtype())}});
  if (common_.activity_regularizer) {
    config.set("activity_regularizer", to_config(common_.activity_regularizer));
  }
  return config;
}

Config LayerBase::get_build_config() const {
  if (built_shapes_.empty()) return Config();
  return Config::map({{"input_shape", built_shapes_.size() == 1 ? to_config(built_shapes_.front())
                                                                : to_config(built_shapes_)}});
}

std::vector<Layer> LayerBase::layers() const { return {inner_.begin(), inner_.end()}; }

void LayerBase::set_trainable(bool trainable) {
  common_.trainable = trainable;
  for (const Layer& layer : layers()) layer.set_trainable(trainable);
}

std::vector<Variable> LayerBase::own_weights() const {
  std::vector<Variable> ordered = weights_;
  std::stable_partition(ordered.begin(), ordered.end(),
                        [](const Variable& v) { return v.trainable(); });
  return ordered;
}

void LayerBase::ensure_built(const std::vector<Shape>& inputs) {
  if (built_) return;
  const auto run = [&] {
    build_list(inputs);
    built_shapes_ = inputs;
    built_ = true;
  };
  is_model() ? run() : with_error_prefix(error_prefix(), run);
}

void LayerBase::check_arguments(const std::vector<Value>& inputs,
                                const CallOptions& options) const {
  const std::vector<std::string_view> known = call_arguments();
  for (const std::string_view name : options.given()) {
    if (std::count(known.begin(), known.end(), name) > 0) continue;
    throw ValueError(error_prefix() + "expected no argument \"" + std::string(name) +
                     "\" of its call; the layer does not take it");
  }
  // Layers of query, value and key may be told the mask of a key that is not given.
  const bool takes_key = std::count(known.begin(), known.end(), "key_mask") > 0;
  if (options.mask.size() > (takes_key ? std::max<std::size_t>(inputs.size(), 3) : inputs.size())) {
    throw ValueError(error_prefix() + "expected at most one mask an input, got " +
                     std::to_string(options.mask.size()) + " for " + std::to_string(inputs.size()) +
                     " inputs");
  }
}

std::vector<Value> LayerBase::invoke(const std::vector<Value>& inputs, CallContext& context,
                                     const CallOptions& options) {
  check_arguments(inputs, options);
  const OriginScope origin(is_model() ? std::string_view() : name());
  if (!built_) {
    std::vector<Shape> shapes;
    for (const Value& input : inputs) shapes.push_back(input.shape());
    ensure_built(shapes);
  }
  std::vector<Value> own;
  for (const Value& input : inputs) {
    own.push_back(is_model() ? input : in_own_dtype(input, context));
  }
  std::vector<Value> travelling;
  for (const Value& input : own) travelling.push_back(context.mask(input));
  const CallScope scope(context, own, options);
  // Masks with names of their own, as query_mask, are each given or left; a list is given whole.
  for (std::size_t i = 0; i < std::min(options.mask.size(), own.size()); ++i) {
    if (!options.mask[i] && !takes_list(own.size())) context.set_mask(own[i], travelling[i]);
  }
  if (is_model()) return call_list(own, context);
  const std::vector<Value> outputs = with_error_prefix(error_prefix(), [&] {
    std::vector<Value> values = call_list(own, context);
    if (values.empty()) throw StateError("call_list() must return at least one value");
    if (const Value mask = compute_mask(own, context)) context.set_mask(values[0], mask);
    return values;
  });
  if (context.observer && layers().empty()) context.observer(*this, outputs);
  if (!common_.activity_regularizer) return outputs;
  for (const Value& output : outputs) {
    const auto batch = output.rank() == 0
                           ? 1.0
                           : static_cast<double>(std::max<std::int64_t>(1, output.shape()[0]));
    context.add_loss(common_.activity_regularizer.get()(output) / batch);
  }
  return outputs;
}

// Keras' autocast: floats take the layer's type, integers stay.
Value LayerBase::in_own_dtype(const Value& input, CallContext& context) const {
  if (!is_floating(input.dtype()) || !is_floating(dtype()) || input.dtype() == dtype()) {
    return input;
  }
  const Value own = ops::cast(input, dtype());
  if (const Value mask = context.mask(input)) context.set_mask(own, mask);
  return own;
}

std::string LayerBase::shown_name() const {
  return name().empty() ? snake_case(class_name()) : name();
}

std::string LayerBase::error_prefix() const { return shown_name() + " (" + class_name() + "): "; }

void LayerBase::set_name(std::string name, bool is_automatic) {
  common_.name = std::move(name);
  has_automatic_name_ = is_automatic;
  for (Variable& variable : weights_) variable.set_path(common_.name + "/" + variable.name());
}

void LayerBase::limit_weights(std::int64_t elements) {
  weight_limit_ = elements;
  for (const Layer& layer : layers()) layer.base().limit_weights(elements);
}

Variable LayerBase::add_weight(const WeightOptions& options) {
  if (!options.shape.is_known()) {
    throw ShapeError("weight \"" + options.name + "\": expected known sizes, got " +
                     options.shape.to_string() + "; give Input() the missing size");
  }
  std::int64_t room = weight_limit_;
  for (const std::int64_t size : options.shape) {
    if (size > room) {
      throw ShapeError("weight \"" + options.name + "\": expected at most " +
                       std::to_string(weight_limit_) +
                       " elements, as many as its file may hold, got " + options.shape.to_string());
    }
    if (size > 0) room /= size;
  }
  const Variable variable(
      options.initializer.get()(options.shape, options.dtype.value_or(common_.dtype.get())),
      {options.name, options.trainable});
  variable.state().path = shown_name() + "/" + options.name;
  if (options.regularizer) variable.state().regularizer = options.regularizer.get();
  if (options.constraint) variable.state().constraint = options.constraint.get();
  weights_.push_back(variable);
  return variable;
}

void LayerBase::share_weight(const Variable& weight) { weights_.push_back(weight); }

void LayerBase::track(const Layer& layer) {
  if (!layer) return;
  layer.base().limit_weights(std::min(weight_limit_, layer.base().weight_limit_));
  inner_.push_back(layer.shared_base());
}

// ---------------------------------------------------------------------------- calling

namespace {

bool any_symbolic(const std::vector<Value>& inputs) {
  return std::any_of(inputs.begin(), inputs.end(),
                     [](const Value& v) { return v && v.node().is_symbolic(); });
}

// Errors of a recorded call come from the layer and carry its name already.
std::vector<Value> record(const Layer& layer, std::vector<Value> inputs,
                          const CallOptions& options) {
  std::vector<Shape> shapes;
  for (const Value& input : inputs) shapes.push_back(input.shape());
  layer.base().ensure_built(shapes);
  for (const Value& value : options.values()) inputs.push_back(value);
  std::vector<Value> outputs = apply_all(LayerCall{layer, options}, std::move(inputs));
  if (layer.base().first_call.expired()) {
    layer.base().first_call = outputs.front().shared_node();
  }
  return outputs;
}

bool is_symbolic(const std::vector<Value>& inputs, const CallOptions& options) {
  return any_symbolic(inputs) || any_symbolic(options.values());
}

// As in the body of a Function, whose values come when it is called.
bool depend_on_input(const std::vector<Value>& values) {
  const auto order = topological_order(values);
  return std::any_of(order.begin(), order.end(),
                     [](const auto& node) { return node->kind() == NodeKind::input; });
}

void require_call(const Layer& layer, const std::vector<Value>& inputs) {
  if (!layer) throw StateError("expected a layer to call, got an empty handle");
  if (!inputs.empty()) return;
  throw ShapeError(layer.base().error_prefix() + "expected at least one input, got none");
}

}  // namespace

std::vector<Value> LayerBase::invoke_eagerly(const std::vector<Value>& inputs,
                                             const CallOptions& options) {
  CallContext context;
  context.set_own_step(eager_calls_->count.fetch_add(1));
  const std::vector<Value> outputs = invoke(inputs, context, options);
  std::vector<Value> fresh;
  ValueMap old;
  for (const Assignment& change : context.updates().assignments()) {
    fresh.push_back(change.value);
    old.emplace(key_of(change.variable.value()), change.variable.read());
  }
  if (fresh.empty() || depend_on_input(fresh)) return outputs;
  // Values are computed when they are asked for: those made of the old states keep them.
  const std::vector<Value> kept = rewrite(outputs, old, reapply);
  const std::vector<Tensor> values = evaluate(fresh);
  for (std::size_t i = 0; i < values.size(); ++i) {
    Variable variable = context.updates().assignments()[i].variable;
    variable.assign(values[i]);
  }
  return kept;
}

std::vector<Value> Layer::call_all(const std::vector<Value>& inputs, CallContext& context,
                                   const CallOptions& options) const {
  require_call(*this, inputs);
  return is_symbolic(inputs, options) ? record(*this, inputs, options)
                                      : base_->invoke(inputs, context, options);
}

std::vector<Value> Layer::call_all(const std::vector<Value>& inputs,
                                   const CallOptions& options) const {
  require_call(*this, inputs);
  return is_symbolic(inputs, options) ? record(*this, inputs, options)
                                      : base_->invoke_eagerly(inputs, options);
}

Value Layer::operator()(const Value& x) const { return call_all({x}).front(); }

Value Layer::operator()(const std::vector<Value>& inputs) const { return call_all(inputs).front(); }

Value Layer::operator()(const Value& x, CallContext& context) const {
  return call_all({x}, context).front();
}

Value Layer::operator()(const std::vector<Value>& inputs, CallContext& context) const {
  return call_all(inputs, context).front();
}

Value Layer::operator()(const Value& x, const CallOptions& options) const {
  return call_all({x}, options).front();
}

Value Layer::operator()(const std::vector<Value>& inputs, const CallOptions& options) const {
  return call_all(inputs, options).front();
}

Value Layer::input() const {
  const auto call = base_->first_call.lock();
  if (call == nullptr) {
    throw StateError(base_->error_prefix() + "was not called in a model yet");
  }
  return call->inputs().front();
}

Value Layer::output() const {
  const auto call = base_->first_call.lock();
  if (call == nullptr) {
    throw StateError(base_->error_prefix() + "was not called in a model yet");
  }
  return {call, 0};
}

}  // namespace antler
