#include "antler/models/model_base.h"

#include <algorithm>

#include "antler/autodiff/stable_forms.h"
#include "antler/core/error.h"
#include "antler/graph/origin.h"
#include "antler/graph/rewrite.h"
#include "antler/layers/layer_call.h"
#include "antler/models/host_front.h"
#include "antler/models/step_context.h"
#include "antler/models/trainer.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"

namespace antler {

ModelBase::ModelBase(LayerCommon common)
    : LayerBase(std::move(common)), trainer_(std::make_shared<Trainer>(*this)) {}

ModelBase::~ModelBase() = default;

std::string ModelBase::class_name() const {
  return is_functional() ? "Functional" : LayerBase::class_name();
}

void ModelBase::set_graph(std::vector<Value> inputs, std::vector<Value> outputs) {
  for (const Value& input : inputs) {
    if (!input || input.node().kind() != NodeKind::input || !input.node().is_symbolic()) {
      throw ValueError(shown_name() + ": expected inputs made by Input(), got a computed value");
    }
  }
  for (const auto& node : topological_order(outputs)) {
    const bool is_entry = node->kind() == NodeKind::input;
    const bool listed = std::any_of(inputs.begin(), inputs.end(),
                                    [&](const Value& v) { return &v.node() == node.get(); });
    if (is_entry && !listed) {
      throw ValueError(shown_name() + ": expected every Input of the outputs among the inputs, \"" +
                       node->input_name() + "\" " + node->outputs()[0].to_string() + " is missing");
    }
  }
  front_ = std::make_shared<HostFront>(inputs, outputs);
  inputs_ = std::move(inputs);
  outputs_ = std::move(outputs);
  graph_layers_ = layers_in_keras_order(inputs_, outputs_);
  name_layers(graph_layers_);
  std::vector<Shape> shapes;
  for (const Value& input : inputs_) shapes.push_back(input.shape());
  ensure_built(shapes);
}

void ModelBase::extend_graph(const Layer& layer, Value output) {
  outputs_ = {std::move(output)};
  graph_layers_.push_back(layer);
}

std::vector<Layer> ModelBase::layers() const {
  return is_functional() ? graph_layers_ : LayerBase::layers();
}

std::vector<std::string> ModelBase::input_names() const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    std::string name = inputs_[i].node().input_name();
    if (name.empty()) name = i == 0 ? "input_layer" : "input_layer_" + std::to_string(i);
    names.push_back(std::move(name));
  }
  if (names.empty()) names.emplace_back("x");
  return names;
}

std::vector<std::string> ModelBase::output_names() const {
  std::vector<std::string> names;
  for (const Value& output : outputs_) {
    const Node& node = output.node();
    const auto* call = node.op_as<LayerCall>();
    std::string name = call != nullptr ? call->layer.name() : "output";
    if (node.outputs().size() > 1) name += "_" + std::to_string(output.output());
    names.push_back(std::move(name));
  }
  if (names.empty()) names.emplace_back("output");
  return names;
}

// Data of another element type is cast to the Input's inside the program.
std::vector<Value> ModelBase::call_list(const std::vector<Value>& inputs,
                                        CallContext& context) const {
  if (!is_functional()) return LayerBase::call_list(inputs, context);
  const std::vector<Value>& entries = context.is_fed(this) ? program_inputs() : inputs_;
  if (inputs.size() != entries.size()) {
    throw ValueError(shown_name() + ": expected " + std::to_string(entries.size()) +
                     " inputs, got " + std::to_string(inputs.size()));
  }
  const std::vector<std::string> names = input_names();
  ValueMap replacements;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    check_shape(&entries == &inputs_ ? names[i] : entries[i].spec().to_string(), entries[i].shape(),
                inputs[i].shape());
    const Value entry = ops::cast(inputs[i], entries[i].dtype());
    if (const Value mask = context.mask(inputs[i])) context.set_mask(entry, mask);
    replacements.emplace(key_of(entries[i]), entry);
  }
  return replay(outputs_, replacements, context);
}

