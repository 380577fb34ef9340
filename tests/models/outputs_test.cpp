// How losses, weights and metrics are given for several outputs. Names and numbers are those of
// Keras.
#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/losses/huber.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/power.h"
#include "antler/ops/rounding.h"
#include "antler/ops/statistics.h"
#include "antler/ops/sum.h"
#include "tests/models/data.h"

namespace antler::testing {
namespace {

using Names = std::vector<std::string>;

History fitted(const CompileOptions& options, const DataArg& sample_weight = {}) {
  const Value in = Input({2});
  const Model model({.inputs = {in},
                     .outputs = {Dense(1, {.kernel_initializer = "ones", .name = "price"})(in),
                                 Dense(1, {.kernel_initializer = "zeros", .name = "kind"})(in)}});
  CompileOptions compiled = options;
  compiled.optimizer = SGD({.learning_rate = 0.01});
  model.compile(compiled);
  const Tensor x = {{0.0, 0.1}, {0.2, 0.3}, {0.4, 0.5}, {0.6, 0.7},
                    {0.8, 0.9}, {1.0, 1.1}, {1.2, 1.3}};
  const Tensor y = {{0.0}, {0.2}, {0.4}, {0.6}, {0.8}, {1.0}, {1.2}};
  return model.fit(x, {y, ops::multiply(y, 2.0)},
                   {.batch_size = 3,
                    .epochs = 1,
                    .verbose = 0,
                    .shuffle = false,
                    .sample_weight = sample_weight});
}

Value cubed(const Value& y_true, const Value& y_pred) {
  return ops::mean(ops::power(ops::abs(y_true - y_pred), 3.0), {.axis = -1});
}

TEST(Outputs, TakeListsInTheirOrder) {
  const History history =
      fitted({.loss = {cubed, "huber"},
              .loss_weights = {3.0, 0.5},
              .metrics = std::vector<std::vector<MetricArg>>{{"mae", "mse"}, {"mse"}}});
  EXPECT_EQ(names_in(history),
            (Names{"loss", "price_loss", "kind_loss", "price_mae", "price_mse", "kind_mse"}));
  expect_values(history, "loss", {1.9213927});
  expect_values(history, "price_loss", {0.50783366});
  expect_values(history, "kind_loss", {0.7957834});
  expect_values(history, "price_mae", {0.65565616});
  expect_values(history, "price_mse", {0.5501494});
  expect_values(history, "kind_mse", {2.0620215});
}

// A function beside an object, in another order than the outputs', with sample weights.
TEST(Outputs, TakePairsByName) {
  const History history = fitted({.loss = {{"kind", Huber()}, {"price", cubed}},
                                  .metrics = {{"kind", {"mse", "mae"}}},
                                  .weighted_metrics = {{"price", {"mae"}}}},
                                 Tensor{1, 2, 3, 4, 5, 6, 7});
  EXPECT_EQ(names_in(history),
            (Names{"loss", "price_loss", "kind_loss", "kind_mse", "kind_mae", "price_mae"}));
  expect_values(history, "loss", {6.760403});
  expect_values(history, "price_loss", {2.449196});
  expect_values(history, "kind_loss", {4.311207});
  expect_values(history, "price_mae", {0.7798414});
  expect_values(history, "kind_mse", {1.9355265});
  expect_values(history, "kind_mae", {1.1664085});
}

struct SampleWeights {
  const char* name;
  DataArg given;
  double loss, price_loss, kind_loss, price_mse, kind_mse;
};

class OutputWeights : public ::testing::TestWithParam<SampleWeights> {};

TEST_P(OutputWeights, WeighTheirOutputAlone) {
  const SampleWeights& expected = GetParam();
  const History history = fitted({.loss = {{"price", "mse"}, {"kind", "huber"}},
                                  .metrics = {{"price", {"mae"}}},
                                  .weighted_metrics = {{"price", {"mse"}}, {"kind", {"mse"}}}},
                                 expected.given);
  expect_values(history, "loss", {expected.loss});
  expect_values(history, "price_loss", {expected.price_loss});
  expect_values(history, "kind_loss", {expected.kind_loss});
  expect_values(history, "price_mae", {0.64345115});
  expect_values(history, "price_mse", {expected.price_mse});
  expect_values(history, "kind_mse", {expected.kind_mse});
}

const Tensor kOfPrice = {1, 2, 3, 4, 5, 6, 7};
const Tensor kOfKind = {2, 0, 1, 0, 1, 0, 3};

INSTANTIATE_TEST_SUITE_P(
    Keras, OutputWeights,
    ::testing::Values(
        SampleWeights{
            "InOrder", {kOfPrice, kOfKind}, 3.8962941, 2.8867314, 1.0095628, 0.72168285, 2.8905239},
        SampleWeights{"ByName",
                      {{"kind", kOfKind}, {"price", kOfPrice}},
                      3.8962941,
                      2.8867314,
                      1.0095628,
                      0.72168285,
                      2.8905239},
        SampleWeights{"OfOneOutput",
                      {kOfPrice, Tensor()},
                      3.6782978,
                      2.8867314,
                      0.79156673,
                      0.72168285,
                      2.0441616}),
    [](const auto& info) { return info.param.name; });

TEST(Outputs, RefuseWeightsThatDoNotFit) {
  const CompileOptions options{.loss = {"mse", "mse"}};
  const auto error = [&](const DataArg& weights) {
    return error_of<Error>([&] { fitted(options, weights); });
  };
  EXPECT_EQ(error({kOfPrice, kOfPrice, kOfKind}), "fit: sample_weight: expected 2 tensors, got 3");
  EXPECT_EQ(error({{"price", kOfPrice}, {"kinds", kOfKind}}),
            "fit: sample_weight: unknown name \"kinds\"; did you mean \"kind\"?");
  EXPECT_EQ(error(Tensor::ones({7, 2})),
            "fit: expected sample_weight with one number an example for all outputs, got (7, 2); "
            "give one tensor an output");
  EXPECT_EQ(error({kOfPrice, Tensor{1, 2}}),
            "fit: data: expected 7 examples as in x, got 2 in sample_weight");
}

TEST(Outputs, AnEmptyTensorIsNoWeight) {
  const Sequential model = line_model({.optimizer = "sgd", .loss = "mse"});
  const Tensor x = seven_rows(), y = seven_targets(), none;
  EXPECT_NO_THROW(model.train_on_batch(x, y, none, {{1, 2.0}}));
  EXPECT_NO_THROW(model.fit(Dataset(x, y), {.verbose = 0, .sample_weight = none}));
}

// A Dataset knows no outputs; the step that is made for its batches does.
TEST(Outputs, RefuseADatasetWithTooManyWeights) {
  const Value in = Input({2});
  const Model model({.inputs = {in}, .outputs = {Dense(1)(in), Dense(1)(in)}, .name = "two"});
  model.compile({.loss = "mse"});
  const Tensor x = Tensor::ones({4, 2}), y = Tensor::ones({4, 1}), w = Tensor::ones({4});
  EXPECT_EQ(error_of<ShapeError>([&] {
              model.fit(Dataset({x}, {y, y}, {w, w, w}), {.verbose = 0});
            }),
            "two: expected one sample weight, or one for each of 2 targets, got 3");
}

// The layer of docs/guides/custom_layer.md: one part of its loss in training only.
struct Sparse : LayerBase {
  void build(const Shape& in) override {
    w_ = add_weight({.name = "w", .shape = {in.back()}, .initializer = "ones"});
  }
  Value call(const Value& x, CallContext& context) const override {
    if (context.training()) context.add_loss(0.1 * ops::mean(ops::square(x)));
    context.add_loss(0.01 * ops::sum(ops::abs(w_)));
    return x * w_;
  }
  Variable w_;
};

TEST(Outputs, LayersAddLosses) {
  const Sequential model({Input({2}), Dense(2, {.kernel_initializer = "ones"}),
                          make_layer<Sparse>(), Dense(1, {.kernel_initializer = "ones"})});
  model.compile({.optimizer = SGD({.learning_rate = 0.1}), .loss = "mse"});
  const Tensor x = {{0.0, 0.1}, {0.2, 0.3}, {0.4, 0.5}, {0.6, 0.7},
                    {0.8, 0.9}, {1.0, 1.1}, {1.2, 1.3}};
  const Tensor y = {{0.0}, {0.2}, {0.4}, {0.6}, {0.8}, {1.0}, {1.2}};
  const History history =
      model.fit(x, y, {.batch_size = 3, .epochs = 2, .verbose = 0, .shuffle = false});
  expect_values(history, "loss", {1.388263, 0.1931096});
  EXPECT_NEAR(model.evaluate(x, y, {.batch_size = 3})["loss"], 0.089970984, 1e-5);
  const Tensor got = model.predict(x);
  EXPECT_NEAR(got.item(0), -0.40942955, 1e-5);
  EXPECT_NEAR(got.item(6), 1.0912913, 1e-5);
}

}  // namespace
}  // namespace antler::testing
