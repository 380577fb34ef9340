#include "antler/callbacks/terminate_on_nan.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/callbacks/lambda_callback.h"
#include "antler/core/error.h"
#include "antler/models/trainer.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/exponential.h"
#include "antler/ops/roots.h"
#include "tests/callbacks/scripted.h"

namespace antler::testing {
namespace {

// log of what is below 0 from the second epoch on: the weight moves down.
struct LogLayer : LayerBase {
  void build(const Shape&) override {
    s_ = add_weight({.name = "s", .shape = {1}, .initializer = "ones"});
  }
  Value call(const Value& x, CallContext&) const override { return ops::log(s_ + 0.0 * x); }
  Variable s_;
};

// sqrt(s * s) at s = 0: the value is 0, the gradient NaN.
struct RootLayer : LayerBase {
  void build(const Shape&) override {
    s_ = add_weight({.name = "s", .shape = {1}, .initializer = "zeros"});
  }
  Value call(const Value& x, CallContext&) const override { return x + ops::sqrt(s_ * s_); }
  Variable s_;
};

template <class L>
Sequential model_with(const std::string& name, double learning_rate) {
  const Layer layer = make_layer<L>();
  layer.base().set_name(name);
  Sequential model({Input({1}), layer, Dense(1, {.kernel_initializer = "ones", .name = "top"})});
  model.compile({.optimizer = SGD({.learning_rate = learning_rate}), .loss = "mse"});
  return model;
}

History fit_with(const Model& model, const Callback& callback, const Tensor& x = Tensor{{1}, {2}},
                 int verbose = 0) {
  return model.fit(x, Tensor{{-9}, {-9}},
                   {.batch_size = 1,
                    .epochs = 5,
                    .verbose = verbose,
                    .callbacks = {callback},
                    .shuffle = false});
}

// A fit without it has left a program for the same shapes that looks at nothing.
TEST(TerminateOnNaN, LooksAfterAFitWithoutIt) {
  const Sequential model = model_with<RootLayer>("root", 0.01);
  fit_with(model, LambdaCallback({}));
  const TerminateOnNaN stop;
  fit_with(model, stop);
  EXPECT_NE(stop.place(), "");
}

TEST(TerminateOnNaN, IsSilentWhenAllIsFinite) {
  Sequential model({Input({1}), Dense(1)});
  model.compile({.optimizer = SGD({.learning_rate = 0.01}), .loss = "mse"});
  const TerminateOnNaN stop;
  EXPECT_EQ(fit_with(model, stop).epoch().size(), 5U);
  EXPECT_EQ(stop.message(), "");
  EXPECT_EQ(stop.place(), "");
  EXPECT_FALSE(stop.step());
}

TEST(TerminateOnNaN, NamesTheLayerAndTheStep) {
  const TerminateOnNaN stop;
  const History history = fit_with(model_with<LogLayer>("bad", 0.1), stop);
  EXPECT_EQ(history.epoch().size(), 1U);
  EXPECT_TRUE(std::isnan(history["loss"][0]));
  EXPECT_EQ(stop.place(), "bad");
  EXPECT_EQ(stop.step(), 1);
  EXPECT_EQ(stop.message(),
            "the loss is NaN in epoch 1, batch 2; the first value that was not finite: bad in step "
            "1 (epoch 1, batch 2)");
}

TEST(TerminateOnNaN, NamesTheGradientThatCameBefore) {
  const TerminateOnNaN stop;
  fit_with(model_with<RootLayer>("root", 0.1), stop);
  EXPECT_EQ(stop.place(), "the gradient of root/s");
  EXPECT_EQ(stop.step(), 0);
  EXPECT_EQ(stop.message(),
            "the loss is NaN in epoch 1, batch 2; the first value that was not finite: the "
            "gradient of root/s in step 0 (epoch 1, batch 1)");
}

// sqrt(s * x) at s = 0: the gradient is infinite; clipped, it moves s to where all is finite.
struct SteepLayer : LayerBase {
  void build(const Shape&) override {
    s_ = add_weight({.name = "s", .shape = {1}, .initializer = "zeros"});
  }
  Value call(const Value& x, CallContext&) const override { return ops::sqrt(s_ * x); }
  Variable s_;
};

TEST(TerminateOnNaN, ForgetsWhatTheLossGotOver) {
  const Layer layer = make_layer<SteepLayer>();
  layer.base().set_name("steep");
  const Sequential model({Input({1}, {.name = "pixels"}), layer});
  model.compile({.optimizer = SGD({.learning_rate = 0.1, .clipvalue = 1.0}), .loss = "mse"});
  std::vector<std::string> places;
  const TerminateOnNaN stop;
  const Callback watch = LambdaCallback(
      {.on_train_batch_end = [&](std::int64_t, const Logs&) { places.push_back(stop.place()); }});
  model.fit(Tensor{{1}, {1}, {kNaN}}, Tensor{{9}, {9}, {9}},
            {.batch_size = 1, .verbose = 0, .callbacks = {stop, watch}, .shuffle = false});
  EXPECT_EQ(places, (std::vector<std::string>{"the gradient of steep/s", "", "the input pixels"}));
  EXPECT_EQ(stop.step(), 2);
}

TEST(TerminateOnNaN, NamesTheInput) {
  Sequential model({Input({1}, {.name = "pixels"}), Dense(1)});
  model.compile({.optimizer = "sgd", .loss = "mse"});
  const TerminateOnNaN stop;
  fit_with(model, stop, Tensor{{1}, {kNaN}});
  EXPECT_EQ(stop.place(), "the input pixels");
  EXPECT_EQ(stop.step(), 1);
}

TEST(TerminateOnNaN, ThrowsOrTellsWhenAsked) {
  EXPECT_EQ(error_of<ValueError>([] {
              fit_with(model_with<LogLayer>("bad", 0.1), TerminateOnNaN({.raise_error = true}));
            }).substr(0, 56),
            "TerminateOnNaN: the loss is NaN in epoch 1, batch 2; the");
  ::testing::internal::CaptureStdout();
  fit_with(model_with<LogLayer>("bad", 0.1), TerminateOnNaN(), Tensor{{1}, {2}}, 2);
  EXPECT_NE(::testing::internal::GetCapturedStdout().find(
                "\nTerminateOnNaN: the loss is NaN in epoch 1, batch 2"),
            std::string::npos);
}

TEST(TerminateOnNaN, ItsProbesDoNotChangeTheNumbers) {
  const auto train = [](std::vector<Callback> callbacks) {
    const Sequential model = small_model();
    model.fit(four_rows(), four_targets(),
              {.epochs = 3, .verbose = 0, .callbacks = std::move(callbacks), .shuffle = false});
    return model.get_weights()[0];
  };
  EXPECT_TRUE(identical(train({}), train({TerminateOnNaN()})));
}

}  // namespace
}  // namespace antler::testing
