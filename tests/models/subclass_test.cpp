#include <gtest/gtest.h>

#include <cmath>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/value_and_grad.h"
#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/losses/mean_squared_error.h"
#include "antler/metrics/mean.h"
#include "antler/models/step_context.h"
#include "antler/models/trainer.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/rounding.h"
#include "antler/ops/statistics.h"
#include "antler/ops/sum.h"
#include "antler/optimizers/adam.h"
#include "antler/optimizers/sgd.h"
#include "tests/models/data.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

struct TwoLayers : ModelBase {
  Dense hidden = add_layer(Dense(8, {.activation = "tanh", .name = "hidden"}));
  Dense out = add_layer(Dense(1, {.name = "out"}));
  Value call(const Value& x, CallContext& context) const override {
    return out(hidden(x, context), context);
  }
};

TEST(Subclass, TrainsAndPredicts) {
  set_random_seed(1);
  const Model model = make_model<TwoLayers>();
  EXPECT_EQ(model.class_name(), "TwoLayers");
  model.compile({.optimizer = Adam({.learning_rate = 0.05}), .loss = "mse", .metrics = {"mae"}});
  const History history = model.fit(seven_rows(), seven_targets(), {.epochs = 60, .verbose = 0});
  EXPECT_LT(history["loss"].back(), 0.2 * history["loss"].front());
  EXPECT_EQ(model.weights().size(), 4U);
  EXPECT_EQ(model.layers().size(), 2U);
  EXPECT_EQ(model.predict(seven_rows()).shape(), Shape({7, 1}));
}

// The loss of compile, doubled.
struct DoubledLoss : TwoLayers {
  Value compute_loss(const std::vector<Value>& y_true, const std::vector<Value>& y_pred,
                     const std::vector<Value>& sample_weight, StepContext& context) const override {
    return 2.0 * ModelBase::compute_loss(y_true, y_pred, sample_weight, context);
  }
};

TEST(Subclass, OverridesTheLoss) {
  const auto loss = [](const Model& model) {
    model.compile({.optimizer = "sgd", .loss = "mse"});
    model.predict(seven_rows());
    std::vector<Tensor> weights;
    for (const Variable& weight : model.weights()) {
      weights.push_back(Tensor::full(weight.shape(), 0.1));
    }
    model.set_weights(weights);
    return model.train_on_batch(seven_rows(), seven_targets())["loss"];
  };
  EXPECT_NEAR(loss(make_model<DoubledLoss>()), 2 * loss(make_model<TwoLayers>()), 1e-4);
}

// Its own step: plain gradient descent, and a metric of its own.
struct OwnStep : TwoLayers {
  void train_step(StepContext& context) const override {
    const Value y_pred = call(context.x[0], context.call());
    const Value loss = ops::mean(ops::abs(y_pred - context.y[0]));
    context.track_loss(loss);
    context.update_metric(spread, context.y[0], y_pred);
    const std::vector<Variable> weights = Layer(hidden).weights();
    const std::vector<Value> slopes = gradients(loss, weights);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      context.updates().assign(weights[i], weights[i] - 0.1 * slopes[i]);
    }
  }
  Metric spread = add_metric(make_mean_metric(
      [](const Value&, const Value& y_pred) { return ops::mean(y_pred, {.axis = {-1}}); },
      "spread"));
};

TEST(Subclass, OverridesTheStep) {
  const Model model = make_model<OwnStep>();
  model.compile({.optimizer = "sgd", .loss = "mse"});
  model.predict(seven_rows());
  const std::vector<Tensor> before = model.get_weights();
  const double predicted = Tensor(ops::mean(model.predict(seven_rows()))).item();
  const History history = model.fit(seven_rows(), seven_targets(), {.verbose = 0});
  EXPECT_TRUE(history.contains("spread"));
  EXPECT_NEAR(history["spread"][0], predicted, 1e-5);
  const std::vector<Tensor> after = model.get_weights();
  EXPECT_FALSE(identical(after[0], before[0]));
  EXPECT_TRUE(identical(after[2], before[2])) << "the step does not touch the second layer";
}

