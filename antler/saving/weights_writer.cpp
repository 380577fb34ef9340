// A model's model.weights.h5.
#include <limits>
#include <optional>

#include "antler/core/callable.h"
#include "antler/layers/vocabulary_holder.h"
#include "antler/models/trainer.h"
#include "antler/saving/model_weights.h"
#include "antler/saving/weight_names.h"

namespace antler {
namespace {

void write_variables(const std::string& group, const std::string& name,
                     const std::vector<Variable>& variables, Hdf5Writer& file) {
  file.create_group(group);
  file.set_attribute(group, "name", name);
  for (std::size_t i = 0; i < variables.size(); ++i) {
    file.write(group + "/" + std::to_string(i), variables[i].read());
  }
}

// Keras' lookups write their weights by name, and a layer that holds one writes them twice.
void write_idf_weights(const Layer& layer, const std::string& path, Hdf5Writer& file) {
  const auto* holder = dynamic_cast<const VocabularyHolder*>(&layer.base());
  if (holder == nullptr) return;
  std::vector<std::string> groups = {path + "/vars"};
  if (!holder->inner_name().empty()) {
    groups.push_back(path + "/" + std::string(holder->inner_name()) + "/vars");
    write_variables(groups.back(), layer.base().shown_name(), {}, file);
  }
  if (holder->idf_weights().empty()) return;
  for (const std::string& group : groups) {
    file.write(group + "/" + std::string(kIdfWeights), Tensor::from(holder->idf_weights()));
  }
}

// Visits a layer and those inside it with their groups in the file. One that stands in several
// models is visited in each: when it is loaded it becomes several, as in Keras, and each finds its
// weights.
void each_layer(const Layer& layer, const std::string& path,
                const Callable<void(const Layer& layer, const std::string& path)>& visit) {
  visit(layer, path);
  const std::string prefix = path.empty() ? "" : path + "/";
  const std::vector<Layer> inner = layer.base().layers();
  std::vector<std::string> groups = layer.base().weight_groups();
  if (groups.empty()) {
    for (const std::string& name : weight_group_names(inner)) groups.push_back("layers/" + name);
  }
  for (std::size_t i = 0; i < inner.size(); ++i) each_layer(inner[i], prefix + groups[i], visit);
}

void write_layer(const Layer& layer, const std::string& path, Hdf5Writer& file) {
  write_variables(path.empty() ? "vars" : path + "/vars", layer.base().shown_name(),
                  layer.base().own_weights(), file);
  write_idf_weights(layer, path, file);
}

// Keras loads a state only with all slots: an optimizer that made no step yet is written as it will
// be when it starts.
Optimizer with_slots(const Optimizer& optimizer, const std::vector<Variable>& weights) {
  const OptimizerBase& base = optimizer.base();
  if (base.is_built() && base.trainable_variables() == weights) return optimizer;
  const Optimizer started = Optimizer::from_config(optimizer.to_config());
  started.base().build(weights);
  Variable iterations = started.base().iterations();
  iterations.assign(base.iterations().read());
  return started;
}

void write_optimizer(const Optimizer& optimizer, Hdf5Writer& file) {
  const std::string group = "optimizer/vars";
  file.create_group(group);
  file.set_attribute(group, "name", optimizer.base().name());
  const std::vector<Variable> variables = optimizer.variables();
  for (std::size_t i = 0; i < variables.size(); ++i) {
    Tensor value = variables[i].read();
    // Keras counts steps in int32 on JAX and PyTorch, in int64 on TensorFlow; all read the former.
    if (value.dtype() == DType::int64 && value.shape().rank() == 0 &&
        value.item<std::int64_t>() <= std::numeric_limits<std::int32_t>::max()) {
      value = value.astype(DType::int32);
    }
    file.write(group + "/" + std::to_string(i), value);
  }
}

}  // namespace

std::vector<std::byte> write_weights(const Model& model) {
  Hdf5Writer file;
  file.create_group("layers");
  each_layer(model, "",
             [&](const Layer& layer, const std::string& path) { write_layer(layer, path, file); });
  const Trainer& trainer = model.model_base().trainer();
  if (trainer.is_compiled() && model.is_built()) {
    write_optimizer(with_slots(trainer.optimizer(), model.trainable_weights()), file);
  }
  return file.finish();
}

std::vector<Asset> assets_of(const Model& model) {
  std::vector<Asset> assets;
  each_layer(model, "", [&](const Layer& layer, const std::string& path) {
    const auto* holder = dynamic_cast<const VocabularyHolder*>(&layer.base());
    if (holder == nullptr) return;
    const std::optional<std::string> text = holder->vocabulary_text();
    if (!text) return;
    if (!holder->inner_name().empty()) {
      assets.push_back({vocabulary_member(path + "/" + std::string(holder->inner_name())), *text});
    }
    assets.push_back({vocabulary_member(path), *text});
  });
  return assets;
}

}  // namespace antler
