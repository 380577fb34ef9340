#include "antler/callbacks/gradient_monitor.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/callbacks/terminate_on_nan.h"
#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/layers/activation.h"
#include "antler/layers/relu.h"
#include "antler/models/trainer.h"
#include "tests/callbacks/scripted.h"

namespace antler::testing {
namespace {

History fit_with(const Model& model, std::vector<Callback> callbacks, int epochs = 1,
                 int verbose = 0) {
  return model.fit(
      four_rows(), four_targets(),
      {.epochs = epochs, .verbose = verbose, .callbacks = std::move(callbacks), .shuffle = false});
}

// y = x k + b with k = (1, 1) and b = 0: errors (0, -1, -1, -2), so that the gradient of their mean
// square is -(6, 3) / 2 for k and -2 for b.
TEST(GradientMonitor, MeasuresNormsByLayer) {
  for (const double scale : {1.0, 8.0}) {
    Sequential model({Input({2}), Dense(1, {.kernel_initializer = "ones", .name = "line"})});
    model.compile(
        {.optimizer = SGD({.learning_rate = 0.1, .loss_scale_factor = scale}), .loss = "mse"});
    const GradientMonitor monitor;
    fit_with(model, {monitor});
    ASSERT_EQ(monitor.layers().size(), 1U);
    const LayerGradients& line = monitor.layers()[0];
    EXPECT_EQ(line.layer, "line");
    EXPECT_EQ(line.elements, 3);
    EXPECT_NEAR(line.weight_norm, std::sqrt(2), 1e-6);
    EXPECT_NEAR(line.gradient_norm, std::sqrt(9 + 2.25 + 4), 1e-5);
    EXPECT_NEAR(line.update_norm, 0.1 * std::sqrt(9 + 2.25 + 4), 1e-6);
    EXPECT_EQ(line.relu_units, 0);
  }
}

TEST(GradientMonitor, DoesNotChangeTheNumbers) {
  const auto trained = [](std::vector<Callback> callbacks) {
    set_random_seed(5);
    Sequential model({Input({2}), Dense(4, {.activation = "relu"}), Dense(1)});
    model.compile({.optimizer = "adam", .loss = "mse"});
    fit_with(model, std::move(callbacks), 3);
    return model.get_weights()[0];
  };
  EXPECT_TRUE(identical(trained({}), trained({GradientMonitor()})));
  const TerminateOnNaN stop;
  EXPECT_TRUE(identical(trained({}), trained({GradientMonitor(), stop})));
  EXPECT_EQ(stop.message(), "");
}

// Inputs are not negative: with weights of -1 the first layer's units are 0, but for the last two.
TEST(GradientMonitor, FindsDeadReluUnits) {
  for (const bool as_layer : {false, true}) {
    Sequential model;
    model.add(Input({2}));
    model.add(Dense(3, {.activation = as_layer ? "linear" : "relu", .name = "hidden"}));
    if (as_layer) model.add(ReLU({.name = "hidden_relu"}));
    model.add(Dense(1, {.kernel_initializer = "ones", .name = "top"}));
    model.compile({.optimizer = SGD({.learning_rate = 1e-4}), .loss = "mse"});
    model.layers()[0].set_weights({Tensor{{-1, -1, 1}, {-1, -1, 1}}, Tensor{0, 0, 0}});
    const GradientMonitor monitor;
    fit_with(model, {monitor}, 2);
    const LayerGradients& row = monitor.layers()[as_layer ? 1 : 0];
    EXPECT_EQ(row.layer, as_layer ? "hidden_relu" : "hidden");
    EXPECT_EQ(row.relu_units, 3);
    EXPECT_EQ(row.dead_units, 2);
    ASSERT_EQ(monitor.warnings().size(), 1U) << "each warning comes once";
    EXPECT_EQ(monitor.warnings()[0],
              "epoch 1: " + row.layer +
                  ": 2 of 3 ReLU units were 0 for every example; try a smaller learning rate, "
                  "he_normal or LeakyReLU");
    EXPECT_NE(monitor.report().find("  2 of 3\n"), std::string::npos) << monitor.report();
  }
}

TEST(GradientMonitor, SaysWhenALayerGetsNoGradient) {
  Sequential model({Input({2}), Dense(2, {.name = "hidden"}), ReLU(),
                    Dense(1, {.kernel_initializer = "ones", .name = "top"})});
  model.compile({.optimizer = SGD({.learning_rate = 1e-4}), .loss = "mse"});
  model.layers()[0].set_weights({Tensor{{-1, -1}, {-1, -1}}, Tensor{0, 0}});
  const GradientMonitor monitor;
  fit_with(model, {monitor});
  ASSERT_FALSE(monitor.warnings().empty());
  EXPECT_EQ(monitor.warnings()[0],
            "epoch 1: hidden: its gradient was 0 in every step: nothing it does changes the loss");
}

std::string warnings_of(double learning_rate, const GradientMonitorOptions& options, double first,
                        int verbose = 0) {
  Sequential model({Input({2}), Dense(1, {.kernel_initializer = "ones", .name = "below"}),
                    Dense(1, {.kernel_initializer = "ones", .name = "top"})});
  model.compile({.optimizer = SGD({.learning_rate = learning_rate}), .loss = "mse"});
  model.layers()[1].set_weights({Tensor{{first}}, Tensor{0}});
  const GradientMonitor monitor(options);
  fit_with(model, {monitor}, 1, verbose);
  std::string all;
  for (const std::string& warning : monitor.warnings()) all += warning + "\n";
  return all;
}

TEST(GradientMonitor, WarnsInWords) {
  EXPECT_EQ(warnings_of(1e-4, {}, 1), "");
  // A weight of 1e-6 passes hardly any of the loss's gradient down.
  const std::string vanishing = warnings_of(1e-4, {}, 1e-6);
  EXPECT_EQ(vanishing.substr(0, 59), "epoch 1: below: its gradient vanishes: an element is 6.39e-");
  EXPECT_NE(vanishing.find(" of one of top; try relu, he_normal or a normalization\n"),
            std::string::npos);
  EXPECT_EQ(warnings_of(1e-4, {.exploding = 1}, 1),
            "epoch 1: below: its gradient explodes, with a norm of 3.91; try a smaller learning "
            "rate or clipnorm\n"
            "epoch 1: top: its gradient explodes, with a norm of 4.92; try a smaller learning rate "
            "or clipnorm\n");
  EXPECT_EQ(warnings_of(0.1, {}, 1),
            "epoch 1: below: a step changes its weights by 27.6 %; try a smaller learning rate\n"
            "epoch 1: top: a step changes its weights by 49.2 %; try a smaller learning rate\n");
  ::testing::internal::CaptureStdout();
  warnings_of(0.1, {}, 1, 2);
  EXPECT_NE(::testing::internal::GetCapturedStdout().find(
                "\nGradientMonitor: epoch 1: top: a step changes its weights by 49.2 %; try"),
            std::string::npos);
}

TEST(GradientMonitor, NamesMistakes) {
  EXPECT_EQ(error_of<ValueError>([] { GradientMonitor({.vanishing = 0}); }),
            "GradientMonitor: expected a positive vanishing, got 0.0");
  EXPECT_EQ(error_of<ValueError>([] { GradientMonitor({.dead_units = -1}); }),
            "GradientMonitor: expected a positive dead_units, got -1.0");
}

}  // namespace
}  // namespace antler::testing
