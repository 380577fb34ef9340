// Each noun of Keras has a serialized form, is read from it, and names what it does not know.
#include <gtest/gtest.h>

#include "antler/activations/activation.h"
#include "antler/constraints/norm.h"
#include "antler/core/error.h"
#include "antler/initializers/glorot.h"
#include "antler/losses/huber.h"
#include "antler/metrics/confusion_metrics.h"
#include "antler/optimizers/adam.h"
#include "antler/regularizers/regularizer.h"
#include "antler/schedules/decays.h"
#include "tests/models/data.h"

namespace antler::testing {
namespace {

Config object_of(const char* class_name, Config config) {
  return Config::map({{"class_name", class_name}, {"config", std::move(config)}});
}

// `read` gives the serialized form of what it has read.
template <class Read>
void expect_noun(const Config& object, const char* misspelt, const char* nearest, Read&& read) {
  const std::string class_name = object.at("class_name").as_string();
  EXPECT_EQ(read(object), object) << class_name;
  Config config = object.at("config");
  config.set("nonsense", 1);
  EXPECT_NE(error_of<ValueError>([&] {
              read(object_of(class_name.c_str(), config));
            }).find("unknown key \"nonsense\""),
            std::string::npos)
      << class_name;
  for (const Config& unknown : {Config(misspelt), object_of(misspelt, Config::map())}) {
    const std::string text = error_of<ValueError>([&] { read(unknown); });
    EXPECT_NE(text.find("\"" + std::string(misspelt) + "\""), std::string::npos) << text;
    EXPECT_NE(text.find("did you mean \"" + std::string(nearest) + "\"?"), std::string::npos)
        << text;
  }
}

TEST(NounConfig, BothWaysForEveryNoun) {
  expect_noun(layer_to_config(Dense(3, {.activation = "relu", .name = "d"})), "Dens", "Dense",
              [](const Config& c) { return layer_to_config(layer_from_config(c)); });
  expect_noun(to_config(Huber({.delta = 2.0})), "Hubr", "huber",
              [](const Config& c) { return to_config(Loss::from_config(c)); });
  expect_noun(to_config(metrics::Precision({.thresholds = {0.5}, .name = "p"})), "Precison",
              "precision", [](const Config& c) { return to_config(Metric::from_config(c)); });
  expect_noun(Adam({.learning_rate = 0.25}).to_config(), "Adm", "adam",
              [](const Config& c) { return Optimizer::from_config(c).to_config(); });
  expect_noun(schedules::ExponentialDecay(0.1, 100, 0.9).to_config(), "ExponentialDecy",
              "ExponentialDecay",
              [](const Config& c) { return Schedule::from_config(c).to_config(); });
  expect_noun(initializers::GlorotUniform({.seed = 3}).to_config(), "GlorotUnifrm", "GlorotUniform",
              [](const Config& c) { return Initializer::from_config(c).to_config(); });
  expect_noun(Regularizer::from_config("l2").to_config(), "L3", "l1",
              [](const Config& c) { return Regularizer::from_config(c).to_config(); });
  expect_noun(constraints::MaxNorm({.max_value = 3}).to_config(), "MaxNrm", "MaxNorm",
              [](const Config& c) { return Constraint::from_config(c).to_config(); });
}

// A name stands for the object with its default arguments.
TEST(NounConfig, Names) {
  EXPECT_EQ(Loss::from_config("mse").base().class_name(), "MeanSquaredError");
  EXPECT_EQ(Loss::from_config("mse").name(), "mse");
  EXPECT_EQ(Metric::from_config("mae").name(), "mae");
  EXPECT_EQ(Optimizer::from_config("rmsprop").base().class_name(), "RMSprop");
  ActivationArg activation;
  from_config(Config("tanh"), activation);
  EXPECT_EQ(to_config(activation), Config("tanh"));
  EXPECT_EQ(error_of<ValueError>([&] { from_config(Config("tahn"), activation); }),
            "unknown activation \"tahn\"; did you mean \"tanh\"?");
}

TEST(NounConfig, CodeIsInNoConfig) {
  const Config own = object_of("function", "my_loss");
  EXPECT_EQ(
      error_of<ValueError>([&] { Loss::from_config(own); }),
      "loss: expected a built-in loss, got the function \"my_loss\", whose code the file does "
      "not hold");
  EXPECT_EQ(error_of<ValueError>([&] { Metric::from_config(own); }),
            "metric: expected a built-in metric, got the function \"my_loss\", whose code the file "
            "does not hold");
}

}  // namespace
}  // namespace antler::testing
