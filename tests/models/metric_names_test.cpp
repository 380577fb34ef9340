// Which of compile's metrics belongs to which output, and its name in the logs. The numbers are
// those of Keras.
#include <gtest/gtest.h>

#include "antler/callbacks/early_stopping.h"
#include "antler/core/error.h"
#include "antler/metrics/confusion_metrics.h"
#include "antler/metrics/regression.h"
#include "antler/ops/arithmetic.h"
#include "tests/models/data.h"

namespace antler::testing {
namespace {

using Names = std::vector<std::string>;

Tensor rows() {
  return Tensor{{0.0, 0.1}, {0.2, 0.3}, {0.4, 0.5}, {0.6, 0.7}, {0.8, 0.9}, {1.0, 1.1}, {1.2, 1.3}};
}

Model price_and_kind(const MetricsArg& metrics, const MetricsArg& weighted_metrics) {
  const Value x = Input({2});
  const Model model({.inputs = {x},
                     .outputs = {Dense(1, {.kernel_initializer = "ones", .name = "price"})(x),
                                 Dense(1, {.kernel_initializer = "zeros", .name = "kind"})(x)}});
  model.compile({.optimizer = SGD({.learning_rate = 0.01}),
                 .loss = {{"price", "mse"}, {"kind", "mae"}},
                 .metrics = metrics,
                 .weighted_metrics = weighted_metrics});
  return model;
}

History fitted(const Model& model) {
  const Tensor y = {{0.0}, {0.2}, {0.4}, {0.6}, {0.8}, {1.0}, {1.2}};
  return model.fit(rows(), {y, ops::multiply(y, 2.0)},
                   {.batch_size = 3,
                    .epochs = 1,
                    .verbose = 0,
                    .shuffle = false,
                    .sample_weight = Tensor{1, 2, 3, 4, 5, 6, 7}});
}

TEST(MetricNames, OfSeveralOutputs) {
  const Model model =
      price_and_kind({{"kind", {"mae", "mae", metrics::MeanSquaredError({.name = "mae"})}},
                      {"price", {"mse", "mse"}}},
                     {{"price", {"mse", "mse", "mae"}}, {"kind", {"mse", "mae", "mae"}}});
  const History history = fitted(model);
  EXPECT_EQ(names_in(history),
            (Names{"loss", "price_loss", "kind_loss", "price_mse", "price_mse_1", "kind_mae",
                   "kind_mae_1", "kind_mae_2", "price_weighted_mse", "price_weighted_mse_1",
                   "price_mae", "kind_mse", "kind_weighted_mae", "kind_weighted_mae_1"}));
  expect_values(history, "price_mse_1", {0.526191});
  expect_values(history, "price_weighted_mse", {0.721683});
  expect_values(history, "price_mae", {0.806056});
  EXPECT_EQ(history["kind_mae"], history["kind_mae_1"]);
  EXPECT_NE(history["kind_mae"], history["kind_mae_2"]);
  EXPECT_EQ(history["kind_weighted_mae"], history["kind_weighted_mae_1"]);
  EXPECT_NE(history["kind_mae"], history["kind_weighted_mae"]);
}

// Nothing of the first compile is left: neither its metrics nor the means of its losses.
TEST(MetricNames, OfTheLatestCompileAlone) {
  const Model model = price_and_kind({{"price", {"mse"}}}, {});
  const Names names = {"loss", "price_loss", "kind_loss", "price_mse"};
  EXPECT_EQ(names_in(fitted(model)), names);
  model.compile({.optimizer = SGD({.learning_rate = 0.01}),
                 .loss = {{"price", "mse"}, {"kind", "mae"}},
                 .metrics = {{"price", {"mse"}}}});
  EXPECT_EQ(names_in(fitted(model)), names);
}

TEST(MetricNames, OfListsInTheOrderOfOutputs) {
  const std::vector<std::vector<MetricArg>> weighted = {{"mae", "mse"}, {"mae"}};
  const History history = fitted(price_and_kind({"mse", "mae"}, weighted));
  EXPECT_EQ(names_in(history), (Names{"loss", "price_loss", "kind_loss", "price_mse", "kind_mae",
                                      "price_mae", "price_weighted_mse", "kind_weighted_mae"}));
  expect_values(history, "price_mse", {0.526191});
  expect_values(history, "price_mae", {0.806056});
}

TEST(MetricNames, ListsOfAnotherCountAreRefused) {
  const auto message = [](const MetricsArg& metrics, const MetricsArg& weighted) {
    try {
      fitted(price_and_kind(metrics, weighted));
    } catch (const ValueError& e) {
      return std::string(e.what());
    }
    return std::string("no error");
  };
  EXPECT_EQ(message({"mse"}, {}),
            "compile: metrics: expected one for each of the 2 outputs, got 1; or name the outputs, "
            "as in {{\"price\", {\"mae\"}}}");
  EXPECT_EQ(message({}, {"mse", "mae", "mse"}),
            "compile: weighted_metrics: expected one for each of the 2 outputs, got 3; or name the "
            "outputs, as in {{\"price\", {\"mae\"}}}");
  EXPECT_EQ(message({}, {{"prize", {"mae"}}}),
            "compile: weighted_metrics: unknown output \"prize\"; did you mean \"price\"?");
}

Sequential one_output(const CompileOptions& options) {
  const Sequential model({Input({2}), Dense(1, {.kernel_initializer = "ones"})});
  model.compile(options);
  return model;
}

TEST(MetricNames, OfOneOutput) {
  const Sequential model = one_output(
      {.optimizer = SGD({.learning_rate = 0.01}),
       .loss = "mse",
       .metrics = {"mse", "mae", "mse", metrics::Precision({.thresholds = {0.5, 0.9}})},
       .weighted_metrics = {"mse", "mse", "mse", "mape",
                            metrics::Precision({.thresholds = {0.5, 0.9}, .name = "p"})}});
  const Tensor y = {{0}, {0}, {0}, {1}, {1}, {1}, {1}};
  const History history = model.fit(rows(), y,
                                    {.batch_size = 3,
                                     .epochs = 1,
                                     .verbose = 0,
                                     .shuffle = false,
                                     .sample_weight = Tensor{1, 2, 3, 4, 5, 6, 7}});
  EXPECT_EQ(names_in(history),
            (Names{"loss", "mse", "mae", "mse_1", "precision[0]", "precision[1]", "weighted_mse",
                   "weighted_mse_1", "weighted_mse_2", "mape", "p[0]", "p[1]"}));
  expect_values(history, "precision[0]", {0.8});
  expect_values(history, "precision[1]", {1.0});
  expect_values(history, "p[0]", {0.88});
  expect_values(history, "weighted_mse_2", {0.796142});
  expect_values(history, "mse_1", {0.592327});
}

// The direction of "up" metrics is found for each of their results.
TEST(MetricNames, ResultsByThresholdCanBeMonitored) {
  const Sequential model =
      one_output({.loss = "mse", .metrics = {metrics::Precision({.thresholds = {0.2, 0.9}})}});
  const Tensor y = {{0}, {0}, {0}, {1}, {1}, {1}, {1}};
  EarlyStopping stopping({.monitor = "val_precision[1]", .patience = 1});
  const History history = model.fit(rows(), y,
                                    {.epochs = 4,
                                     .verbose = 0,
                                     .callbacks = {stopping},
                                     .validation_data = ValidationData{rows(), y, {}}});
  EXPECT_LT(history["val_precision[1]"].size(), 4u);
}

}  // namespace
}  // namespace antler::testing
