#include "antler/metrics/catalog.h"

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/core/suggest.h"
#include "antler/losses/config_dtype.h"
#include "antler/metrics/accuracy.h"
#include "antler/metrics/crossentropy.h"
#include "antler/metrics/mean.h"
#include "antler/metrics/regression.h"
#include "antler/metrics/top_k_accuracy.h"

namespace antler::metrics {
namespace {

struct Entry {
  std::string_view class_name;
  std::vector<std::string_view> functions;  // snake_case and aliases
  Metric (*make)(std::string_view class_name, const Config& config);
};

template <class M, class Options>
Metric make(std::string_view class_name, const Config& config) {
  Options options;
  options_from_config(class_name, config, options, {"dtype"});
  losses::require_float32(class_name, config);
  return M(options);
}

// To add a metric: its files in this folder, and a line here.
const std::vector<Entry>& entries() {
  static const std::vector<Entry> all = {
      {"Accuracy", {"accuracy"}, make<Accuracy, AccuracyOptions>},
      {"BinaryAccuracy", {"binary_accuracy"}, make<BinaryAccuracy, BinaryAccuracyOptions>},
      {"CategoricalAccuracy",
       {"categorical_accuracy"},
       make<CategoricalAccuracy, CategoricalAccuracyOptions>},
      {"SparseCategoricalAccuracy",
       {"sparse_categorical_accuracy"},
       make<SparseCategoricalAccuracy, SparseCategoricalAccuracyOptions>},
      {"TopKCategoricalAccuracy",
       {"top_k_categorical_accuracy"},
       make<TopKCategoricalAccuracy, TopKCategoricalAccuracyOptions>},
      {"SparseTopKCategoricalAccuracy",
       {"sparse_top_k_categorical_accuracy"},
       make<SparseTopKCategoricalAccuracy, SparseTopKCategoricalAccuracyOptions>},
      {"MeanSquaredError",
       {"mean_squared_error", "mse", "MSE"},
       make<MeanSquaredError, MeanSquaredErrorOptions>},
      {"MeanAbsoluteError",
       {"mean_absolute_error", "mae", "MAE"},
       make<MeanAbsoluteError, MeanAbsoluteErrorOptions>},
      {"RootMeanSquaredError",
       {"root_mean_squared_error"},
       make<RootMeanSquaredError, RootMeanSquaredErrorOptions>},
      {"BinaryCrossentropy",
       {"binary_crossentropy", "bce", "BCE"},
       make<BinaryCrossentropy, BinaryCrossentropyOptions>},
      {"CategoricalCrossentropy",
       {"categorical_crossentropy"},
       make<CategoricalCrossentropy, CategoricalCrossentropyOptions>},
      {"SparseCategoricalCrossentropy",
       {"sparse_categorical_crossentropy"},
       make<SparseCategoricalCrossentropy, SparseCategoricalCrossentropyOptions>},
      {"Mean", {"mean"}, make<Mean, MeanOptions>},
      {"Sum", {"sum"}, make<Sum, SumOptions>},
  };
  return all;
}

// The entry of a class or function name, or nullptr.
const Entry* find(std::string_view name) {
  for (const Entry& entry : entries()) {
    if (entry.class_name == name) return &entry;
    for (const std::string_view function : entry.functions) {
      if (function == name) return &entry;
    }
  }
  return nullptr;
}

}  // namespace

Metric get(const std::string& name) {
  const Entry* entry = find(name);
  if (entry == nullptr) throw ValueError(unknown_name("metric", name, names()));
  return entry->make(entry->class_name, Config::map({{"name", name}}));
}

Metric from_config(const std::string& class_name, const Config& config) {
  std::vector<std::string_view> classes;
  for (const Entry& entry : entries()) {
    if (entry.class_name == class_name) return entry.make(entry.class_name, config);
    classes.push_back(entry.class_name);
  }
  throw ValueError(unknown_name("metric", class_name, classes));
}

std::vector<std::string_view> names() {
  std::vector<std::string_view> all;
  for (const Entry& entry : entries()) {
    all.insert(all.end(), entry.functions.begin(), entry.functions.end());
    all.push_back(entry.class_name);
  }
  all.insert(all.end(), {"acc", "crossentropy", "ce"});
  return all;
}

}  // namespace antler::metrics
