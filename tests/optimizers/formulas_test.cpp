// Two steps of each optimizer against its formula in double, and each common option.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "antler/ops/arithmetic.h"
#include "antler/optimizers/adam.h"
#include "antler/optimizers/adam_w.h"
#include "antler/optimizers/rmsprop.h"
#include "antler/optimizers/sgd.h"

namespace antler {
namespace {

using Numbers = std::vector<double>;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Tensor tensor(const Numbers& values) {
  return Tensor::from(std::vector<float>(values.begin(), values.end()));
}

Variable variable(const Numbers& values, const std::string& path = "dense/kernel") {
  Variable made(tensor(values), {.name = path.substr(path.rfind('/') + 1)});
  made.set_path(path);
  return made;
}

void apply(Optimizer& optimizer, const Variable& v, const Numbers& gradient) {
  optimizer.apply({{v}, {tensor(gradient)}});
}

void expect_values(const Variable& v, const Numbers& expected) {
  const Tensor got = v.read();
  ASSERT_EQ(got.size(), static_cast<std::int64_t>(expected.size()));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double value = got.item(static_cast<std::int64_t>(i));
    if (std::isnan(expected[i])) {
      EXPECT_TRUE(std::isnan(value)) << i << ": " << value;
    } else {
      EXPECT_NEAR(value, expected[i], 1e-6 * std::max(1.0, std::abs(expected[i]))) << i;
    }
  }
}

const Numbers kStart = {1, -2, 0.5};
const Numbers kGradients[2] = {{0.5, -1, 0}, {-0.25, 2, 0.125}};

// Both steps on kStart, each element by itself: update(w, g, t) in double.
template <class Update>
void expect_steps(Optimizer optimizer, Update update) {
  const Variable v = variable(kStart);
  Numbers w = kStart;
  std::vector<decltype(update)> of_element(3, update);
  for (int t = 1; t <= 2; ++t) {
    apply(optimizer, v, kGradients[t - 1]);
    for (std::size_t i = 0; i < 3; ++i) of_element[i](w[i], kGradients[t - 1][i], t);
    expect_values(v, w);
  }
  EXPECT_EQ(optimizer.base().iterations().read().item<std::int64_t>(), 2);
}

TEST(SGD, FollowsItsFormula) {
  expect_steps(SGD({.learning_rate = 0.1}), [](double& w, double g, int) { w -= 0.1 * g; });
  expect_steps(SGD({.learning_rate = 0.1, .momentum = 0.9}),
               [m = 0.0](double& w, double g, int) mutable {
                 m = 0.9 * m - 0.1 * g;
                 w += m;
               });
  expect_steps(SGD({.learning_rate = 0.1, .momentum = 0.9, .nesterov = true}),
               [m = 0.0](double& w, double g, int) mutable {
                 m = 0.9 * m - 0.1 * g;
                 w += 0.9 * m - 0.1 * g;
               });
}

TEST(RMSprop, FollowsItsFormula) {
  expect_steps(RMSprop({.learning_rate = 0.01, .epsilon = 1e-3}),
               [v = 0.0](double& w, double g, int) mutable {
                 v = 0.9 * v + 0.1 * g * g;
                 w -= 0.01 * g / std::sqrt(v + 1e-3);
               });
  expect_steps(
      RMSprop(
          {.learning_rate = 0.01, .rho = 0.8, .momentum = 0.5, .epsilon = 1e-3, .centered = true}),
      [v = 0.0, a = 0.0, m = 0.0](double& w, double g, int) mutable {
        v = 0.8 * v + 0.2 * g * g;
        a = 0.8 * a + 0.2 * g;
        m = 0.5 * m + 0.01 * g / std::sqrt(v - a * a + 1e-3);
        w -= m;
      });
}

TEST(Adam, FollowsItsFormula) {
  for (const bool amsgrad : {false, true}) {
    expect_steps(Adam({.learning_rate = 0.1,
                       .beta_1 = 0.8,
                       .beta_2 = 0.5,
                       .epsilon = 1e-3,
                       .amsgrad = amsgrad}),
                 [amsgrad, m = 0.0, v = 0.0, largest = 0.0](double& w, double g, int t) mutable {
                   m += (g - m) * 0.2;
                   v += (g * g - v) * 0.5;
                   largest = std::max(largest, v);
                   const double alpha =
                       0.1 * std::sqrt(1 - std::pow(0.5, t)) / (1 - std::pow(0.8, t));
                   w -= alpha * m / (std::sqrt(amsgrad ? largest : v) + 1e-3);
                 });
  }
}

TEST(AdamW, DecaysByDefault) {
  expect_steps(AdamW({.learning_rate = 0.1, .weight_decay = 0.5}),
               [m = 0.0, v = 0.0](double& w, double g, int t) mutable {
                 w -= w * 0.5 * 0.1;
                 m += (g - m) * 0.1;
                 v += (g * g - v) * 0.001;
                 const double alpha =
                     0.1 * std::sqrt(1 - std::pow(0.999, t)) / (1 - std::pow(0.9, t));
                 w -= alpha * m / (std::sqrt(v) + 1e-7);
               });
  EXPECT_EQ(AdamW().base().common().weight_decay, 0.004);
  EXPECT_EQ(Adam().base().common().weight_decay, std::nullopt);
}

TEST(Float64, IsExact) {
  const Variable v(Tensor::full({1}, 1.0, DType::float64));
  Adam optimizer({.learning_rate = 0.5, .beta_1 = 0.75, .beta_2 = 0.9, .weight_decay = 0.1});
  optimizer.apply({{v}, {Tensor::full({1}, 3.0, DType::float64)}});
  const double alpha = 0.5 * std::sqrt(0.1) / 0.25;
  // Constants rounded to float32 would be off by 1e-8.
  EXPECT_NEAR(v.read().item(), 0.95 - alpha * 0.75 / (std::sqrt(0.9) + 1e-7), 1e-14);
}

SGD plain_sgd(OptimizerCommon common, double rate = 0.1) {
  return SGD({.learning_rate = rate,
              .weight_decay = common.weight_decay,
              .clipnorm = common.clipnorm,
              .clipvalue = common.clipvalue,
              .global_clipnorm = common.global_clipnorm,
              .use_ema = common.use_ema,
              .ema_momentum = common.ema_momentum,
              .ema_overwrite_frequency = common.ema_overwrite_frequency,
              .loss_scale_factor = common.loss_scale_factor,
              .gradient_accumulation_steps = common.gradient_accumulation_steps});
}

TEST(WeightDecay, ComesBeforeTheUpdateAndSparesExclusions) {
  const Variable kernel = variable({1, 2});
  const Variable bias = variable({1, 2}, "dense/bias");
  const Variable other = variable({4}, "dense_1/kernel");
  SGD optimizer = plain_sgd({.weight_decay = 0.5});
  optimizer.exclude_from_weight_decay({.var_list = {other}, .var_names = {"^bi"}});
  optimizer.apply({{kernel, bias, other}, {tensor({1, 0}), tensor({1, 0}), tensor({0})}});
  expect_values(kernel, {0.95 - 0.1, 1.9});
  expect_values(bias, {0.9, 2});
  expect_values(other, {4});
}

TEST(WeightDecay, LeavesVariablesWithoutGradientAlone) {
  const Variable a = variable({1});
  const Variable b = variable({1});
  SGD optimizer = plain_sgd({.weight_decay = 0.5});
  optimizer.apply({{a, b}, {tensor({0}), Tensor()}});
  expect_values(a, {0.95});
  expect_values(b, {1});
}

TEST(Clipping, ByNorm) {
  const Variable v = variable({0, 0});
  SGD optimizer = plain_sgd({.clipnorm = 2.0}, 1.0);
  apply(optimizer, v, {3, 4});
  expect_values(v, {-1.2, -1.6});
  apply(optimizer, v, {0.3, 0.4});  // short enough
  expect_values(v, {-1.5, -2});
  apply(optimizer, v, {1, kNaN});
  expect_values(v, {kNaN, kNaN});
}

TEST(Clipping, ByValue) {
  const Variable v = variable({0, 0, 0});
  SGD optimizer = plain_sgd({.clipvalue = 0.5}, 1.0);
  apply(optimizer, v, {3, -4, 0.25});
  expect_values(v, {-0.5, 0.5, -0.25});
  apply(optimizer, v, {kInfinity, kNaN, 0});
  expect_values(v, {-1, kNaN, -0.25});
}

TEST(Clipping, ByGlobalNorm) {
  const Variable a = variable({0});
  const Variable b = variable({0, 0});
  SGD optimizer = plain_sgd({.global_clipnorm = 1.0}, 1.0);
  optimizer.apply({{a, b}, {tensor({2}), tensor({2, 1})}});  // norm 3
  expect_values(a, {-2.0 / 3});
  expect_values(b, {-2.0 / 3, -1.0 / 3});
  optimizer.apply({{a, b}, {tensor({0.1}), tensor({0, 0})}});
  expect_values(a, {-2.0 / 3 - 0.1});
  // An infinite norm says nothing about direction: all become NaN.
  optimizer.apply({{a, b}, {tensor({kInfinity}), tensor({1, 1})}});
  expect_values(a, {kNaN});
  expect_values(b, {kNaN, kNaN});
}

TEST(Clipping, OfZeroIsNone) {
  const Variable v = variable({0});
  SGD optimizer = plain_sgd({.clipnorm = 0.0}, 1.0);
  apply(optimizer, v, {5});
  expect_values(v, {-5});
}

TEST(LossScale, DividesGradients) {
  const Variable v = variable({0, 0});
  SGD optimizer = plain_sgd({.clipvalue = 1.0, .loss_scale_factor = 8.0}, 1.0);
  apply(optimizer, v, {4, 80});  // unscaled before it is clipped
  expect_values(v, {-0.5, -1});
}

TEST(Accumulation, UpdatesWithTheMeanEveryFewSteps) {
  const Variable v = variable({1});
  SGD optimizer =
      plain_sgd({.weight_decay = 0.5, .clipvalue = 2.0, .gradient_accumulation_steps = 3});
  apply(optimizer, v, {3});
  EXPECT_FALSE(optimizer.base().updates_next());
  apply(optimizer, v, {-2});
  expect_values(v, {1});
  EXPECT_TRUE(optimizer.base().updates_next());
  apply(optimizer, v, {2});  // the mean is 1
  expect_values(v, {0.95 - 0.1});
  EXPECT_EQ(optimizer.base().iterations().read().item<std::int64_t>(), 3);
  for (int i = 0; i < 3; ++i) apply(optimizer, v, {30});  // clipped to 2 after the mean
  expect_values(v, {0.85 * 0.95 - 0.2});
}

TEST(Accumulation, CountsUpdatesForAdam) {
  const Variable often = variable({1});
  const Variable rare = variable({1});
  Adam each({.learning_rate = 0.1, .beta_1 = 0.5, .beta_2 = 0.7});
  Adam every_second(
      {.learning_rate = 0.1, .beta_1 = 0.5, .beta_2 = 0.7, .gradient_accumulation_steps = 2});
  for (const double g : {1.0, 0.25}) {
    apply(each, often, {g});
    apply(every_second, rare, {g});
    apply(every_second, rare, {g});
    expect_values(rare, {often.read().item()});
  }
}

TEST(MovingAverage, StartsAtTheFirstWeights) {
  const Variable v = variable({1});
  SGD optimizer = plain_sgd({.use_ema = true, .ema_momentum = 0.5});
  apply(optimizer, v, {10});  // w = 0
  const Variable average = optimizer.variables()[2];
  expect_values(average, {0});
  apply(optimizer, v, {-40});  // w = 4
  expect_values(average, {2});
  expect_values(v, {4});
  optimizer.finalize_variable_values();
  expect_values(v, {2});
}

TEST(MovingAverage, OverwritesTheWeights) {
  const Variable v = variable({1});
  SGD optimizer = plain_sgd({.use_ema = true, .ema_momentum = 0.5, .ema_overwrite_frequency = 2});
  apply(optimizer, v, {10});
  expect_values(v, {0});
  apply(optimizer, v, {-40});
  expect_values(v, {2});
  apply(optimizer, v, {-20});  // w = 4, average 3
  expect_values(v, {4});
  expect_values(optimizer.variables()[2], {3});
}

TEST(MovingAverage, CoversVariablesWithoutGradient) {
  const Variable a = variable({1});
  const Variable b = variable({7});
  SGD optimizer = plain_sgd({.use_ema = true});
  optimizer.apply({{a, b}, {tensor({0}), Tensor()}});
  optimizer.finalize_variable_values();
  expect_values(b, {7});
}

TEST(Constraints, ComeAfterTheUpdate) {
  const Variable v = variable({1, 1});
  const Variable without = variable({-1});
  for (const Variable& each : {v, without}) {
    each.state().constraint = [](const Value& x) { return x * x; };
  }
  SGD optimizer = plain_sgd({});
  optimizer.apply({{v, without}, {tensor({30, 0}), Tensor()}});
  expect_values(v, {4, 1});
  expect_values(without, {-1});  // no gradient, no constraint
}

}  // namespace
}  // namespace antler
