// The weights of a model.weights.h5, checked before any is set.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "antler/core/error.h"
#include "antler/core/serialized.h"
#include "antler/layers/vocabulary_holder.h"
#include "antler/saving/model_weights.h"
#include "antler/saving/weight_names.h"

namespace antler {
namespace {

bool is_same_kind(DType a, DType b) { return is_floating(a) == is_floating(b); }

std::string layer_title(const Layer& layer) {
  return layer.base().shown_name() + " (" + layer.class_name() + ")";
}

class WeightsReader {
 public:
  WeightsReader(const Hdf5Reader& file, std::string what, WeightUpdate& update)
      : file_(file), what_(std::move(what)), update_(update) {}

  void read(const Layer& layer, const std::string& path) {
    if (!visited_.insert(layer.shared_base().get()).second) return;
    const std::string prefix = path.empty() ? "" : path + "/";
    read_own(layer, path, prefix + "vars");
    const std::vector<Layer> inner = layer.base().layers();
    const std::vector<std::string> fixed = layer.base().weight_groups();
    if (!fixed.empty()) {
      for (std::size_t i = 0; i < inner.size(); ++i) read(inner[i], prefix + fixed[i]);
      return;
    }
    const std::vector<std::string> groups = groups_of(inner, prefix + "layers/");
    for (std::size_t i = 0; i < inner.size(); ++i) {
      read(inner[i], prefix + "layers/" + groups[i]);
    }
    require_no_others(layer, prefix + "layers", groups);
  }

 private:
  [[noreturn]] void fail(const std::string& path, const std::string& text) const {
    throw FileError(what_ + ": " + path + ": " + text);
  }

  void read_own(const Layer& layer, const std::string& path, const std::string& group) {
    const std::vector<Variable> weights = layer.base().own_weights();
    const std::int64_t extra = read_vocabulary_weights(layer, path, group);
    if (weights.empty() && !file_.exists(group)) return;
    if (!file_.exists(group)) {
      fail(path.empty() ? group : path, "expected the " + std::to_string(weights.size()) +
                                            " weights of " + layer_title(layer) + ", got none");
    }
    const std::size_t count = file_.datasets(group).size() - static_cast<std::size_t>(extra);
    if (count != weights.size()) {
      fail(group, "expected the " + std::to_string(weights.size()) + " weights of " +
                      layer_title(layer) + ", got " + std::to_string(count) +
                      (layer.is_built() ? "" : "; the layer is not built: call the model once"));
    }
    for (std::size_t i = 0; i < count; ++i) {
      read_weight(layer, weights[i], group + "/" + std::to_string(i));
    }
  }

  // Those of a lookup, which have a name; returns how many datasets they are.
  std::int64_t read_vocabulary_weights(const Layer& layer, const std::string& path,
                                       const std::string& group) {
    const auto* holder = dynamic_cast<const VocabularyHolder*>(&layer.base());
    if (holder == nullptr) return 0;
    update_.add_holder(layer, path);
    const std::string dataset = group + "/" + std::string(kIdfWeights);
    if (!holder->has_idf_weights() || !file_.exists(dataset)) return 0;
    const Tensor weights = file_.read(dataset).astype(DType::float32);
    const std::span<const float> numbers = weights.data<float>();
    update_.add_idf_weights(layer, {numbers.begin(), numbers.end()});
    return 1;
  }

  void read_weight(const Layer& layer, const Variable& weight, const std::string& path) {
    const std::string title = weight.name() + " of " + layer_title(layer);
    if (!file_.exists(path)) fail(path, "expected the weight " + title + ", got none");
    const Shape shape = file_.shape(path);
    if (shape != weight.shape()) {
      fail(path, "expected shape " + weight.shape().to_string() + " for the weight " + title +
                     ", got " + shape.to_string());
    }
    Tensor value = file_.read(path);
    if (!is_same_kind(value.dtype(), weight.dtype())) {
      fail(path, "expected " + std::string(name(weight.dtype())) + " for the weight " + title +
                     ", got " + std::string(name(value.dtype())));
    }
    update_.add(weight, value.astype(weight.dtype()));
  }

