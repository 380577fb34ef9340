#include "antler/metrics/metric.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/core/error.h"
#include "antler/metrics/crossentropy.h"
#include "antler/metrics/mean.h"
#include "antler/metrics/regression.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/rounding.h"
#include "antler/ops/sum.h"
#include "tests/support/near.h"

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

TEST(Mean, OverBatchesAndWeights) {
  metrics::Mean mean;
  EXPECT_EQ(mean.result().item(), 0);
  mean.update_state(Tensor{1, 3, 5});
  mean.update_state(Tensor{7});
  EXPECT_NEAR(mean.result().item(), 4, 1e-6);
  mean.reset_state();
  mean.update_state(Tensor{1, 3, 5}, Tensor{1, 1, 0});
  EXPECT_NEAR(mean.result().item(), 2, 1e-6);
  mean.update_state(10.0);
  EXPECT_NEAR(mean.result().item(), 14.0 / 3, 1e-6);
  EXPECT_EQ(mean.result().dtype(), DType::float32);
}

TEST(Mean, SampleOfSeveralValuesCountsOnce) {
  metrics::Mean mean;
  mean.update_state(Tensor{{1, 3}, {5, 7}});
  EXPECT_NEAR(mean.result().item(), 4, 1e-6);
  EXPECT_EQ(mean.variables()[1].read().item(), 2);
  mean.reset_state();
  mean.update_state(Tensor{{1, 3}, {5, 7}}, Tensor{3, 1});
  EXPECT_NEAR(mean.result().item(), 3, 1e-6);
}

TEST(Sum, OverBatchesAndWeights) {
  metrics::Sum sum;
  sum.update_state(Tensor{1, 3, 5});
  sum.update_state(Tensor{2, 4}, Tensor{1, 0.5});
  EXPECT_NEAR(sum.result().item(), 13, 1e-6);
}

TEST(Metric, CopiesAreTheSameMetric) {
  metrics::Mean mean({.name = "loss"});
  Metric copy = mean;
  mean.update_state(Tensor{4});
  EXPECT_EQ(copy.result().item(), 4);
  EXPECT_EQ(copy.name(), "loss");
  EXPECT_EQ(copy.variables()[0].path(), "loss/total");
  EXPECT_FALSE(copy.variables()[0].trainable());
}

TEST(Regression, ClosedForms) {
  const Tensor y = {{0, 1}, {2, 5}}, p = {{1, 1}, {0, 2}};
  metrics::MeanSquaredError mse;
  mse.update_state(y, p);
  EXPECT_NEAR(mse.result().item(), 3.5, 1e-6);
  metrics::MeanAbsoluteError mae;
  mae.update_state(y, p, Tensor{1, 0});
  EXPECT_NEAR(mae.result().item(), 0.5, 1e-6);
  metrics::RootMeanSquaredError rmse;
  rmse.update_state(Tensor{1, 2}, Tensor{{1}, {5}});
  rmse.update_state(Tensor{0}.astype(DType::int64), Tensor{{3}});
  EXPECT_NEAR(rmse.result().item(), std::sqrt(6.0), 1e-6);
  EXPECT_EQ(rmse.base().direction(), "down");
}

TEST(Crossentropy, KerasNumbers) {
  metrics::BinaryCrossentropy binary;
  binary.update_state(Tensor{{1}}, Tensor{{0}});
  EXPECT_NEAR(binary.result().item(), 16.118095, 2e-6);
  metrics::CategoricalCrossentropy categorical({.label_smoothing = 0.5});
  categorical.update_state(Tensor{{1, 0}}, Tensor{{0.2, 0.6}});
  EXPECT_NEAR(categorical.result().item(), -(0.75 * std::log(0.25) + 0.25 * std::log(0.75)), 1e-6);
  metrics::SparseCategoricalCrossentropy sparse({.from_logits = true});
  sparse.update_state(Tensor{1, 0}.astype(DType::uint8), Tensor{{0, 0}, {0, 0}});
  EXPECT_NEAR(sparse.result().item(), std::log(2.0), 1e-6);
}

