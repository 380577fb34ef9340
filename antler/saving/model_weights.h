#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/graph/variable.h"
#include "antler/models/model.h"
#include "antler/optimizers/optimizer.h"
#include "antler/saving/hdf5_file.h"

// model.weights.h5: `layers/<class>[_k]/vars/<i>` for each layer, counted by class within its
// model, nested models likewise inside; `optimizer/vars/<i>`.
namespace antler {

/// The dataset of a lookup's idf_weights, in the group of its weights.
inline constexpr std::string_view kIdfWeights = "idf_weights";

/// A member of a .keras file beside config and weights.
struct Asset {
  std::string member;
  std::string text;
};

/// The vocabularies that the config of the model does not have.
std::vector<Asset> assets_of(const Model& model);

/// The member that holds the vocabulary of the layer whose weights are in `group`.
std::string vocabulary_member(const std::string& group);

/// The weights of the model, and the optimizer's state when it is compiled.
std::vector<std::byte> write_weights(const Model& model);

/// What is to be set, once all of a file was found to fit.
class WeightUpdate {
 public:
  void add(const Variable& variable, Tensor value) {
    values_.emplace_back(variable, std::move(value));
  }
  void add_idf_weights(const Layer& layer, std::vector<float> weights) {
    idf_weights_.emplace_back(layer, std::move(weights));
  }
  /// Errors: ValueError, before any weight is set, for idf_weights that do not fit.
  void apply();

  /// A layer with a vocabulary, found in this group.
  void add_holder(const Layer& layer, std::string group) {
    holders_.emplace_back(layer, std::move(group));
  }
  const std::vector<std::pair<Layer, std::string>>& holders() const { return holders_; }

 private:
  std::vector<std::pair<Layer, std::vector<float>>> idf_weights_;
  std::vector<std::pair<Layer, std::string>> holders_;
  std::vector<std::pair<Variable, Tensor>> values_;
};

/// The weights of every layer. Layers of a class are told apart by the names in the file where it
/// has all of them, else by their order.
///
/// Errors  FileError naming the weight in the file and the layer: a layer or weight that is missing
///         or too many, another shape or kind of number; StateError for a model that has no weights
///         yet.
void read_layer_weights(const Model& model, const Hdf5Reader& file, const std::string& what,
                        WeightUpdate& update);

/// The state of an optimizer that is built; the start when the file has no slots, as Keras writes
/// it before the first step. False, and nothing to set, when it does not fit the optimizer.
bool read_optimizer_weights(const Optimizer& optimizer, const Hdf5Reader& file,
                            WeightUpdate& update);

/// The elements of all datasets.
std::int64_t element_count(const Hdf5Reader& file);

}  // namespace antler