void ModelBase::check_shape(const std::string& name, const Shape& expected,
                            const Shape& shape) const {
  if (shape.is_compatible(expected)) return;
  throw ShapeError(shown_name() + ": expected shape " + expected.to_string() + " for input \"" +
                   name + "\", got " + shape.to_string());
}

bool ModelBase::has_host_layers() const { return front_ != nullptr && !front_->empty(); }

const std::vector<Value>& ModelBase::program_inputs() const {
  return front_ == nullptr || front_->empty() ? inputs_ : front_->fed();
}

std::vector<Tensor> ModelBase::feed(const std::vector<Tensor>& x) {
  if (!is_built()) {
    std::vector<Shape> shapes;
    for (const Tensor& tensor : x)
      shapes.push_back(tensor.shape().without_batch().with_batch(None));
    ensure_built(shapes);
  }
  if (front_ == nullptr || front_->empty()) return x;
  if (x.size() != inputs_.size()) {
    throw ValueError(shown_name() + ": expected " + std::to_string(inputs_.size()) +
                     " inputs, got " + std::to_string(x.size()));
  }
  const std::vector<std::string> names = input_names();
  for (std::size_t i = 0; i < x.size(); ++i) {
    check_shape(names[i], inputs_[i].shape(), x[i].shape());
    if ((x[i].dtype() == DType::string) == (inputs_[i].dtype() == DType::string)) continue;
    throw TypeError(shown_name() + ": expected " + std::string(antler::name(inputs_[i].dtype())) +
                    " for input \"" + names[i] + "\", got " +
                    std::string(antler::name(x[i].dtype())));
  }
  return front_->run(x);
}

Metric ModelBase::add_metric(Metric metric) {
  trainer_->add_metric(metric);
  return metric;
}

Value ModelBase::compute_loss(const std::vector<Value>& y_true, const std::vector<Value>& y_pred,
                              const std::vector<Value>& sample_weight, StepContext& context) const {
  const OriginScope origin("loss");
  const std::vector<Loss>& losses = trainer_->losses(y_true, y_pred);
  Value total;
  const auto add = [&](const Value& term) { total = total ? total + term : term; };
  for (std::size_t i = 0; i < losses.size(); ++i) {
    if (!losses[i]) continue;
    const Value loss = losses[i](y_true[i], y_pred[i], weight_of_output(sample_weight, i),
                                 context.loss_context(), context.call().mask(y_pred[i]));
    trainer_->track_output_loss(context, i, loss);
    const double weight = trainer_->loss_weight(i);
    add(weight == 1.0 ? loss : loss * weight);
  }
  const Layer self(std::const_pointer_cast<LayerBase>(shared_from_this()));
  for (const Variable& weight : self.trainable_weights()) {
    if (weight.state().regularizer) add(weight.state().regularizer(weight));
  }
  for (const Value& loss : context.call().losses()) add(loss);
  return total;
}

void ModelBase::train_step(StepContext& context) const {
  const Layer self(std::const_pointer_cast<LayerBase>(shared_from_this()));
  const std::vector<Value> y_pred = self.base().invoke(context.x, context.call());
  Value loss = compute_loss(context.y, y_pred, context.sample_weight, context);
  if (context.loss_context().stable_rewrites) {
    ValueMap replacements;
    loss = stable_forms(std::span(&loss, 1), replacements).front();
  }
  if (context.probes_wanted.finite) context.probe_finite("the loss", loss);
  context.minimize(loss);
  context.track_loss(loss);
  context.update_metrics(y_pred);
}

void ModelBase::test_step(StepContext& context) const {
  const Layer self(std::const_pointer_cast<LayerBase>(shared_from_this()));
  const std::vector<Value> y_pred = self.base().invoke(context.x, context.call());
  context.track_loss(compute_loss(context.y, y_pred, context.sample_weight, context));
  context.update_metrics(y_pred);
}

}  // namespace antler
