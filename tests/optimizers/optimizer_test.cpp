#include "antler/optimizers/optimizer.h"

#include <gtest/gtest.h>

#include <functional>

#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/sum.h"
#include "antler/optimizers/adam.h"
#include "antler/optimizers/adam_w.h"
#include "antler/optimizers/rmsprop.h"
#include "antler/optimizers/sgd.h"

namespace antler {
namespace {

std::vector<Variable> two_variables() {
  Variable kernel(Tensor{{1, 2}}, {.name = "kernel"});
  kernel.set_path("sequential/dense/kernel");
  Variable bias(Tensor{3}, {.name = "bias"});
  bias.set_path("sequential/dense/bias");
  return {kernel, bias};
}

std::vector<std::string> built_paths(Optimizer optimizer) {
  optimizer.base().build(two_variables());
  std::vector<std::string> paths;
  for (const Variable& v : optimizer.variables()) paths.push_back(v.path());
  return paths;
}

using Paths = std::vector<std::string>;

TEST(OptimizerVariables, StandInKerasOrder) {
  EXPECT_EQ(built_paths(SGD()), (Paths{"sgd/iteration", "sgd/learning_rate"}));
  EXPECT_EQ(built_paths(SGD({.momentum = 0.5, .name = "mine"})),
            (Paths{"mine/iteration", "mine/learning_rate", "mine/sequential_dense_kernel_momentum",
                   "mine/sequential_dense_bias_momentum"}));
  EXPECT_EQ(
      built_paths(RMSprop({.momentum = 0.5, .centered = true})),
      (Paths{"rm_sprop/iteration", "rm_sprop/learning_rate",
             "rm_sprop/sequential_dense_kernel_velocity", "rm_sprop/sequential_dense_bias_velocity",
             "rm_sprop/sequential_dense_kernel_momentum", "rm_sprop/sequential_dense_bias_momentum",
             "rm_sprop/sequential_dense_kernel_average_gradient",
             "rm_sprop/sequential_dense_bias_average_gradient"}));
  EXPECT_EQ(
      built_paths(Adam({.amsgrad = true, .use_ema = true, .gradient_accumulation_steps = 2})),
      (Paths{
          "adam/iteration", "adam/learning_rate", "adam/sequential_dense_kernel_average",
          "adam/sequential_dense_bias_average", "adam/sequential_dense_kernel_gradient_accumulator",
          "adam/sequential_dense_bias_gradient_accumulator",
          "adam/sequential_dense_kernel_momentum", "adam/sequential_dense_kernel_velocity",
          "adam/sequential_dense_bias_momentum", "adam/sequential_dense_bias_velocity",
          "adam/sequential_dense_kernel_velocity_hat", "adam/sequential_dense_bias_velocity_hat"}));
}

TEST(OptimizerVariables, HaveTheTypesOfTheirVariables) {
  Adam optimizer;
  optimizer.base().build({Variable(Tensor::zeros({2, 3}, DType::float64))});
  const std::vector<Variable> all = optimizer.variables();
  EXPECT_EQ(all[0].dtype(), DType::int64);
  EXPECT_EQ(all[1].dtype(), DType::float32);
  EXPECT_EQ(all[2].dtype(), DType::float64);
  EXPECT_EQ(all[2].shape(), Shape({2, 3}));
  EXPECT_FALSE(all[2].trainable());
}

TEST(Build, KeepsSlotsForTheSameVariables) {
  SGD optimizer({.momentum = 0.5});
  const std::vector<Variable> variables = two_variables();
  optimizer.base().build(variables);
  const Variable slot = optimizer.variables()[2];
  optimizer.base().build(variables);
  EXPECT_EQ(optimizer.variables()[2], slot);
  optimizer.base().build({variables[1]});
  EXPECT_EQ(optimizer.variables().size(), 3U);
  EXPECT_FALSE(optimizer.variables()[2] == slot);
}

TEST(Optimizer, CopiesAreTheSameOptimizer) {
  const Variable v(Tensor{1});
  Optimizer first = SGD({.learning_rate = 0.5});
  Optimizer second = first;
  first.apply({{v}, {Tensor{1}}});
  second.apply({{v}, {Tensor{1}}});
  EXPECT_EQ(v.read().item(), 0);
  EXPECT_EQ(second.base().iterations().read().item(), 2);
}

TEST(Optimizer, TakesTheLearningRateOfTheMoment) {
  const Variable v(Tensor{0});
  SGD optimizer({.learning_rate = 0.5});
  optimizer.apply({{v}, {Tensor{1}}});
  optimizer.set_learning_rate(0.25);
  EXPECT_EQ(optimizer.learning_rate(), 0.25);
  optimizer.apply({{v}, {Tensor{1}}});
  EXPECT_EQ(v.read().item(), -0.75);
}

TEST(Optimizer, AppliesWhatValueAndGradGives) {
  const Variable w(Tensor{2, 3});
  const Variable unused(Tensor{1});
  auto step = value_and_grad([&](const Value& x) { return ops::sum(x * w * w); }, {w, unused});
  SGD optimizer({.learning_rate = 0.5});
  const auto [loss, gradients] = step(Tensor{1, 10});
  EXPECT_EQ(loss.item(), 94);
  optimizer.apply(gradients);
  EXPECT_TRUE(identical(w.read(), Tensor({0, -27})));
  EXPECT_EQ(unused.read().item(), 1);
}

TEST(Optimizer, FollowsWhichGradientsAreThere) {
  const Variable a(Tensor{0});
  const Variable b(Tensor{0});
  SGD optimizer({.learning_rate = 1.0, .momentum = 0.5});
  const Tensor one = {1};
  optimizer.apply({{a, b}, {one, one}});
  optimizer.apply({{a, b}, {Tensor(), one}});
  optimizer.apply({{b, a}, {one, one}});  // another order, all the same
  optimizer.apply({{a}, {one}});          // as if b's were empty
  EXPECT_EQ(a.read().item(), -1 - 1.5 - 1.75);
  EXPECT_EQ(b.read().item(), -1 - 1.5 - 1.75);
}

// The rate 1 / (1 + step).
class Falling final : public ScheduleBase {
 public:
  std::string_view class_name() const override { return "Falling"; }
  Config get_config() const override { return Config::map({{"by", 1}}); }
  Value call(const Value& step) const override {
    return Value(1.0) / (ops::cast(step, DType::float32) + 1.0);
  }
};

TEST(Schedule, SeesTheStepBeforeTheIncrement) {
  const Variable v(Tensor{0});
  SGD optimizer({.learning_rate = std::make_shared<Falling>()});
  EXPECT_EQ(optimizer.learning_rate(), 1);
  optimizer.apply({{v}, {Tensor{1}}});
  EXPECT_EQ(v.read().item(), -1);
  EXPECT_EQ(optimizer.learning_rate(), 0.5);
  optimizer.apply({{v}, {Tensor{1}}});
  EXPECT_EQ(v.read().item(), -1.5);
  EXPECT_EQ(optimizer.variables().size(), 1U);  // no learning_rate variable
  EXPECT_EQ(optimizer.to_config().at("config").at("learning_rate").at("class_name"),
            Config("Falling"));
}

TEST(Schedule, SeesAccumulatingStepsToo) {
  const Variable v(Tensor{0});
  SGD optimizer({.learning_rate = std::make_shared<Falling>(), .gradient_accumulation_steps = 2});
  for (int i = 0; i < 4; ++i) optimizer.apply({{v}, {Tensor{1}}});
  EXPECT_FLOAT_EQ(v.read().item<float>(), -0.5F - 0.25F);
}

TEST(OptimizerArg, TakesNamesAndObjects) {
  for (const auto& [name, class_name] :
       std::vector<std::pair<const char*, const char*>>{{"sgd", "SGD"},
                                                        {"rmsprop", "RMSprop"},
                                                        {"adam", "Adam"},
                                                        {"Adam", "Adam"},
                                                        {"adamw", "AdamW"}}) {
    EXPECT_EQ(OptimizerArg(name).get().base().class_name(), class_name);
  }
  EXPECT_FALSE(OptimizerArg());
  EXPECT_TRUE(OptimizerArg(Adam({.learning_rate = 1e-3})));
}

TEST(OptimizerConfig, IsThatOfKeras) {
  EXPECT_EQ(Adam({.learning_rate = 0.01}).to_config().to_string(),
            "{\"module\": \"keras.optimizers\", \"class_name\": \"Adam\", \"config\": "
            "{\"name\": \"adam\", \"learning_rate\": 0.009999999776482582, "
            "\"weight_decay\": null, \"clipnorm\": null, \"global_clipnorm\": null, "
            "\"clipvalue\": null, \"use_ema\": false, \"ema_momentum\": 0.99, "
            "\"ema_overwrite_frequency\": null, \"loss_scale_factor\": null, "
            "\"gradient_accumulation_steps\": null, \"beta_1\": 0.9, \"beta_2\": 0.999, "
            "\"epsilon\": 1e-07, \"amsgrad\": false}, \"registered_name\": null}");
}

TEST(OptimizerConfig, IsReadBack) {
  const std::vector<Optimizer> optimizers = {
      SGD({.momentum = 0.5, .nesterov = true, .clipnorm = 1.0, .name = "mine"}),
      RMSprop({.rho = 0.5, .centered = true, .gradient_accumulation_steps = 4}),
      Adam({.learning_rate = 0.25, .amsgrad = true, .use_ema = true, .ema_overwrite_frequency = 3}),
      AdamW({.weight_decay = 0.5, .loss_scale_factor = 2.0})};
  for (const Optimizer& optimizer : optimizers) {
    EXPECT_EQ(Optimizer::from_config(optimizer.to_config()).to_config(), optimizer.to_config());
  }
}

Config config_of(const char* class_name, Config::Map entries) {
  return Config::map({{"class_name", class_name}, {"config", Config::map(std::move(entries))}});
}

TEST(OptimizerConfig, IgnoresModulesAndNullsOfANewerKeras) {
  Config config = config_of("Adam", {{"learning_rate", 0.5}, {"quantization", nullptr}});
  config.set("module", "keras.src.backend.torch.optimizers.torch_adam");
  config.set("registered_name", "Adam");
  EXPECT_EQ(Optimizer::from_config(config).learning_rate(), 0.5);
}

TEST(OptimizerConfig, KeepsARateOfZeroFromAFile) {
  const Optimizer stopped = Optimizer::from_config(config_of("SGD", {{"learning_rate", 0.0}}));
  EXPECT_EQ(stopped.learning_rate(), 0);
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

TEST(OptimizerErrors, NameTheArgument) {
  const auto expect = [](const std::function<void()>& make, const std::string& text) {
    EXPECT_EQ(message<ValueError>(make), text);
  };
  expect([] { Adam({.learning_rate = 0}); }, "Adam: expected a positive learning_rate, got 0.0");
  expect([] { SGD({.learning_rate = -1}); }, "SGD: expected a positive learning_rate, got -1.0");
  expect([] { SGD({.momentum = 1.5}); }, "SGD: expected momentum in [0, 1], got 1.5");
  expect([] { RMSprop({.rho = -0.5}); }, "RMSprop: expected rho in [0, 1], got -0.5");
  expect([] { AdamW({.beta_1 = 1}); }, "AdamW: expected beta_1 in [0, 1), got 1.0");
  expect([] { SGD({.clipnorm = 1.0, .global_clipnorm = 2.0}); },
         "SGD: expected at most one of clipnorm, clipvalue and global_clipnorm, got clipnorm and "
         "global_clipnorm");
  expect([] { SGD({.clipvalue = -1.0}); }, "SGD: expected clipvalue >= 0, got -1.0");
  expect([] { SGD({.weight_decay = -1.0}); }, "SGD: expected weight_decay >= 0, got -1.0");
  expect([] { SGD({.use_ema = true, .ema_momentum = 2}); },
         "SGD: expected ema_momentum in [0, 1], got 2.0");
  expect([] { SGD({.ema_overwrite_frequency = 0}); },
         "SGD: expected ema_overwrite_frequency >= 1, got 0");
  expect([] { SGD({.loss_scale_factor = 0.0}); }, "SGD: expected loss_scale_factor > 0, got 0.0");
  expect([] { SGD({.gradient_accumulation_steps = 1}); },
         "SGD: expected gradient_accumulation_steps >= 2, got 1");
  expect([] { OptimizerArg("adm"); }, "unknown optimizer \"adm\"; did you mean \"adam\"?");
  expect(
      [] {
        Optimizer::from_config(config_of("Adam", {{"beta1", 0.5}}));
      },
      "Adam: unknown key \"beta1\"; did you mean \"beta_1\"?");
  expect(
      [] {
        SGD().exclude_from_weight_decay({.var_names = {"ok", "["}});
      },
      "SGD: expected regular expressions as var_names, got \"[\"");
  expect([] { SGD().set_learning_rate(-0.5); }, "SGD: expected learning_rate >= 0, got -0.5");
}

TEST(OptimizerErrors, NameWhatDoesNotFit) {
  const Variable v(Tensor{1, 2}, {.name = "kernel"});
  const Variable other(Tensor{1}, {.name = "other"});
  SGD optimizer;
  EXPECT_EQ(message<ValueError>([&] {
              optimizer.apply({{v}, {Tensor()}});
            }),
            "SGD: no gradients for any variable; does the loss depend on the weights?");
  EXPECT_EQ(message<ShapeError>([&] {
              optimizer.apply({{v}, {Tensor{1}}});
            }),
            "SGD: expected a gradient of shape (2,) for kernel, got (1,)");
  EXPECT_EQ(message<TypeError>([&] {
              optimizer.apply({{v}, {Tensor::zeros({2}, DType::float64)}});
            }),
            "SGD: expected a gradient of type float32 for kernel, got float64");
  EXPECT_EQ(message<ValueError>([&] {
              optimizer.apply({{other}, {Tensor{1}}});
            }),
            "SGD: expected variables that it was built for, got other; make a new optimizer for "
            "other variables");
  EXPECT_EQ(message<ValueError>([&] {
              optimizer.apply({{v}, {}});
            }),
            "SGD: expected one gradient a variable, got 0 for 1 variables");
  Updates updates;
  EXPECT_EQ(message<StateError>([&] { SGD().base().apply({v}, updates); }),
            "SGD: expected build() before apply()");
  EXPECT_EQ(message<ValueError>([&] { optimizer.base().apply({}, updates); }),
            "SGD: expected 1 gradients, one a variable, got 0");
  EXPECT_EQ(
      message<StateError>([&] { optimizer.exclude_from_weight_decay({.var_names = {"bias"}}); }),
      "SGD: expected exclude_from_weight_decay before the first step, got it after");
  SGD scheduled({.learning_rate = std::make_shared<Falling>()});
  EXPECT_EQ(message<StateError>([&] { scheduled.set_learning_rate(1); }),
            "SGD: expected a number as learning_rate to change it, got the schedule Falling");
}

}  // namespace
}  // namespace antler
