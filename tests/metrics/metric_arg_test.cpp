#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/serialized.h"
#include "antler/metrics/accuracy.h"
#include "antler/metrics/catalog.h"
#include "antler/metrics/mean.h"
#include "antler/metrics/metric.h"
#include "antler/ops/arithmetic.h"

namespace antler {
namespace {

template <class E, class F>
std::string message_of(F f) {
  try {
    f();
  } catch (const E& e) {
    return e.what();
  }
  return "no error";
}

Metric resolve(const MetricArg& metric, const Shape& y_true = {None},
               const Shape& y_pred = {None, 3}) {
  return metric.resolve({y_true, DType::float32}, {y_pred, DType::float32});
}

TEST(MetricArg, AccuracyFollowsTheShapes) {
  for (const char* name : {"accuracy", "acc", "Accuracy"}) {
    const auto class_for = [&](const Shape& y_true, const Shape& y_pred) {
      const Metric metric = resolve(name, y_true, y_pred);
      EXPECT_EQ(metric.name(), name);
      return metric.base().class_name();
    };
    EXPECT_EQ(class_for({None}, {None, 1}), "BinaryAccuracy");
    EXPECT_EQ(class_for({None, 1}, {None, 1}), "BinaryAccuracy");
    EXPECT_EQ(class_for({None}, {None, 10}), "SparseCategoricalAccuracy");
    EXPECT_EQ(class_for({None, 1}, {None, 10}), "SparseCategoricalAccuracy");
    EXPECT_EQ(class_for({None, 10}, {None, 10}), "CategoricalAccuracy");
  }
  EXPECT_EQ(resolve("crossentropy").base().class_name(), "SparseCategoricalCrossentropy");
  EXPECT_EQ(resolve("ce", {None, 1}, {None, 1}).name(), "ce");
}

TEST(MetricArg, NamesAreKept) {
  EXPECT_EQ(resolve("mse").name(), "mse");
  EXPECT_EQ(resolve("mse").base().class_name(), "MeanSquaredError");
  EXPECT_EQ(resolve("RootMeanSquaredError").name(), "RootMeanSquaredError");
  EXPECT_EQ(resolve("root_mean_squared_error").base().class_name(), "RootMeanSquaredError");
  const MetricArg twice = "mae";
  EXPECT_NE(&resolve(twice).base(), &resolve(twice).base());
}

TEST(MetricArg, ObjectsAndFunctions) {
  const metrics::BinaryAccuracy object({.threshold = 0.3});
  const std::vector<MetricArg> arguments = {"accuracy", object,
                                            [](const Value& y, const Value& p) { return y - p; }};
  EXPECT_EQ(&resolve(arguments[1]).base(), &object.base());
  EXPECT_EQ(resolve(arguments[2]).base().class_name(), "MeanMetricWrapper");
}

TEST(MetricArg, Directions) {
  for (const char* name : {"accuracy", "binary_accuracy", "top_k_categorical_accuracy"}) {
    EXPECT_EQ(resolve(name).base().direction(), "up") << name;
  }
  for (const char* name : {"mse", "mae", "root_mean_squared_error", "crossentropy"}) {
    EXPECT_EQ(resolve(name).base().direction(), "down") << name;
  }
  EXPECT_EQ(resolve("mean").base().direction(), "");
}

TEST(MetricArg, ConfigsBothWays) {
  const Config config = to_config(MetricArg(metrics::BinaryAccuracy({.threshold = 0.3})));
  EXPECT_EQ(config.to_string(),
            R"({"module": "keras.metrics", "class_name": "BinaryAccuracy", "config": )"
            R"({"threshold": 0.3, "name": "binary_accuracy"}, "registered_name": null})");
  EXPECT_EQ(to_config(metric_from_config(config)), config);
  EXPECT_EQ(to_config(metric_from_config("acc")), Config("acc"));
  for (const std::string& given : metrics::names()) {
    if (given == "acc" || given == "ce" || given == "crossentropy") continue;
    try {
      metrics::get(given);
    } catch (const ValueError& e) {  // what needs arguments cannot be had by its name
      EXPECT_NE(std::string(e.what()).find("expected"), std::string::npos) << given;
      continue;
    }
    const Config written = to_config(metrics::get(given));
    EXPECT_EQ(to_config(metric_from_config(written)), written) << given;
  }
}

TEST(MetricArg, AcceptsWhatKerasWrites) {
  const Config policy = serialized("keras", "DTypePolicy", Config::map({{"name", "float32"}}));
  for (const Config& dtype : {Config("float32"), policy, Config()}) {
    const Metric metric =
        metrics::from_config("Mean", Config::map({{"name", "loss"}, {"dtype", dtype}}));
    EXPECT_EQ(metric.name(), "loss");
  }
}

TEST(MetricArg, ErrorTexts) {
  EXPECT_EQ(message_of<ValueError>([] { MetricArg("acuracy"); }),
            "unknown metric \"acuracy\"; did you mean \"accuracy\"?");
  EXPECT_EQ(message_of<ValueError>([] {
              metric_from_config(
                  serialized("keras.metrics", "Mean", Config::map({{"dtype", "float64"}})));
            }),
            "Mean: expected dtype \"float32\", got \"float64\"");
  EXPECT_EQ(message_of<ValueError>(
                [] { metric_from_config(serialized("keras.metrics", "Meen", Config())); }),
            "unknown metric \"Meen\"; did you mean \"mean\"?");
  EXPECT_EQ(message_of<ValueError>(
                [] { metric_from_config(serialized("builtins", "function", "my_metric")); }),
            "metric: expected a built-in metric, got the function \"my_metric\", whose code the "
            "file does not hold");
}

}  // namespace
}  // namespace antler
