// The weights of a layer and of the layers inside it.
#include <algorithm>

#include "antler/core/error.h"
#include "antler/layers/layer.h"

namespace antler {
namespace {

struct Collected {
  std::vector<Variable> trainable, frozen;

  static void add(std::vector<Variable>& list, const Variable& variable) {
    if (std::find(list.begin(), list.end(), variable) == list.end()) list.push_back(variable);
  }
  // A layer that is not trainable freezes all that is inside it.
  void visit(const LayerBase& layer, bool trainable) {
    const bool trains = trainable && layer.trainable();
    for (const Variable& variable : layer.own_weights()) {
      add(trains && variable.trainable() ? this->trainable : frozen, variable);
    }
    for (const Layer& inner : layer.layers()) visit(inner.base(), trains);
  }
};

}  // namespace

std::vector<Variable> Layer::trainable_weights() const {
  Collected collected;
  collected.visit(*base_, true);
  return collected.trainable;
}

std::vector<Variable> Layer::non_trainable_weights() const {
  Collected collected;
  collected.visit(*base_, true);
  return collected.frozen;
}

// Keras lists a layer's weights as its own (trainable first), then those of the layers inside.
std::vector<Variable> Layer::weights() const {
  std::vector<Variable> all;
  for (const Variable& variable : base_->own_weights()) Collected::add(all, variable);
  for (const Layer& inner : base_->layers()) {
    for (const Variable& variable : inner.weights()) Collected::add(all, variable);
  }
  return all;
}

std::int64_t Layer::count_params() const {
  std::int64_t count = 0;
  for (const Variable& variable : weights()) count += variable.size();
  return count;
}

std::vector<Tensor> Layer::get_weights() const {
  std::vector<Tensor> values;
  for (const Variable& variable : weights()) values.push_back(variable.read());
  return values;
}

void Layer::set_weights(const std::vector<Tensor>& values) const {
  const std::vector<Variable> variables = weights();
  if (values.size() != variables.size()) {
    throw ValueError(base_->error_prefix() + "expected " + std::to_string(variables.size()) +
                     " weights, got " + std::to_string(values.size()) +
                     (is_built() ? "" : "; it is not built yet: call it once or give it an Input"));
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].shape() != variables[i].shape()) {
      throw ShapeError(base_->error_prefix() + "expected shape " +
                       variables[i].shape().to_string() + " for " + variables[i].path() + ", got " +
                       values[i].shape().to_string());
    }
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    Variable variable = variables[i];
    variable.assign(values[i].astype(variable.dtype()));
  }
}

}  // namespace antler
