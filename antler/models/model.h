#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "antler/core/flat_map.h"
#include "antler/data/dataset.h"
#include "antler/layers/layer_registry.h"
#include "antler/models/arguments.h"
#include "antler/models/callback.h"
#include "antler/models/compile_options.h"
#include "antler/models/history.h"
#include "antler/models/logs.h"
#include "antler/models/model_base.h"

namespace antler {

extern template class ItemList<std::pair<std::int64_t, double>>;

struct ModelOptions {
  NamedOnly named_only = NamedOnly();
  std::vector<Value> inputs = {};
  std::vector<Value> outputs = {};
  std::string name = {};
};

/// Data for validation: none, {x, y}, {x, y, sample_weight} or a Dataset.
struct ValidationData {
  ValidationData();
  ValidationData(DataArg x, DataArg y, DataArg sample_weight = {});
  ValidationData(Dataset data);

  bool empty() const { return dataset == nullptr && x.empty(); }

  DataArg x = {}, y = {}, sample_weight = {};
  std::shared_ptr<const Dataset> dataset = {};
};

/// fit's arguments, as Keras'.  Source  keras.Model.fit.
struct FitOptions {
  NamedOnly named_only = NamedOnly();
  /// Examples a step; 32. The last, smaller batch is kept.
  std::optional<std::int64_t> batch_size = {};
  int epochs = 1;
  Verbose verbose = "auto";
  std::vector<Callback> callbacks = {};
  /// The last part of the data, taken before shuffling, is kept for validation.
  double validation_split = 0.0;
  ValidationData validation_data = {};
  bool shuffle = true;
  /// A factor of the loss for each class; other classes count 1. Not with sample_weight.
  FlatMap<std::int64_t, double> class_weight = {};
  /// A factor of the loss for each example, of all outputs or of each: {{"price", w}, {"kind", v}}.
  DataArg sample_weight = {};
  /// Where to go on: epochs are counted up to `epochs`.
  int initial_epoch = 0;
  std::optional<std::int64_t> steps_per_epoch = {};
  std::optional<std::int64_t> validation_steps = {};
  std::optional<std::int64_t> validation_batch_size = {};
  int validation_freq = 1;
};

struct EvaluateOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::int64_t> batch_size = {};
  Verbose verbose = 0;
  DataArg sample_weight = {};
  std::optional<std::int64_t> steps = {};
  std::vector<Callback> callbacks = {};
};

struct PredictOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::int64_t> batch_size = {};
  Verbose verbose = 0;
  std::optional<std::int64_t> steps = {};
  std::vector<Callback> callbacks = {};
};

struct SummaryOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<int> line_length = {};
  bool expand_nested = false;
  bool show_trainable = false;
  /// Below Keras' table: what compile knows for batches of this size; none when 0.
  std::int64_t batch_size = 32;
};

/// A model with Keras' methods: a handle, copies are the same model.
///
///   Value a = Input({8}), b = Input({3});
///   Model two({.inputs = {a, b}, .outputs = {Dense(1)(Concatenate()({a, b}))}});
///
/// Shapes   x as the inputs, y as the losses want it; examples are the first axis of both.
/// Types    data is cast to its Input's dtype; predictions have their layer's.
/// Errors   StateError before compile or build, ShapeError and ValueError for data that does not
///          fit, with the layer or argument by name.
/// Threads  predict, predict_on_batch and calls may run in several threads at once; all else needs
///          the model alone.
/// Source   keras.Model.
class Model : public Layer {
 public:
  Model() = default;
  /// The functional model between symbolic values.
  Model(const ModelOptions& options);
  explicit Model(std::shared_ptr<ModelBase> base) : Layer(std::move(base)) {}

  ModelBase& model_base() const { return static_cast<ModelBase&>(base()); }

  void compile(const CompileOptions& options = {}) const;
  /// Trains; returns the logs of every epoch.
  History fit(const DataArg& x, const DataArg& y, const FitOptions& options = {}) const;
  /// The same from batches as the Dataset makes them; batch_size and shuffle are the Dataset's.
  History fit(const Dataset& data, const FitOptions& options = {}) const;
  Logs evaluate(const DataArg& x, const DataArg& y, const EvaluateOptions& options = {}) const;
  Logs evaluate(const Dataset& data, const EvaluateOptions& options = {}) const;
  /// The (first) output for every example.
  Tensor predict(const DataArg& x, const PredictOptions& options = {}) const;
  /// All outputs.
  std::vector<Tensor> predict_all(const DataArg& x, const PredictOptions& options = {}) const;
  /// The same for the batches of a Dataset, in its order. A template, so that `{a, b}` is two
  /// inputs and never a Dataset of them.
  template <std::derived_from<Dataset> Data>
  Tensor predict(const Data& data, const PredictOptions& options = {}) const {
    return predict_first(data, options);
  }
  template <std::derived_from<Dataset> Data>
  std::vector<Tensor> predict_all(const Data& data, const PredictOptions& options = {}) const {
    return predict_dataset(data, options);
  }

  /// One step on one batch; the results are that batch's alone.
  Logs train_on_batch(const DataArg& x, const DataArg& y, const DataArg& sample_weight = {},
                      const FlatMap<std::int64_t, double>& class_weight = {}) const;
  Logs test_on_batch(const DataArg& x, const DataArg& y, const DataArg& sample_weight = {}) const;
  Tensor predict_on_batch(const DataArg& x) const;

  std::vector<Layer> layers() const;
  std::vector<Value> inputs() const;
  std::vector<Value> outputs() const;
  /// Errors: ValueError with the nearest name, or for an index out of range.
  Layer get_layer(const std::string& name) const;
  Layer get_layer(int index) const;

  const Optimizer& optimizer() const;
  /// Names as in the logs; complete after the first batch.
  std::vector<std::string> metrics_names() const;
  /// fit ends after the present batch.
  void stop_training() const;
  bool is_stopping() const;

  /// Keras' table of layers, and below it what compile knows.
  std::string summary(const SummaryOptions& options = {}) const;

  /// The model of what get_config gives, with new weights; classes of your own come by name. See
  /// antler/models/model_config.h. Errors: as model_from_config.
  static Model from_config(const Config& config, const CustomObjects& custom_objects = {});
  /// The serialized model, compile's arguments included, as text: model_from_json reads it, and
  /// Keras does. `indent` below 0 gives one line. See antler/saving/saving.h.
  std::string to_json(int indent = -1) const;

  /// Writes a .keras file. Errors: FileError, StateError. See antler/saving/saving.h.
  void save(const std::string& path) const;
  void save_weights(const std::string& path) const;
  void load_weights(const std::string& path) const;

 private:
  Tensor predict_first(const Dataset& data, const PredictOptions& options) const;
  std::vector<Tensor> predict_dataset(const Dataset& data, const PredictOptions& options) const;
};

/// A model of a user's class, which derives from ModelBase. Arguments go to its constructor.
///
/// Source  keras.Model, subclassed.
template <class T, class... Arguments>
Model make_model(Arguments&&... arguments) {
  auto base = std::make_shared<T>(std::forward<Arguments>(arguments)...);
  base->set_type_name(detail::type_name<T>());
  if (base->name().empty()) base->set_name(base->shown_name(), true);
  return Model(std::static_pointer_cast<ModelBase>(base));
}

}  // namespace antler
