// What Keras' trajectories (tests/golden) do not show of the optimizers: slots, names, errors, and
// the optimizers that hold others.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "antler/core/error.h"
#include "antler/optimizers/adadelta.h"
#include "antler/optimizers/adafactor.h"
#include "antler/optimizers/adagrad.h"
#include "antler/optimizers/adam.h"
#include "antler/optimizers/adamax.h"
#include "antler/optimizers/ftrl.h"
#include "antler/optimizers/lamb.h"
#include "antler/optimizers/lion.h"
#include "antler/optimizers/loss_scale_optimizer.h"
#include "antler/optimizers/multi_optimizer.h"
#include "antler/optimizers/muon.h"
#include "antler/optimizers/nadam.h"
#include "antler/optimizers/schedule_free_adam_w.h"
#include "antler/optimizers/sgd.h"
#include "antler/schedules/decays.h"

namespace antler {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

Variable variable(const Tensor& initial, const std::string& path) {
  Variable made(initial, {.name = path.substr(path.rfind('/') + 1)});
  made.set_path(path);
  return made;
}

std::vector<Variable> two_variables() {
  return {variable(Tensor{{1, 2}, {3, 4}}, "dense/kernel"), variable(Tensor{3, 1}, "dense/bias")};
}

using Paths = std::vector<std::string>;

Paths built_paths(Optimizer optimizer) {
  optimizer.base().build(two_variables());
  Paths paths;
  for (const Variable& v : optimizer.variables()) paths.push_back(v.path());
  return paths;
}

// Each with an argument of its own, and common ones.
std::vector<Optimizer> one_of_each() {
  return {Adadelta({.rho = 0.5, .clipnorm = 1.0}),
          Adafactor({.beta_2_decay = -0.5, .relative_step = false}),
          Adagrad({.initial_accumulator_value = 0.5, .clipvalue = 2.0}),
          Adamax({.beta_2 = 0.5, .use_ema = true}),
          Ftrl({.l1_regularization_strength = 0.5, .name = "mine"}),
          Lamb({.beta_1 = 0.5, .weight_decay = 0.25}),
          Lion({.beta_2 = 0.5, .loss_scale_factor = 2.0}),
          Muon({.exclude_layers = {"logits"}, .adam_lr_ratio = 0.5, .rms_rate = {}}),
          Nadam({.epsilon = 0.5, .gradient_accumulation_steps = 2}),
          ScheduleFreeAdamW({.warmup_steps = 5, .global_clipnorm = 1.0}),
          LossScaleOptimizer(SGD({.momentum = 0.5}), {.initial_scale = 8, .name = "scaled"}),
          MultiOptimizer(OptimizerMap(Adam(), {{".*/bias", SGD({.momentum = 0.5})}}),
                         {.loss_scale_factor = 4.0})};
}

TEST(OptimizerConfig, OfEachIsReadBack) {
  for (const Optimizer& optimizer : one_of_each()) {
    const Config config = optimizer.to_config();
    EXPECT_EQ(Optimizer::from_config(config).to_config(), config);
  }
}

TEST(OptimizerConfig, IsKnownByKerasNames) {
  const std::vector<std::pair<const char*, const char*>> names = {
      {"adadelta", "Adadelta"}, {"adafactor", "Adafactor"},
      {"adagrad", "Adagrad"},   {"adamax", "Adamax"},
      {"ftrl", "Ftrl"},         {"lamb", "Lamb"},
      {"lion", "Lion"},         {"muon", "Muon"},
      {"nadam", "Nadam"},       {"schedulefreeadamw", "ScheduleFreeAdamW"}};
  for (const auto& [name, class_name] : names) {
    EXPECT_EQ(OptimizerArg(name).get().base().class_name(), class_name);
  }
}

TEST(OptimizerVariables, OfEachStandInKerasOrder) {
  EXPECT_EQ(built_paths(Adadelta()), (Paths{"adadelta/iteration", "adadelta/learning_rate",
                                            "adadelta/dense_kernel_accumulated_grad",
                                            "adadelta/dense_kernel_accumulated_delta_var",
                                            "adadelta/dense_bias_accumulated_grad",
                                            "adadelta/dense_bias_accumulated_delta_var"}));
  EXPECT_EQ(built_paths(Nadam({.learning_rate = schedules::CosineDecay(0.1, 5)})),
            (Paths{"nadam/iteration", "nadam/dense_kernel_momentum", "nadam/dense_kernel_velocity",
                   "nadam/dense_bias_momentum", "nadam/dense_bias_velocity", "nadam/u_product"}));
  EXPECT_EQ(built_paths(Adafactor()),
            (Paths{"adafactor/iteration", "adafactor/learning_rate", "adafactor/kernel_r",
                   "adafactor/kernel_c", "adafactor/dense_kernel_velocity", "adafactor/bias_r",
                   "adafactor/bias_c", "adafactor/dense_bias_velocity"}));
  EXPECT_EQ(built_paths(Muon()),
            (Paths{"muon/iteration", "muon/learning_rate", "muon/dense_kernel_momentum",
                   "muon/dense_bias_momentum", "muon/dense_bias_velocity"}));
  EXPECT_EQ(built_paths(LossScaleOptimizer(SGD({.momentum = 0.5}))),
            (Paths{"loss_scale_optimizer/iteration", "loss_scale_optimizer/learning_rate",
                   "loss_scale_optimizer/step_counter", "loss_scale_optimizer/dynamic_scale",
                   "sgd/iteration", "sgd/learning_rate", "sgd/dense_kernel_momentum",
                   "sgd/dense_bias_momentum"}));
  EXPECT_EQ(built_paths(MultiOptimizer(OptimizerMap(Lion(), {{".*/bias", Adagrad()}}))),
            (Paths{"multi_optimizer/iteration", "multi_optimizer/learning_rate",
                   "adagrad/iteration", "adagrad/learning_rate", "adagrad/dense_bias_accumulator",
                   "lion/iteration", "lion/learning_rate", "lion/dense_kernel_momentum"}));
}

TEST(ScheduleFreeAdamW, StartsFromTheWeights) {
  ScheduleFreeAdamW optimizer;
  const std::vector<Variable> variables = two_variables();
  optimizer.base().build(variables);
  EXPECT_TRUE(identical(optimizer.variables()[2].read(), variables[0].read()));
  EXPECT_TRUE(identical(optimizer.variables()[4].read(), variables[1].read()));
}

TEST(Muon, LeavesEmbeddingsToAdam) {
  const auto slots = [](const MuonOptions& options, const std::string& path) {
    Muon optimizer(options);
    optimizer.base().build({variable(Tensor{{1, 2}}, path)});
    return optimizer.variables().size() - 2;
  };
  EXPECT_EQ(slots({}, "dense/kernel"), 1U);
  EXPECT_EQ(slots({}, "my_Embedding/embeddings"), 2U);
  EXPECT_EQ(slots({.exclude_embeddings = false}, "my_Embedding/embeddings"), 1U);
  EXPECT_EQ(slots({.exclude_layers = {"^log"}}, "logits/kernel"), 2U);
}

TEST(LossScaleOptimizer, SkipsWhatIsNotFiniteAndFindsItsScale) {
  const Variable v(Tensor{0, 0});
  LossScaleOptimizer optimizer(SGD({.learning_rate = 1.0, .loss_scale_factor = 100.0}),
                               {.initial_scale = 4, .dynamic_growth_steps = 2});
  const auto scale = [&] { return optimizer.variables()[3].read().item(); };
  optimizer.apply({{v}, {Tensor{4, 8}}});
  EXPECT_TRUE(identical(v.read(), Tensor({-1, -2})));
  EXPECT_EQ(scale(), 4);
  optimizer.apply({{v}, {Tensor{kInfinity, 8}}});
  optimizer.apply({{v}, {Tensor{4, kNaN}}});
  EXPECT_TRUE(identical(v.read(), Tensor({-1, -2})));
  EXPECT_EQ(scale(), 1);
  EXPECT_EQ(optimizer.base().iterations().read().item(), 1);
  for (int i = 0; i < 2; ++i) optimizer.apply({{v}, {Tensor{1, 1}}});
  EXPECT_EQ(scale(), 2);
  EXPECT_TRUE(identical(v.read(), Tensor({-3, -4})));
  EXPECT_EQ(Tensor(optimizer.base().scale_loss(Tensor::full({}, 3))).item(), 6);
}

TEST(LossScaleOptimizer, HasTheInnerOptimizersRate) {
  LossScaleOptimizer optimizer("adam");
  EXPECT_FLOAT_EQ(static_cast<float>(optimizer.learning_rate()), 0.001F);
  optimizer.set_learning_rate(0.5);
  EXPECT_EQ(
      optimizer.to_config().at("config").at("inner_optimizer").at("config").at("learning_rate"),
      Config(0.5));
}

TEST(LossScaleOptimizer, ReadsWhatOlderKerasWrote) {
  Config config = LossScaleOptimizer(SGD(), {.initial_scale = 2}).to_config();
  Config inner = config.at("config");
  inner.set("use_ema", false);
  inner.set("ema_momentum", 0.99);
  inner.set("weight_decay", nullptr);
  Config older = config;
  older.set("config", inner);
  EXPECT_EQ(Optimizer::from_config(older).to_config(), config);
}

TEST(MultiOptimizer, GivesEachVariableItsOptimizer) {
  const std::vector<Variable> v = {variable(Tensor{0}, "a/kernel"), variable(Tensor{0}, "a/bias"),
                                   variable(Tensor{0}, "b/kernel")};
  MultiOptimizer optimizer(OptimizerMap(
      SGD({.learning_rate = 1.0}),
      {{"a/.*", SGD({.learning_rate = 0.5})}, {"a/bias", SGD({.learning_rate = 0.25})}}));
  const Tensor one = {1};
  optimizer.apply({v, {one, one, one}});
  EXPECT_EQ(v[0].read().item(), -0.5);
  EXPECT_EQ(v[1].read().item(), -0.25);  // its very path goes before a pattern
  EXPECT_EQ(v[2].read().item(), -1);
}

TEST(MultiOptimizer, CountsASharedOptimizersStepsOnce) {
  const std::vector<Variable> v = {variable(Tensor{0}, "a"), variable(Tensor{0}, "b")};
  const SGD shared({.learning_rate = 0.5});
  MultiOptimizer optimizer(OptimizerMap(SGD(), {{"a", shared}, {"b", shared}}));
  optimizer.apply({v, {Tensor{1}, Tensor{1}}});
  EXPECT_EQ(shared.base().iterations().read().item(), 1);
  EXPECT_EQ(v[0].read().item() + v[1].read().item(), -1);
}

template <class E>
std::string message(const std::function<void()>& f) {
  try {
    f();
  } catch (const E& e) {
    return e.what();
  }
  return "nothing was thrown";
}

TEST(OptimizerErrors, OfEachNameTheArgument) {
  const auto expect = [](const std::function<void()>& make, const std::string& text) {
    EXPECT_EQ(message<ValueError>(make), text);
  };
  expect([] { Adadelta({.rho = 1.5}); }, "Adadelta: expected rho in [0, 1], got 1.5");
  expect([] { Adadelta({.epsilon = -1}); }, "Adadelta: expected epsilon >= 0, got -1.0");
  expect([] { Adafactor({.clip_threshold = 0}); },
         "Adafactor: expected clip_threshold > 0, got 0.0");
  expect([] { Adagrad({.initial_accumulator_value = -1}); },
         "Adagrad: expected initial_accumulator_value >= 0, got -1.0");
  expect([] { Adamax({.beta_1 = 1}); }, "Adamax: expected beta_1 in [0, 1), got 1.0");
  expect([] { Ftrl({.learning_rate_power = 0.5}); },
         "Ftrl: expected learning_rate_power <= 0, got 0.5");
  expect([] { Ftrl({.l2_regularization_strength = -1}); },
         "Ftrl: expected l2_regularization_strength >= 0, got -1.0");
  expect([] { Lamb({.beta_2 = 2}); }, "Lamb: expected beta_2 in [0, 1), got 2.0");
  expect([] { Lion({.beta_1 = 0}); }, "Lion: expected beta_1 in (0, 1], got 0.0");
  expect([] { Muon({.ns_steps = -1}); }, "Muon: expected ns_steps >= 0, got -1");
  expect([] { Muon({.exclude_layers = {"["}}); },
         "Muon: expected regular expressions as exclude_layers, got \"[\"");
  expect([] { Nadam({.beta_1 = -0.5}); }, "Nadam: expected beta_1 in [0, 1), got -0.5");
  expect([] { ScheduleFreeAdamW({.beta_1 = 0}); },
         "ScheduleFreeAdamW: expected beta_1 in (0, 1], got 0.0");
  expect([] { ScheduleFreeAdamW({.warmup_steps = -1}); },
         "ScheduleFreeAdamW: expected warmup_steps >= 0, got -1");
  expect([] { LossScaleOptimizer(SGD(), {.initial_scale = 0}); },
         "LossScaleOptimizer: expected initial_scale > 0, got 0.0");
  expect([] { LossScaleOptimizer(SGD(), {.dynamic_growth_steps = 0}); },
         "LossScaleOptimizer: expected dynamic_growth_steps >= 1, got 0");
  expect([] { OptimizerArg("lossscaleoptimizer"); },
         "LossScaleOptimizer: \"inner_optimizer\": expected a value, got none");
  expect([] { OptimizerArg("multioptimizer"); },
         "MultiOptimizer: \"optimizer_map\": expected a value, got none");
  expect(
      [] {
        OptimizerMap(SGD(), {{"(", SGD()}});
      },
      "OptimizerMap: expected regular expressions, got \"(\"");
  expect([] { MultiOptimizer{OptimizerMap{LossScaleOptimizer{SGD()}}}; },
         "MultiOptimizer: expected optimizers that hold no others, got LossScaleOptimizer");
  expect(
      [] {
        MultiOptimizer optimizer(OptimizerMap(SGD(), {{"a.*", SGD()}, {".*b", SGD()}}));
        optimizer.apply({{variable(Tensor{0}, "ab")}, {Tensor{1}}});
      },
      "OptimizerMap: expected one optimizer for ab, got several whose patterns match");
  EXPECT_EQ(message<StateError>([] { MultiOptimizer(OptimizerMap(SGD())).set_learning_rate(1); }),
            "MultiOptimizer: expected one learning rate, got an optimizer that holds others; use "
            "theirs");
}

}  // namespace
}  // namespace antler
