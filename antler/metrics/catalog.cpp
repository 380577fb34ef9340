#include "antler/metrics/catalog.h"

#include "antler/core/class_table.h"
#include "antler/losses/config_dtype.h"
#include "antler/metrics/accuracy.h"
#include "antler/metrics/crossentropy.h"
#include "antler/metrics/mean.h"
#include "antler/metrics/regression.h"
#include "antler/metrics/top_k_accuracy.h"

namespace antler::metrics {
namespace {

template <class M, class Options>
Metric make(std::string_view class_name, const Config& config) {
  Options options;
  options_from_config(class_name, config, options, {"dtype"});
  losses::require_float32(class_name, config);
  return M(options);
}

// To add a metric: its files in this folder, and a line here.
std::span<const ClassEntry<Metric>> table() {
  static const std::vector<ClassEntry<Metric>> entries = {
      {"Accuracy",
       {},
       [](const Config& c) { return make<Accuracy, AccuracyOptions>("Accuracy", c); }},
      {"BinaryAccuracy",
       {},
       [](const Config& c) {
         return make<BinaryAccuracy, BinaryAccuracyOptions>("BinaryAccuracy", c);
       }},
      {"CategoricalAccuracy",
       {},
       [](const Config& c) {
         return make<CategoricalAccuracy, CategoricalAccuracyOptions>("CategoricalAccuracy", c);
       }},
      {"SparseCategoricalAccuracy",
       {},
       [](const Config& c) {
         return make<SparseCategoricalAccuracy, SparseCategoricalAccuracyOptions>(
             "SparseCategoricalAccuracy", c);
       }},
      {"TopKCategoricalAccuracy",
       {},
       [](const Config& c) {
         return make<TopKCategoricalAccuracy, TopKCategoricalAccuracyOptions>(
             "TopKCategoricalAccuracy", c);
       }},
      {"SparseTopKCategoricalAccuracy",
       {},
       [](const Config& c) {
         return make<SparseTopKCategoricalAccuracy, SparseTopKCategoricalAccuracyOptions>(
             "SparseTopKCategoricalAccuracy", c);
       }},
      {"MeanSquaredError",
       {"mse", "MSE"},
       [](const Config& c) {
         return make<MeanSquaredError, MeanSquaredErrorOptions>("MeanSquaredError", c);
       }},
      {"MeanAbsoluteError",
       {"mae", "MAE"},
       [](const Config& c) {
         return make<MeanAbsoluteError, MeanAbsoluteErrorOptions>("MeanAbsoluteError", c);
       }},
      {"RootMeanSquaredError",
       {},
       [](const Config& c) {
         return make<RootMeanSquaredError, RootMeanSquaredErrorOptions>("RootMeanSquaredError", c);
       }},
      {"BinaryCrossentropy",
       {"bce", "BCE"},
       [](const Config& c) {
         return make<BinaryCrossentropy, BinaryCrossentropyOptions>("BinaryCrossentropy", c);
       }},
      {"CategoricalCrossentropy",
       {},
       [](const Config& c) {
         return make<CategoricalCrossentropy, CategoricalCrossentropyOptions>(
             "CategoricalCrossentropy", c);
       }},
      {"SparseCategoricalCrossentropy",
       {},
       [](const Config& c) {
         return make<SparseCategoricalCrossentropy, SparseCategoricalCrossentropyOptions>(
             "SparseCategoricalCrossentropy", c);
       }},
      {"Mean", {}, [](const Config& c) { return make<Mean, MeanOptions>("Mean", c); }},
      {"Sum", {}, [](const Config& c) { return make<Sum, SumOptions>("Sum", c); }},
  };
  return entries;
}

}  // namespace

Metric get(const std::string& name) {
  const ClassEntry<Metric>* entry = find_class(table(), name);
  if (entry == nullptr) {
    const std::vector<std::string> known = names();
    throw ValueError(unknown_name("metric", name, {known.begin(), known.end()}));
  }
  return entry->make(Config::map({{"name", name}}));
}

Metric from_config(const std::string& class_name, const Config& config) {
  return make_from_table("metric", table(), serialized("keras.metrics", class_name, config));
}

std::vector<std::string> names() {
  std::vector<std::string> all = names_of(table());
  all.insert(all.end(), {"acc", "crossentropy", "ce"});
  return all;
}

}  // namespace antler::metrics
