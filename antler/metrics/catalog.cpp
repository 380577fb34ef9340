#include "antler/metrics/catalog.h"

#include "antler/core/class_table.h"
#include "antler/core/suggest.h"
#include "antler/losses/config_dtype.h"
#include "antler/metrics/accuracy.h"
#include "antler/metrics/auc.h"
#include "antler/metrics/confusion_metrics.h"
#include "antler/metrics/correlation.h"
#include "antler/metrics/crossentropy.h"
#include "antler/metrics/divergence.h"
#include "antler/metrics/f_score.h"
#include "antler/metrics/hinge.h"
#include "antler/metrics/iou.h"
#include "antler/metrics/mean.h"
#include "antler/metrics/mean_metric_wrapper.h"
#include "antler/metrics/r2_score.h"
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

// An argument that has no default.
template <class T>
T required(std::string_view class_name, const Config& config, std::string_view key) {
  const std::string title = std::string(class_name) + ": \"" + std::string(key) + "\": ";
  const Config* given = config.find(key);
  if (given == nullptr) {
    throw ValueError(title + "expected a value, got none; give the metric as an object");
  }
  T value{};
  with_error_prefix(title, [&] { from_config(*given, value); });
  return value;
}

template <class M>
Metric make_at(std::string_view class_name, std::string_view argument, const Config& config) {
  AtThresholdsOptions options;
  options_from_config(class_name, config, options, {argument, "dtype"});
  losses::require_float32(class_name, config);
  return M(required<double>(class_name, config, argument), options);
}

template <class Options>
Options iou_options(std::string_view class_name, const Config& config) {
  Config given = Config::map();
  for (const auto& [key, value] : config.as_map()) {
    if (key != "dtype" || !value.is_null()) given.set(key, value);
  }
  Options options;
  options_from_config(class_name, given, options, {"num_classes", "target_class_ids"});
  return options;
}

template <class M, class Options>
Metric make_iou(std::string_view class_name, const Config& config) {
  const auto options = iou_options<Options>(class_name, config);
  return M(required<std::int64_t>(class_name, config, "num_classes"),
           required<std::vector<std::int64_t>>(class_name, config, "target_class_ids"), options);
}

template <class M, class Options>
Metric make_mean_iou(std::string_view class_name, const Config& config) {
  const auto options = iou_options<Options>(class_name, config);
  return M(required<std::int64_t>(class_name, config, "num_classes"), options);
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
      {"MeanAbsolutePercentageError",
       {"mape", "MAPE"},
       [](const Config& c) {
         return make<MeanAbsolutePercentageError, MetricOptions>("MeanAbsolutePercentageError", c);
       }},
      {"MeanSquaredLogarithmicError",
       {"msle", "MSLE"},
       [](const Config& c) {
         return make<MeanSquaredLogarithmicError, MetricOptions>("MeanSquaredLogarithmicError", c);
       }},
      {"LogCoshError",
       {},
       [](const Config& c) { return make<LogCoshError, LogCoshErrorOptions>("LogCoshError", c); }},
      {"CosineSimilarity",
       {},
       [](const Config& c) {
         return make<CosineSimilarity, CosineSimilarityOptions>("CosineSimilarity", c);
       }},
      {"Hinge", {}, [](const Config& c) { return make<Hinge, MetricOptions>("Hinge", c); }},
      {"SquaredHinge",
       {},
       [](const Config& c) { return make<SquaredHinge, MetricOptions>("SquaredHinge", c); }},
      {"CategoricalHinge",
       {},
       [](const Config& c) {
         return make<CategoricalHinge, MetricOptions>("CategoricalHinge", c);
       }},
      {"KLDivergence",
       {},
       [](const Config& c) { return make<KLDivergence, MetricOptions>("KLDivergence", c); }},
      {"Poisson", {}, [](const Config& c) { return make<Poisson, MetricOptions>("Poisson", c); }},
      {"TruePositives",
       {},
       [](const Config& c) {
         return make<TruePositives, ConfusionCountOptions>("TruePositives", c);
       }},
      {"TrueNegatives",
       {},
       [](const Config& c) {
         return make<TrueNegatives, ConfusionCountOptions>("TrueNegatives", c);
       }},
      {"FalsePositives",
       {},
       [](const Config& c) {
         return make<FalsePositives, ConfusionCountOptions>("FalsePositives", c);
       }},
      {"FalseNegatives",
       {},
       [](const Config& c) {
         return make<FalseNegatives, ConfusionCountOptions>("FalseNegatives", c);
       }},
      {"Precision",
       {},
       [](const Config& c) { return make<Precision, PrecisionRecallOptions>("Precision", c); }},
      {"Recall",
       {},
       [](const Config& c) { return make<Recall, PrecisionRecallOptions>("Recall", c); }},
      {"SensitivityAtSpecificity",
       {},
       [](const Config& c) {
         return make_at<SensitivityAtSpecificity>("SensitivityAtSpecificity", "specificity", c);
       }},
      {"SpecificityAtSensitivity",
       {},
       [](const Config& c) {
         return make_at<SpecificityAtSensitivity>("SpecificityAtSensitivity", "sensitivity", c);
       }},
      {"PrecisionAtRecall",
       {},
       [](const Config& c) {
         return make_at<PrecisionAtRecall>("PrecisionAtRecall", "recall", c);
       }},
      {"RecallAtPrecision",
       {},
       [](const Config& c) {
         return make_at<RecallAtPrecision>("RecallAtPrecision", "precision", c);
       }},
      {"AUC", {}, [](const Config& c) { return make<AUC, AUCOptions>("AUC", c); }},
      {"F1Score", {}, [](const Config& c) { return make<F1Score, F1ScoreOptions>("F1Score", c); }},
      {"FBetaScore",
       {},
       [](const Config& c) { return make<FBetaScore, FBetaScoreOptions>("FBetaScore", c); }},
      {"R2Score", {}, [](const Config& c) { return make<R2Score, R2ScoreOptions>("R2Score", c); }},
      {"PearsonCorrelation",
       {},
       [](const Config& c) {
         return make<PearsonCorrelation, PearsonCorrelationOptions>("PearsonCorrelation", c);
       }},
      {"ConcordanceCorrelation",
       {},
       [](const Config& c) {
         return make<ConcordanceCorrelation, ConcordanceCorrelationOptions>(
             "ConcordanceCorrelation", c);
       }},
      {"IoU", {}, [](const Config& c) { return make_iou<IoU, IoUOptions>("IoU", c); }},
      {"OneHotIoU",
       {},
       [](const Config& c) { return make_iou<OneHotIoU, OneHotIoUOptions>("OneHotIoU", c); }},
      {"MeanIoU",
       {},
       [](const Config& c) { return make_mean_iou<MeanIoU, IoUOptions>("MeanIoU", c); }},
      {"OneHotMeanIoU",
       {},
       [](const Config& c) {
         return make_mean_iou<OneHotMeanIoU, OneHotIoUOptions>("OneHotMeanIoU", c);
       }},
      {"BinaryIoU",
       {},
       [](const Config& c) -> Metric {
         return BinaryIoU(iou_options<BinaryIoUOptions>("BinaryIoU", c));
       }},
      {"MeanMetricWrapper", {}, MeanMetricWrapper::from_config},
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

Config default_config(const std::string& class_name) {
  try {
    return from_config(class_name, Config::map()).base().get_config();
  } catch (const ValueError&) {
    return Config::map();
  }
}

std::vector<std::string> names() {
  std::vector<std::string> all = names_of(table());
  all.insert(all.end(), {"acc", "crossentropy", "ce"});
  return all;
}

}  // namespace antler::metrics