// Keras masks the weights, not the count of samples without them.
TEST(Crossentropy, IgnoredRowsCountOnlyWithoutWeights) {
  metrics::SparseCategoricalCrossentropy sparse({.from_logits = true, .ignore_class = -1});
  const Tensor labels = {1, -1}, z = {{0, 0}, {0, 0}};
  sparse.update_state(labels, z);
  EXPECT_NEAR(sparse.result().item(), std::log(2.0) / 2, 1e-6);
  sparse.reset_state();
  sparse.update_state(labels, z, Tensor{1, 1});
  EXPECT_NEAR(sparse.result().item(), std::log(2.0), 1e-6);
}

// A metric as a user writes it: the share of positives, and the largest of a batch.
struct PositiveShare : MetricBase {
  PositiveShare()
      : MetricBase("positive_share"),
        found_(add_variable({}, "found", DType::int32)),
        seen_(add_variable({}, "seen")) {}
  void update_state(const Value&, const Value& y_pred, const Value&,
                    Updates& updates) const override {
    const Value positive = y_pred > 0.5;
    updates.assign(found_, updates.value(found_) + ops::sum(ops::cast(positive, DType::int32)));
    const Value ones = ops::cast(ops::equal(y_pred, y_pred), DType::float32);
    updates.assign(seen_, updates.value(seen_) + ops::sum(ones));
  }
  Value result(const Updates& updates) const override {
    return ops::cast(updates.value(found_), DType::float32) / updates.value(seen_);
  }
  std::string_view direction() const override { return "up"; }
  Variable found_, seen_;
};

TEST(UserMetric, UpdateResultReset) {
  Metric metric = make_metric<PositiveShare>();
  metric.update_state(Tensor{0, 0, 0}, Tensor{0.2, 0.7, 0.9});
  metric.update_state(Tensor{0}, Tensor{0.1});
  EXPECT_NEAR(metric.result().item(), 0.5, 1e-6);
  metric.reset_state();
  metric.update_state(Tensor{0}, Tensor{0.9});
  EXPECT_EQ(metric.result().item(), 1);
  EXPECT_EQ(message_of<StateError>([&] { to_config(metric); }),
            "positive_share (Metric): a user's metric cannot be saved; save the model without its "
            "compile state, or use a built-in metric");
}

TEST(UserMetric, MeanOfAFunction) {
  Metric metric =
      make_mean_metric([](const Value& y, const Value& p) { return ops::abs(y - p); }, "distance");
  metric.update_state(Tensor{1, 2}, Tensor{3, 2});
  metric.update_state(Tensor{0}, Tensor{4}, Tensor{2});
  EXPECT_NEAR(metric.result().item(), 10.0 / 4, 1e-6);
  EXPECT_EQ(metric.name(), "distance");
}

TEST(Metric, AnEmptyHandleIsAnError) {
  Metric none;
  EXPECT_FALSE(none);
  const std::string expected = "metric: expected a metric, got an empty handle";
  EXPECT_EQ(message_of<StateError>([&] { none.update_state(Tensor{1}, Tensor{1}); }), expected);
  EXPECT_EQ(message_of<StateError>([&] { none.result(); }), expected);
  EXPECT_EQ(message_of<StateError>([&] { none.reset_state(); }), expected);
  EXPECT_EQ(message_of<StateError>([&] { none.name(); }), expected);
  EXPECT_EQ(message_of<StateError>([&] { none.variables(); }), expected);
  EXPECT_EQ(message_of<StateError>([&] { to_config(none); }), expected);
}

TEST(Metric, ErrorsLeaveTheStateAlone) {
  metrics::SparseCategoricalCrossentropy metric({.name = "ce"});
  const Tensor p = {{0.5, 0.5}};
  metric.update_state(Tensor{1}, p);
  EXPECT_EQ(message_of<ValueError>([&] { metric.update_state(Tensor{2}, p); }),
            "ce (SparseCategoricalCrossentropy): expected a class in [0, 2), got 2 at row 0");
  EXPECT_EQ(message_of<ShapeError>([&] {
              metric.update_state(Tensor{1, 0}, p);
            }),
            "ce (SparseCategoricalCrossentropy): expected y_true (1,), a class number for each row "
            "of y_pred (1, 2), got (2,); one-hot labels go with CategoricalCrossentropy");
  EXPECT_EQ(metric.variables()[1].read().item(), 1);
}

}  // namespace
}  // namespace antler
