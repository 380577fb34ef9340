#include "antler/schedules/schedule.h"

#include <gtest/gtest.h>

#include <functional>

#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/optimizers/adam.h"
#include "antler/optimizers/sgd.h"
#include "antler/schedules/decays.h"

namespace antler {
namespace {

using namespace schedules;

double rate(const Schedule& schedule, std::int64_t step) {
  return Tensor(schedule(Tensor::full({}, static_cast<double>(step), DType::int64))).item();
}

TEST(Schedule, IsComputedFromTheStep) {
  EXPECT_NEAR(rate(CosineDecay(0.1, 20), 10), 0.05, 1e-8);
  EXPECT_NEAR(rate(CosineDecay(0.0, 20, {.warmup_target = 0.4, .warmup_steps = 8}), 2), 0.1, 1e-8);
  EXPECT_NEAR(rate(CosineDecayRestarts(0.4, 5, {.m_mul = 0.5}), 15), 0.1, 1e-8);
  EXPECT_NEAR(rate(ExponentialDecay(0.4, 10, 0.5, {.staircase = true}), 29), 0.1, 1e-8);
  EXPECT_NEAR(rate(InverseTimeDecay(0.4, 10, 1.5), 20), 0.1, 1e-8);
  EXPECT_NEAR(rate(PolynomialDecay(0.5, 10, {.end_learning_rate = 0.1, .power = 2}), 5), 0.2, 1e-7);
  const Schedule pieces = PiecewiseConstantDecay({2, 4}, {1.0, 0.5, 0.25});
  EXPECT_EQ(rate(pieces, 2), 1);
  EXPECT_EQ(rate(pieces, 3), 0.5);
  EXPECT_EQ(rate(pieces, 5), 0.25);
  EXPECT_EQ(rate(PiecewiseConstantDecay({}, {0.5}), 7), 0.5);
}

// A rounding error in the logarithm would put these steps at the other end of a period.
TEST(CosineDecayRestarts, StartsAnewAtWholePeriods) {
  for (const double t_mul : {2.0, 3.0}) {
    const Schedule schedule = CosineDecayRestarts(1.0, 10, {.t_mul = t_mul});
    double start = 0, length = 10;
    for (int i = 0; i < 7; ++i) {
      EXPECT_NEAR(rate(schedule, static_cast<std::int64_t>(start)), 1, 1e-5) << t_mul << " " << i;
      start += length;
      length *= t_mul;
    }
  }
}

TEST(Schedule, TakesAUsersFunction) {
  const Variable v(Tensor{0});
  SGD optimizer({.learning_rate = [](const Value& step) {
    return 1.0 / (ops::cast(step, DType::float32) + 1.0);
  }});
  for (int i = 0; i < 2; ++i) optimizer.apply({{v}, {Tensor{1}}});
  EXPECT_EQ(v.read().item(), -1.5);
  EXPECT_EQ(optimizer.to_config().at("config").at("learning_rate").at("class_name"),
            Config("function"));
}

TEST(Schedule, DrivesAnOptimizer) {
  const Variable v(Tensor{0});
  SGD optimizer({.learning_rate = PiecewiseConstantDecay({0, 2}, {1.0, 0.5, 0.25})});
  for (int i = 0; i < 4; ++i) optimizer.apply({{v}, {Tensor{1}}});
  EXPECT_EQ(v.read().item(), -(1 + 0.5 + 0.5 + 0.25));
  EXPECT_EQ(optimizer.learning_rate(), 0.25);
}

TEST(ScheduleConfig, IsThatOfKerasAndReadBack) {
  EXPECT_EQ(CosineDecay(0.1, 100).to_config().to_string(),
            "{\"module\": \"keras.optimizers.schedules\", \"class_name\": \"CosineDecay\", "
            "\"config\": {\"initial_learning_rate\": 0.1, \"decay_steps\": 100, \"alpha\": 0.0, "
            "\"name\": \"CosineDecay\", \"warmup_target\": null, \"warmup_steps\": 0}, "
            "\"registered_name\": null}");
  EXPECT_EQ(PiecewiseConstantDecay({1, 2}, {0.1, 0.2, 0.3}).base().get_config().to_string(),
            "{\"boundaries\": [1, 2], \"values\": [0.1, 0.2, 0.3], \"name\": "
            "\"PiecewiseConstant\"}");
  const std::vector<Schedule> all = {
      CosineDecay(0.1, 7.5, {.alpha = 0.5, .warmup_target = 0.2, .warmup_steps = 3}),
      CosineDecayRestarts(0.1, 10, {.t_mul = 3, .m_mul = 0.5, .alpha = 0.1, .name = "mine"}),
      ExponentialDecay(0.1, 10, 0.5, {.staircase = true}),
      InverseTimeDecay(0.1, 10, 0.5, {.staircase = true}),
      PiecewiseConstantDecay({1}, {0.1, 0.2}, {.name = "mine"}),
      PolynomialDecay(0.1, 10, {.end_learning_rate = 0.05, .power = 2, .cycle = true})};
  for (const Schedule& schedule : all) {
    const Config config = schedule.to_config();
    EXPECT_EQ(Schedule::from_config(config).to_config(), config);
    EXPECT_EQ(rate(Schedule::from_config(config), 8), rate(schedule, 8));
    const Optimizer optimizer = Adam({.learning_rate = schedule});
    const Optimizer read = Optimizer::from_config(optimizer.to_config());
    EXPECT_EQ(read.to_config(), optimizer.to_config());
    EXPECT_EQ(read.learning_rate(), optimizer.learning_rate());
  }
}

TEST(Schedule, TakesRequiredArgumentsByNameToo) {
  EXPECT_EQ(ExponentialDecay({.initial_learning_rate = 0.1, .decay_steps = 10, .decay_rate = 0.5})
                .to_config(),
            ExponentialDecay(0.1, 10, 0.5).to_config());
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

TEST(ScheduleErrors, NameTheArgument) {
  const auto expect = [](const std::function<void()>& make, const std::string& text) {
    EXPECT_EQ(message<ValueError>(make), text);
  };
  expect([] { CosineDecay(0.1, 0); }, "CosineDecay: expected decay_steps > 0, got 0");
  expect([] { CosineDecay({.decay_steps = 5}); },
         "CosineDecay: expected a value for initial_learning_rate, got null");
  expect([] { CosineDecay(0.1, 5, {.decay_steps = 7}); },
         "CosineDecay: expected decay_steps once, got [5, 7]");
  expect([] { CosineDecay(0.1, 5, {.warmup_steps = -1}); },
         "CosineDecay: expected warmup_steps >= 0, got -1");
  expect([] { CosineDecayRestarts(0.1, -2); },
         "CosineDecayRestarts: expected first_decay_steps > 0, got -2");
  expect([] { CosineDecayRestarts(0.1, 2, {.t_mul = 0}); },
         "CosineDecayRestarts: expected t_mul > 0, got 0.0");
  expect([] { ExponentialDecay(0.1, 0.0, 0.5); },
         "ExponentialDecay: expected decay_steps > 0, got 0");
  expect([] { InverseTimeDecay(1.0 / 0.0, 1, 0.5); },
         "InverseTimeDecay: expected a finite initial_learning_rate, got Infinity");
  expect([] { PolynomialDecay(0.1, -1); }, "PolynomialDecay: expected decay_steps > 0, got -1");
  expect(
      [] {
        PiecewiseConstantDecay({1, 2}, {0.1, 0.2});
      },
      "PiecewiseConstantDecay: expected one value more than boundaries, got 2 values and 2 "
      "boundaries");
  expect(
      [] {
        PiecewiseConstantDecay({2, 1}, {0.1, 0.2, 0.3});
      },
      "PiecewiseConstantDecay: expected boundaries in ascending order, got [2, 1]");
  expect(
      [] {
        PiecewiseConstantDecay({1}, {0.1, 0.2}, {.values = {1.0}});
      },
      "PiecewiseConstantDecay: expected boundaries and values once, got them twice");
}

TEST(ScheduleErrors, NameWhatCannotBeRead) {
  const auto read = [](const char* class_name, Config config) {
    return message<ValueError>([&] {
      Optimizer::from_config(Config::map(
          {{"class_name", "SGD"},
           {"config", Config::map({{"learning_rate", Config::map({{"class_name", class_name},
                                                                  {"config", config}})}})}}));
    });
  };
  EXPECT_EQ(read("CosinDecay", Config::map()),
            "SGD: \"learning_rate\": unknown schedule \"CosinDecay\"; did you mean "
            "\"CosineDecay\"?");
  EXPECT_EQ(read("CosineDecay", Config::map({{"decay_step", 3}})),
            "SGD: \"learning_rate\": CosineDecay: unknown key \"decay_step\"; did you mean "
            "\"decay_steps\"?");
  EXPECT_EQ(read("function", "learning_rate"),
            "SGD: \"learning_rate\": schedule: expected one of Keras' schedules, got a user's "
            "function, whose code the file does not hold");
}

}  // namespace
}  // namespace antler
