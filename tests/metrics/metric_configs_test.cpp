// Each metric by its constructor and from its config, and the errors of arguments and shapes.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/serialized.h"
#include "antler/metrics/accuracy.h"
#include "antler/metrics/auc.h"
#include "antler/metrics/catalog.h"
#include "antler/metrics/confusion_metrics.h"
#include "antler/metrics/correlation.h"
#include "antler/metrics/divergence.h"
#include "antler/metrics/f_score.h"
#include "antler/metrics/hinge.h"
#include "antler/metrics/iou.h"
#include "antler/metrics/mean_metric_wrapper.h"
#include "antler/metrics/r2_score.h"
#include "antler/metrics/regression.h"
#include "antler/metrics/top_k_accuracy.h"
#include "antler/ops/arithmetic.h"

namespace antler::metrics {
namespace {

struct Row {
  Metric metric;
  std::string config;  // what get_config writes
};

std::vector<Row> rows() {
  return {
      {TruePositives({.thresholds = 0.3}), R"({"thresholds": 0.3, "name": "true_positives"})"},
      {TrueNegatives(), R"({"thresholds": null, "name": "true_negatives"})"},
      {FalsePositives({.thresholds = {0.3, 0.1}, .name = "fp"}),
       R"({"thresholds": [0.3, 0.1], "name": "fp"})"},
      {FalseNegatives({.thresholds = 1}), R"({"thresholds": 1.0, "name": "false_negatives"})"},
      {Precision({.thresholds = {0.5}, .top_k = 2, .class_id = 1}),
       R"({"thresholds": [0.5], "top_k": 2, "class_id": 1, "name": "precision"})"},
      {Recall(), R"({"thresholds": null, "top_k": null, "class_id": null, "name": "recall"})"},
      {SensitivityAtSpecificity(0.5, {.num_thresholds = 10}),
       R"({"specificity": 0.5, "num_thresholds": 10, "class_id": null, )"
       R"("name": "sensitivity_at_specificity"})"},
      {SpecificityAtSensitivity(0.25, {.class_id = 2}),
       R"({"sensitivity": 0.25, "num_thresholds": 200, "class_id": 2, )"
       R"("name": "specificity_at_sensitivity"})"},
      {PrecisionAtRecall(0.75, {.name = "p"}),
       R"({"recall": 0.75, "num_thresholds": 200, "class_id": null, "name": "p"})"},
      {RecallAtPrecision(1), R"({"precision": 1.0, "num_thresholds": 200, "class_id": null, )"
                             R"("name": "recall_at_precision"})"},
      {AUC({.curve = "pr",
            .summation_method = "Minoring",
            .thresholds = {0.5, 0.25},
            .multi_label = true,
            .num_labels = 2,
            .label_weights = {1, 3},
            .from_logits = true}),
       R"({"num_thresholds": 4, "curve": "PR", "summation_method": "minoring", )"
       R"("thresholds": [0.25, 0.5], "multi_label": true, "num_labels": 2, )"
       R"("label_weights": [1.0, 3.0], "from_logits": true, "name": "auc"})"},
      {F1Score({.average = "macro", .threshold = 0.5}),
       R"({"average": "macro", "threshold": 0.5, "name": "f1_score"})"},
      {FBetaScore({.beta = 2}),
       R"({"average": null, "beta": 2.0, "threshold": null, "name": "fbeta_score"})"},
      {IoU(3, {0, 2}, {.ignore_class = 1, .sparse_y_pred = false, .axis = 0}),
       R"({"num_classes": 3, "target_class_ids": [0, 2], "ignore_class": 1, )"
       R"("sparse_y_true": true, "sparse_y_pred": false, "axis": 0, "name": "io_u", )"
       R"("dtype": "int32"})"},
      {MeanIoU(2, {.dtype = "float32"}),
       R"({"num_classes": 2, "ignore_class": null, "sparse_y_true": true, )"
       R"("sparse_y_pred": true, "axis": -1, "name": "mean_io_u", "dtype": "float32"})"},
      {OneHotIoU(2, {1}), R"({"num_classes": 2, "target_class_ids": [1], "ignore_class": null, )"
                          R"("sparse_y_pred": false, "axis": -1, "name": "one_hot_io_u", )"
                          R"("dtype": "int32"})"},
      {OneHotMeanIoU(2, {.sparse_y_pred = true}),
       R"({"num_classes": 2, "ignore_class": null, "sparse_y_pred": true, "axis": -1, )"
       R"("name": "one_hot_mean_io_u", "dtype": "int32"})"},
      {BinaryIoU({.target_class_ids = {1}, .threshold = 0.25}),
       R"({"target_class_ids": [1], "threshold": 0.25, "name": "binary_io_u", )"
       R"("dtype": "int32"})"},
      {R2Score({.class_aggregation = std::nullopt, .num_regressors = 1}),
       R"({"class_aggregation": null, "num_regressors": 1, "name": "r2_score"})"},
      {PearsonCorrelation({.axis = 1}), R"({"axis": 1, "name": "pearson_correlation"})"},
      {ConcordanceCorrelation(), R"({"axis": -1, "name": "concordance_correlation"})"},
      {MeanAbsolutePercentageError(), R"({"name": "mean_absolute_percentage_error"})"},
      {MeanSquaredLogarithmicError({.name = "e"}), R"({"name": "e"})"},
      {LogCoshError(), R"({"name": "logcosh"})"},
      {CosineSimilarity({.axis = 1}), R"({"axis": 1, "name": "cosine_similarity"})"},
      {Hinge(), R"({"name": "hinge"})"},
      {SquaredHinge(), R"({"name": "squared_hinge"})"},
      {CategoricalHinge(), R"({"name": "categorical_hinge"})"},
      {KLDivergence(), R"({"name": "kl_divergence"})"},
      {Poisson(), R"({"name": "poisson"})"},
      {MeanMetricWrapper("mean_squared_error", {.name = "error"}),
       R"({"name": "error", "fn": {"module": "builtins", "class_name": "function", )"
       R"("config": "mean_squared_error", "registered_name": "function"}})"},
  };
}

TEST(MetricConfigs, BothWays) {
  for (const Row& row : rows()) {
    const std::string class_name(row.metric.base().class_name());
    EXPECT_EQ(row.metric.base().get_config().to_string(), row.config);
    const Config written = to_config(row.metric);
    const Metric read = metric_from_config(written).object();
    EXPECT_EQ(to_config(read), written) << class_name;
    EXPECT_EQ(read.name(), row.metric.name());
    EXPECT_EQ(read.base().direction(), row.metric.base().direction());
  }
}

TEST(MetricConfigs, KerasForms) {
  const Config tensor = Config::map(
      {{"class_name", "__tensor__"},
       {"config", Config::map({{"value", Config(Config::List{1.0, 2.0})}, {"dtype", "float32"}})}});
  const Metric auc =
      metrics::from_config("AUC", Config::map({{"multi_label", true}, {"label_weights", tensor}}));
  EXPECT_EQ(auc.base().get_config().at("label_weights").to_string(), "[1.0, 2.0]");
  const Config function = Config::map({{"module", "builtins"},
                                       {"class_name", "function"},
                                       {"config", "huber"},
                                       {"registered_name", "function"}});
  const Config wrapper = Config::map({{"name", "h"}, {"fn", function}, {"delta", 0.5}});
  EXPECT_EQ(metrics::from_config("MeanMetricWrapper", wrapper).base().get_config(), wrapper);
  const Config policy = serialized("keras", "DTypePolicy", Config::map({{"name", "float32"}}));
  for (const Config& dtype : {Config("int32"), policy, Config()}) {
    const Config config = Config::map({{"num_classes", 2}, {"dtype", dtype}});
    EXPECT_EQ(metrics::from_config("MeanIoU", config).name(), "mean_io_u");
  }
}

TEST(MetricConfigs, WrapperOfAFunctionAndOfALoss) {
  const MeanMetricWrapper own([](const Value& y, const Value& p) { return p - y; });
  EXPECT_EQ(own.base().direction(), "");
  Metric difference = own;
  difference.update_state(Tensor{1, 2}, Tensor{2, 5});
  EXPECT_EQ(difference.result().item(), 2);
  EXPECT_THROW(to_config(difference), StateError);
  EXPECT_EQ(MeanMetricWrapper("mse").base().direction(), "down");
}

template <class F>
std::string message_of(F f) {
  try {
    f();
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

TEST(MetricErrors, Arguments) {
  EXPECT_EQ(message_of([] {
              Precision({.thresholds = {0.5, 1.5}});
            }),
            "precision (Precision): expected thresholds in [0, 1], got 1.5");
  EXPECT_EQ(message_of([] { TruePositives({.thresholds = std::vector<double>{}}); }),
            "true_positives (TruePositives): expected at least one threshold, got none");
  EXPECT_EQ(message_of([] { RecallAtPrecision(1.5, {.name = "r"}); }),
            "r (RecallAtPrecision): expected precision in [0, 1], got 1.5");
  EXPECT_EQ(message_of([] { SensitivityAtSpecificity(0.5, {.num_thresholds = 0}); }),
            "sensitivity_at_specificity (SensitivityAtSpecificity): expected num_thresholds of at "
            "least 1, got 0");
  EXPECT_EQ(message_of([] { AUC({.num_thresholds = 1}); }),
            "auc (AUC): expected num_thresholds of at least 2, got 1");
  EXPECT_EQ(message_of([] { AUC({.curve = "RO"}); }),
            "auc (AUC): unknown curve \"RO\"; did you mean \"ROC\"?");
  EXPECT_EQ(message_of([] { AUC({.summation_method = "interpolate"}); }),
            "auc (AUC): unknown summation_method \"interpolate\"; did you mean \"interpolation\"?");
  EXPECT_EQ(message_of([] { AUC({.num_labels = 3}); }),
            "auc (AUC): expected num_labels only beside multi_label, got 3 without it");
  EXPECT_EQ(message_of([] { AUC({.multi_label = true, .num_labels = 0}); }),
            "auc (AUC): expected num_labels of at least 1, got 0");
  EXPECT_EQ(message_of([] {
              AUC({.label_weights = {1, -1}});
            }),
            "auc (AUC): expected label_weights of at least 0, got -1.0");
  EXPECT_EQ(message_of([] { F1Score({.average = "makro"}); }),
            "f1_score (F1Score): unknown average \"makro\"; did you mean \"macro\"?");
  EXPECT_EQ(message_of([] { FBetaScore({.beta = 0}); }),
            "fbeta_score (FBetaScore): expected beta above 0, got 0.0");
  EXPECT_EQ(message_of([] { F1Score({.threshold = 0}); }),
            "f1_score (F1Score): expected a threshold in (0, 1], got 0.0");
  EXPECT_EQ(
      message_of([] { TopKCategoricalAccuracy({.k = 0}); }),
      "top_k_categorical_accuracy (TopKCategoricalAccuracy): expected k of at least 1, got 0");
  EXPECT_EQ(message_of([] { SparseTopKCategoricalAccuracy({.k = -1, .name = "k"}); }),
            "k (SparseTopKCategoricalAccuracy): expected k of at least 1, got -1");
  EXPECT_EQ(message_of([] { MeanIoU(0); }),
            "mean_io_u (MeanIoU): expected num_classes of at least 1, got 0");
  EXPECT_EQ(message_of([] { IoU(2, {}); }),
            "io_u (IoU): expected at least one of target_class_ids, got none");
  EXPECT_EQ(message_of([] { BinaryIoU({.target_class_ids = {2}}); }),
            "binary_io_u (BinaryIoU): expected target_class_ids in [0, 2), got 2");
  EXPECT_EQ(message_of([] { MeanIoU(2, {.dtype = "int64"}); }),
            "mean_io_u (MeanIoU): expected dtype \"int32\" or \"float32\", got \"int64\"");
  EXPECT_EQ(message_of([] { R2Score({.class_aggregation = "mean"}); }).substr(0, 52),
            "r2_score (R2Score): unknown class_aggregation \"mean\"");
  EXPECT_EQ(message_of([] { R2Score({.num_regressors = -1}); }),
            "r2_score (R2Score): expected num_regressors of at least 0, got -1");
  EXPECT_EQ(message_of([] { MeanMetricWrapper("crossentropy"); }),
            "mean_metric_wrapper (MeanMetricWrapper): expected fn, a function, a Loss or the name "
            "of a loss function, got \"crossentropy\"");
  EXPECT_EQ(message_of([] { MetricArg("mean_io_u"); }),
            "MeanIoU: \"num_classes\": expected a value, got none; give the metric as an object");
  EXPECT_EQ(message_of([] { metrics::from_config("MeanMetricWrapper", Config::map()); }),
            "MeanMetricWrapper: \"fn\": expected a value, got none");
}

std::string update_error(Metric metric, const Tensor& y, const Tensor& p, const Tensor& w = {}) {
  return message_of([&] { metric.update_state(y, p, w); });
}

TEST(MetricErrors, Shapes) {
  const Tensor rows = {{0.1, 0.9}, {0.8, 0.2}, {0.3, 0.7}};
  EXPECT_EQ(
      update_error(Precision(), Tensor{0, 1, 1}, rows),
      "precision (Precision): expected y_true of the shape of y_pred (3, 2), got (3,); beside "
      "several classes labels are one-hot");
  EXPECT_EQ(update_error(Recall({.class_id = 2}), rows, rows),
            "recall (Recall): expected a class_id in [0, 2), got 2");
  EXPECT_EQ(update_error(Recall({.class_id = -3}), rows, rows),
            "recall (Recall): expected a class_id in [0, 2), got -3");
  EXPECT_EQ(update_error(Recall({.top_k = 1}), Tensor{0, 1}, Tensor{0.1, 0.2}),
            "recall (Recall): expected y_pred (batch, classes) beside top_k, got (2,)");
  EXPECT_EQ(update_error(Precision(), rows, rows, Tensor{1, 2}),
            "precision (Precision): expected sample_weight that broadcasts to y_pred (3, 2), got "
            "(2, 1)");
  EXPECT_EQ(update_error(AUC({.label_weights = {1, 2, 3}}), rows, rows),
            "auc (AUC): expected label_weights that broadcasts to y_pred (3, 2), got (3,)");
  EXPECT_EQ(update_error(AUC({.multi_label = true}), Tensor{0, 1}, Tensor{0.1, 0.2}),
            "auc (AUC): expected y_pred (batch, labels) for multi_label, got (2,)");
  EXPECT_EQ(update_error(AUC({.multi_label = true, .label_weights = {1, 2, 3}}), rows, rows),
            "auc (AUC): expected label_weights for 2 labels, got 3");
  EXPECT_EQ(update_error(AUC({.multi_label = true, .num_labels = 3}), rows, rows),
            "auc (AUC): expected y_pred (batch, 3), got (3, 2)");
  EXPECT_EQ(update_error(F1Score(), Tensor{0, 1, 1}, rows),
            "f1_score (F1Score): expected y_true and y_pred (batch, classes), got (3,) and (3, 2); "
            "class numbers need to be one-hot");
  EXPECT_EQ(update_error(F1Score(), rows, rows, rows),
            "f1_score (F1Score): expected sample_weight (batch,), got (3, 2)");
  EXPECT_EQ(update_error(MeanIoU(2), Tensor{0, 1, 1}, rows),
            "mean_io_u (MeanIoU): expected as many classes in y_true as in y_pred, got (3,) and "
            "(3, 2); see sparse_y_true and sparse_y_pred");
  EXPECT_EQ(update_error(MeanIoU(2), Tensor{0, 1, 1}, Tensor{0, 1, 1}, Tensor{1, 2}),
            "mean_io_u (MeanIoU): expected sample_weight for each of (3,) classes, got (2,)");
  EXPECT_EQ(update_error(R2Score(), Tensor{0, 1, 1}, Tensor{0, 1, 1}),
            "r2_score (R2Score): expected y_true and y_pred (batch, outputs), got (3,) and (3,)");
  EXPECT_EQ(
      update_error(R2Score(), rows, rows, Tensor{1, 2}),
      "r2_score (R2Score): expected sample_weight that broadcasts to y_true (3, 2), got (2,)");
}

TEST(MetricErrors, StateThatFollowsFromTheFirstBatch) {
  const Tensor two = {{0.1, 0.9}, {0.8, 0.2}}, three = {{0.1, 0.2, 0.7}};
  for (const Metric& metric : {Metric(F1Score()), Metric(R2Score())}) {
    Metric fresh = metric;
    EXPECT_EQ(message_of([&] { fresh.result(); }), fresh.name() + " (" +
                                                       std::string(fresh.base().class_name()) +
                                                       "): expected a batch before the result");
    fresh.update_state(two, two);
    fresh.reset_state();
    fresh.update_state(two, two);
    EXPECT_NE(update_error(fresh, three, three), "no error");
  }
  AUC areas({.multi_label = true});
  EXPECT_EQ(message_of([&] { areas.result(); }),
            "auc (AUC): expected a batch before the result; or give it num_labels");
  areas.update_state(two, two);
  EXPECT_EQ(update_error(areas, three, three), "auc (AUC): expected y_pred (batch, 2), got (1, 3)");
  EXPECT_EQ(AUC({.multi_label = true, .num_labels = 2}).result().item(), 0);
}

TEST(Metric, ResultsByThreshold) {
  Precision precision({.thresholds = {0.2, 0.6}});
  EXPECT_EQ(precision.result().shape(), Shape({2}));
  precision.update_state(Tensor{1, 0, 1}, Tensor{0.1, 0.5, 0.9});
  EXPECT_EQ(precision.result().data<float>()[0], 0.5f);
  EXPECT_EQ(precision.result().data<float>()[1], 1.0f);
  EXPECT_EQ(Precision({.thresholds = {0.2}}).result().rank(), 0);
}

}  // namespace
}  // namespace antler::metrics