// What ModelBase does, written by hand.
struct SameStep : TwoLayers {
  void train_step(StepContext& context) const override {
    const Value y_pred = call(context.x[0], context.call());
    names.clear();
    for (const Variable& weight : context.trainable_weights()) names.push_back(weight.path());
    const Value loss = compute_loss(context.y, {y_pred}, context.sample_weight, context);
    context.minimize(loss);
    context.track_loss(loss);
    context.update_metrics({y_pred});
  }
  mutable std::vector<std::string> names;
};

TEST(Subclass, ItsContextHasTheWeightsAndTheirOptimizer) {
  const auto trained = [](const Model& model, bool freeze = false) {
    set_random_seed(3);
    model.layers()[0].set_trainable(!freeze);
    model.compile({.optimizer = Adam({.learning_rate = 0.01, .loss_scale_factor = 8.0}),
                   .loss = "mse",
                   .metrics = {"mae"}});
    const History history = model.fit(seven_rows(), seven_targets(), {.epochs = 3, .verbose = 0});
    EXPECT_EQ(history["mae"].size(), 3U);
    return model.get_weights();
  };
  set_random_seed(3);
  const std::vector<Tensor> expected = trained(make_model<TwoLayers>());
  set_random_seed(3);
  const Model model = make_model<SameStep>();
  const std::vector<Tensor> weights = trained(model);
  ASSERT_EQ(weights.size(), 4U);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    EXPECT_TRUE(identical(weights[i], expected[i])) << i;
  }
  const auto& names = static_cast<SameStep&>(model.base()).names;
  EXPECT_EQ(names,
            (std::vector<std::string>{"hidden/kernel", "hidden/bias", "out/kernel", "out/bias"}));
  const std::vector<Tensor> before = model.get_weights();
  const std::vector<Tensor> after = trained(model, true);
  EXPECT_EQ(names, (std::vector<std::string>{"out/kernel", "out/bias"}));
  EXPECT_TRUE(identical(after[0], before[0]));
  EXPECT_FALSE(identical(after[2], before[2]));
}

// Two optimizers, each with its part of the weights: the slope of x w by w is x.
struct TwoOptimizers : ModelBase {
  Dense up = add_layer(Dense(1, {.use_bias = false, .kernel_initializer = "zeros"}));
  Dense down = add_layer(Dense(1, {.use_bias = false, .kernel_initializer = "zeros"}));
  SGD own = SGD({.learning_rate = 0.5});
  Value call(const Value& x, CallContext& context) const override {
    return up(x, context) + down(x, context);
  }
  void train_step(StepContext& context) const override {
    const Value loss = ops::mean(call(context.x[0], context.call()));
    context.minimize(loss, down.weights(), own);
    context.minimize(-loss, up.weights(), context.trainer().optimizer());
    context.track_loss(loss);
  }
};

TEST(Subclass, MayHaveAnOptimizerForEachPart) {
  const Model model = make_model<TwoOptimizers>();
  model.compile({.optimizer = SGD({.learning_rate = 0.25})});
  const Tensor x = {{1, 3}, {3, 5}};
  model.train_on_batch(x, x);
  EXPECT_TRUE(is_near(model.get_weights()[0], Tensor{{0.5}, {1}}, 1e-6));
  EXPECT_TRUE(is_near(model.get_weights()[1], Tensor{{-1}, {-2}}, 1e-6));
  model.train_on_batch(x, x);
  EXPECT_TRUE(is_near(model.get_weights()[0], Tensor{{1}, {2}}, 1e-6));
  EXPECT_TRUE(is_near(model.get_weights()[1], Tensor{{-2}, {-4}}, 1e-6));
}

struct VectorLoss : TwoLayers {
  void train_step(StepContext& context) const override {
    context.minimize(call(context.x[0], context.call()));
  }
};

TEST(Subclass, MinimizesScalarsOnly) {
  const Model model = make_model<VectorLoss>();
  model.compile({.optimizer = "sgd"});
  try {
    model.train_on_batch(seven_rows(), seven_targets());
    ADD_FAILURE() << "expected an error";
  } catch (const ShapeError& error) {
    EXPECT_STREQ(error.what(),
                 "vector_loss: expected a scalar loss, got (7, 1); give the loss another reduction "
                 "than \"none\"");
  }
}

