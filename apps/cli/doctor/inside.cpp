#include "apps/cli/doctor/inside.h"

#include <cmath>

#include "antler/autodiff/gradients.h"
#include "antler/models/step_context.h"
#include "antler/models/trainer.h"
#include "apps/cli/doctor/patient.h"

namespace antler::cli {
namespace {

double squares_of(const Tensor& tensor) {
  const Tensor wide = tensor.astype(DType::float64);
  double sum = 0;
  for (const double element : wide.data<double>()) sum += element * element;
  return sum;
}

LayerGradient& gradient_of(std::vector<LayerGradient>& gradients, const std::string& path) {
  const std::string layer = path.substr(0, path.rfind('/'));
  if (gradients.empty() || gradients.back().layer != layer) gradients.push_back({.layer = layer});
  return gradients.back();
}

}  // namespace

double LayerGradient::size() const {
  return elements == 0 ? 0 : std::sqrt(squares / static_cast<double>(elements));
}

Inside look_inside(const Patient& patient) {
  ModelBase& base = patient.model().model_base();
  Inside inside;
  std::vector<Value> wanted, weighted;
  std::vector<std::size_t> weighted_places;  // among the layers
  StepContext context(base.trainer(), {.training = false});
  context.call().observer = [&](const LayerBase& layer, const std::vector<Value>& outputs) {
    if (outputs.size() != 1 || !is_floating(outputs[0].dtype())) return;
    inside.layers.push_back({.name = layer.name(),
                             .class_name = layer.class_name(),
                             .activation = activation_of(layer)});
    wanted.push_back(outputs[0]);
    if (layer.own_weights().empty() || !layer.own_weights().front().trainable()) return;
    weighted.push_back(outputs[0]);
    weighted_places.push_back(inside.layers.size() - 1);
  };
  context.call().set_fed(&base);  // layers for strings run before the program
  for (const Tensor& x : base.trainer().predict_inputs(patient.sample_x)) context.x.emplace_back(x);
  context.y.emplace_back(patient.sample_y);
  const std::vector<Value> outputs = base.invoke(context.x, context.call());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    inside.layers[i].is_last = wanted[i].is_same(outputs.front());
  }
  const Value loss = base.compute_loss(context.y, outputs, {}, context);
  const std::vector<Variable> weights = patient.model().trainable_weights();
  std::vector<Variable> reached;
  for (const Value& slope : gradients(loss, weights)) {
    const Variable& weight = weights[reached.size()];
    reached.push_back(weight);
    wanted.push_back(slope ? slope : Value(Tensor::zeros(weight.shape())));
  }
  for (const Value& slope : gradients(loss, weighted)) {
    wanted.push_back(slope ? slope : Value(Tensor::zeros(Shape())));
  }
  wanted.push_back(loss);

  const std::vector<Tensor> read = evaluate(wanted);
  for (std::size_t i = 0; i < inside.layers.size(); ++i) inside.layers[i].values = read[i];
  for (std::size_t i = 0; i < reached.size(); ++i) {
    LayerGradient& gradient = gradient_of(inside.gradients, reached[i].path());
    gradient.elements += reached[i].size();
    gradient.squares += squares_of(read[inside.layers.size() + i]);
  }
  for (std::size_t i = 0; i < weighted.size(); ++i) {
    const Tensor& slope = read[inside.layers.size() + reached.size() + i];
    inside.layers[weighted_places[i]].slope =
        std::sqrt(squares_of(slope) / static_cast<double>(slope.size()));
  }
  inside.loss = read.back().item<double>();
  return inside;
}

}  // namespace antler::cli