  // The groups of layers by the names that the file gives them, for each class where they are all
  // there and the same as ours; else in the order of the layers.
  std::vector<std::string> groups_of(const std::vector<Layer>& layers,
                                     const std::string& prefix) const {
    std::vector<std::string> groups = weight_group_names(layers);
    std::unordered_map<std::string, std::vector<std::size_t>> by_class;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      by_class[layers[i].class_name()].push_back(i);
    }
    for (const auto& [class_name, indices] : by_class) {
      std::unordered_map<std::string, std::string> group_of;
      for (const std::size_t i : indices) {
        const std::string vars = prefix + groups[i] + "/vars";
        if (!file_.exists(vars)) break;
        if (const auto name = file_.string_attribute(vars, "name")) group_of[*name] = groups[i];
      }
      // Layers without names of their own, inside a user's class, all have that of the class.
      std::unordered_set<std::string> matched;
      for (const std::size_t i : indices) {
        const std::string name = layers[i].base().shown_name();
        if (group_of.count(name) > 0) matched.insert(name);
      }
      const bool all_named = matched.size() == indices.size();
      if (!all_named) continue;
      for (const std::size_t i : indices) groups[i] = group_of[layers[i].base().shown_name()];
    }
    return groups;
  }

  void require_no_others(const Layer& layer, const std::string& folder,
                         const std::vector<std::string>& known) const {
    if (!file_.exists(folder)) return;
    for (const std::string& group : file_.groups(folder)) {
      if (std::find(known.begin(), known.end(), group) != known.end()) continue;
      const std::string vars = folder + "/" + group + "/vars";
      if (!file_.exists(vars) || file_.datasets(vars).empty()) continue;
      fail(folder + "/" + group,
           "expected only the layers of " + layer_title(layer) + ", got weights of one more");
    }
  }

  const Hdf5Reader& file_;
  const std::string what_;
  WeightUpdate& update_;
  std::unordered_set<const LayerBase*> visited_;
};

void count_elements(const Hdf5Reader& file, const std::string& path, std::int64_t& count) {
  const std::string prefix = path.empty() ? "" : path + "/";
  for (const std::string& name : file.datasets(path)) count += file.shape(prefix + name).size();
  for (const std::string& name : file.groups(path)) count_elements(file, prefix + name, count);
}

}  // namespace

std::string vocabulary_member(const std::string& group) {
  return "assets/" + group + "/" + std::string(kVocabularyFile);
}

void WeightUpdate::apply() {
  for (auto& [layer, weights] : idf_weights_) {
    dynamic_cast<VocabularyHolder&>(layer.base()).set_idf_weights(std::move(weights));
  }
  for (auto& [variable, value] : values_) variable.assign(value);
}

void read_layer_weights(const Model& model, const Hdf5Reader& file, const std::string& what,
                        WeightUpdate& update) {
  WeightsReader(file, what, update).read(model, "");
}

bool read_optimizer_weights(const Optimizer& optimizer, const Hdf5Reader& file,
                            WeightUpdate& update) {
  const std::string group = "optimizer/vars";
  if (!file.exists(group)) return true;
  std::vector<Variable> variables = optimizer.variables();
  const std::size_t count = file.datasets(group).size();
  if (count != variables.size()) variables = optimizer.base().variables_before_build();
  if (count != variables.size()) return false;
  std::vector<Tensor> values;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string path = group + "/" + std::to_string(i);
    if (!file.exists(path) || file.shape(path) != variables[i].shape()) return false;
    const Tensor value = file.read(path);
    if (!is_same_kind(value.dtype(), variables[i].dtype())) return false;
    values.push_back(value.astype(variables[i].dtype()));
  }
  if (!values.empty() && values[0].item<std::int64_t>() < 0) return false;
  for (std::size_t i = 0; i < count; ++i) update.add(variables[i], values[i]);
  return true;
}

std::int64_t element_count(const Hdf5Reader& file) {
  std::int64_t count = 0;
  count_elements(file, "", count);
  return count;
}

}  // namespace antler