// E |d loss / d x|^2 in the loss: the step holds a gradient of a gradient. For y = w x the slope of
// y is w, so that the penalty is 2 w^2 and its own gradient 4 w.
struct Penalized : ModelBase {
  Dense line = add_layer(Dense(1, {.use_bias = false, .kernel_initializer = "ones"}));
  Value call(const Value& x, CallContext& context) const override { return line(x, context); }
  Value compute_loss(const std::vector<Value>&, const std::vector<Value>& y_pred,
                     const std::vector<Value>&, StepContext& context) const override {
    const Value slope = gradients(ops::sum(y_pred[0]), std::vector<Value>{context.x[0]})[0];
    return ops::mean(ops::sum(slope * slope, {.axis = {-1}}));
  }
};

TEST(Subclass, PenalizesGradients) {
  const Model model = make_model<Penalized>();
  model.compile({.optimizer = SGD({.learning_rate = 0.1})});
  EXPECT_NEAR(model.train_on_batch(seven_rows(), seven_targets())["loss"], 2.0, 1e-6);
  EXPECT_TRUE(is_near(model.get_weights()[0], Tensor{{0.8}, {0.8}}, 1e-6));
  EXPECT_NEAR(model.train_on_batch(seven_rows(), seven_targets())["loss"], 2 * 0.64, 1e-6);
}

TEST(CustomLoop, IsTheStepOfFit) {
  const auto new_model = [] {
    return line_model({.optimizer = SGD({.learning_rate = 0.05}), .loss = "mse"});
  };
  const Sequential fitted = new_model();
  fitted.fit(seven_rows(), seven_targets(),
             {.batch_size = 7, .epochs = 4, .verbose = 0, .shuffle = false});
  const Sequential model = new_model();
  SGD optimizer({.learning_rate = 0.05});
  const Loss mse = MeanSquaredError();
  const auto step = value_and_grad([&](const Value& x, const Value& y) { return mse(y, model(x)); },
                                   model.trainable_weights());
  std::vector<double> losses;
  for (int i = 0; i < 4; ++i) {
    const auto [loss, slopes] = step(seven_rows(), seven_targets());
    losses.push_back(loss.item());
    optimizer.apply(slopes);
  }
  EXPECT_NEAR(losses[0], 2.2857144, 1e-5);
  EXPECT_NEAR(losses[1], 1.1174053, 1e-5);
  EXPECT_TRUE(is_near(model.get_weights()[0], fitted.get_weights()[0], 1e-6));
}

// As many inputs as come: one program for each number of them.
struct SumOfInputs : ModelBase {
  Dense out = add_layer(Dense(3, {.kernel_initializer = "ones", .name = "out"}));
  std::vector<Value> call_list(const std::vector<Value>& inputs,
                               CallContext& context) const override {
    Value sum = inputs[0];
    for (std::size_t i = 1; i < inputs.size(); ++i) sum = sum + inputs[i];
    return {out(sum, context)};
  }
};

TEST(Subclass, MakesAProgramForEachNumberOfInputs) {
  const Model model = make_model<SumOfInputs>();
  model.compile({.optimizer = SGD({.learning_rate = 1e-9}), .loss = "mae"});
  Trainer& trainer = model.model_base().trainer();
  const Tensor x = Tensor::full({2, 3}, 1.0), y = Tensor::zeros({2, 3});
  for (const std::size_t inputs : {2U, 1U, 3U, 1U}) {
    trainer.train_on({.x = std::vector<Tensor>(inputs, x), .y = {y}, .size = 2});
    EXPECT_NEAR(trainer.results()["loss"], 3.0 * static_cast<double>(inputs), 1e-5) << inputs;
    trainer.reset_metrics();
  }
}

// What was read in one step is not the next step's.
TEST(Subclass, KeepsWhatItsProbesRead) {
  const Model model = make_model<TwoLayers>();
  model.compile({.optimizer = SGD({.learning_rate = 0.1}), .loss = "mse"});
  Trainer& trainer = model.model_base().trainer();
  const Batch batch{.x = {seven_rows()}, .y = {seven_targets()}, .size = 7};
  const auto read = [&] {
    trainer.train_on(batch, {.norms = true});
    for (const Probe& probe : trainer.probes()) {
      if (probe.kind == Probe::Kind::gradient) return probe.read;
    }
    return Tensor();
  };
  const Tensor first = read();
  const double then = first.item<double>();
  const Tensor second = read();
  EXPECT_EQ(first.item<double>(), then);
  EXPECT_NE(second.item<double>(), then);
}

}  // namespace
}  // namespace antler::testing
