#include "antler/activations/activation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "antler/activations/catalog.h"
#include "antler/activations/elu.h"
#include "antler/activations/gelu.h"
#include "antler/activations/hard.h"
#include "antler/activations/relu.h"
#include "antler/activations/silu.h"
#include "antler/activations/smooth.h"
#include "antler/activations/softmax.h"
#include "antler/activations/sparse.h"
#include "antler/autodiff/gradients.h"
#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/sum.h"
#include "tests/support/gradient_check.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::is_near;

// The derivative of the sum, element by element.
template <class F>
Tensor slope(F activation, const Tensor& x) {
  const Value input(x);
  return gradients(ops::sum(activation(input)), std::vector<Value>{input})[0];
}

TEST(Activations, ClosedForms) {
  const Tensor x = {-2, -0.5, 0, 0.5, 2};
  const auto expect = [&](const char* name, double (*f)(double)) {
    std::vector<float> wanted;
    for (int i = 0; i < 5; ++i) wanted.push_back(static_cast<float>(f(x.item(i))));
    EXPECT_TRUE(is_near(activations::get(name)(x), Tensor::from(wanted))) << name;
  };
  expect("linear", [](double v) { return v; });
  expect("relu", [](double v) { return v > 0 ? v : 0; });
  expect("leaky_relu", [](double v) { return v >= 0 ? v : 0.2 * v; });
  expect("elu", [](double v) { return v > 0 ? v : std::exp(v) - 1; });
  expect("selu", [](double v) {
    return 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * (std::exp(v) - 1));
  });
  expect("sigmoid", [](double v) { return 1 / (1 + std::exp(-v)); });
  expect("tanh", [](double v) { return std::tanh(v); });
  expect("silu", [](double v) { return v / (1 + std::exp(-v)); });
  expect("swish", [](double v) { return v / (1 + std::exp(-v)); });
  expect("softplus", [](double v) { return std::log(1 + std::exp(v)); });
  expect("gelu", [](double v) { return v * 0.5 * std::erfc(-v / std::sqrt(2.0)); });
  expect("exponential", [](double v) { return std::exp(v); });
  const auto hard = [](double v) { return std::min(std::max(v + 3, 0.0), 6.0) / 6; };
  expect("celu", [](double v) { return v > 0 ? v : std::exp(v) - 1; });
  expect("hard_shrink", [](double v) { return std::abs(v) > 0.5 ? v : 0; });
  expect("hard_sigmoid", +hard);
  expect("hard_tanh", [](double v) { return std::min(std::max(v, -1.0), 1.0); });
  expect("log_sigmoid", [](double v) { return -std::log(1 + std::exp(-v)); });
  expect("mish", [](double v) { return v * std::tanh(std::log(1 + std::exp(v))); });
  expect("relu6", [](double v) { return std::min(std::max(v, 0.0), 6.0); });
  expect("soft_shrink", [](double v) { return std::abs(v) > 0.5 ? v - std::copysign(0.5, v) : 0; });
  expect("softsign", [](double v) { return v / (1 + std::abs(v)); });
  expect("sparse_sigmoid", [](double v) { return std::min(std::max(v + 1, 0.0), 2.0) / 2; });
  expect("squareplus", [](double v) { return (v + std::sqrt(v * v + 4)) / 2; });
  expect("tanh_shrink", [](double v) { return v - std::tanh(v); });
  const double total = std::exp(-2) + std::exp(-0.5) + 1 + std::exp(0.5) + std::exp(2);
  EXPECT_NEAR(Tensor(activations::get("softmax")(x)).item(4), std::exp(2) / total, 1e-6);
  EXPECT_NEAR(Tensor(activations::get("log_softmax")(x)).item(0), -2 - std::log(total), 1e-6);
}

TEST(Activations, TakeArguments) {
  const Tensor x = {-2, -0.5, 0.25, 3};
  EXPECT_TRUE(is_near(activations::celu(x, 2),
                      Tensor{2 * std::expm1(-1.0F), 2 * std::expm1(-0.25F), 0.25F, 3.0F}));
  EXPECT_TRUE(is_near(activations::hard_shrink(x, 1), Tensor{-2, 0, 0, 3}));
  EXPECT_TRUE(is_near(activations::soft_shrink(x, 1), Tensor{-1, 0, 0, 2}));
  EXPECT_TRUE(is_near(activations::threshold(x, 0.25, 9), Tensor{9, 9, 9, 3}));
  EXPECT_TRUE(is_near(activations::squareplus(Tensor{0}, 16), Tensor{2}));
  const Tensor matrix = {{2, 0}, {0, 2}};
  EXPECT_TRUE(is_near(activations::glu(matrix, 0), Tensor{{1.0F, 0.0F}}));
  // Along the columns: one element has support, tau is 2 - 1.
  EXPECT_TRUE(is_near(activations::sparsemax(matrix, 0), Tensor{{1, 0}, {0, 1}}));
}

TEST(Activations, WithArgumentsNameMistakes) {
  const auto message = [](const auto& f) -> std::string {
    try {
      f();
    } catch (const Error& e) {
      return e.what();
    }
    return "nothing was thrown";
  };
  EXPECT_EQ(message([] {
              activations::glu(Tensor{1, 2, 3});
            }),
            "glu: expected an axis of even size, got axis -1 of (3,)");
  EXPECT_EQ(message([] { activations::celu(Tensor{1}, 0); }),
            "celu: expected an alpha other than 0, got 0");
  EXPECT_EQ(message([] { activations::get("threshold"); }),
            "activation \"threshold\": expected its arguments threshold and default_value, got "
            "none; give a function that calls activations::threshold");
}

// As Keras on JAX: relu 0, leaky_relu 1, elu alpha, relu6 0 at both ends, other limits half.
TEST(Activations, DerivativesAtKinks) {
  const auto at = [](auto f, double x) { return slope(f, Tensor{x}).item(0); };
  EXPECT_EQ(at([](const Value& x) { return activations::relu(x); }, 0), 0);
  EXPECT_EQ(at([](const Value& x) { return activations::leaky_relu(x); }, 0), 1);
  EXPECT_EQ(at([](const Value& x) { return activations::elu(x, 0.3); }, 0), 0.3f);
  const auto limited = [](double limit) {
    return [limit](const Value& x) { return activations::relu(x, {.max_value = limit}); };
  };
  EXPECT_EQ(at(limited(6), 6), 0);
  EXPECT_EQ(at(limited(6), 0), 0);
  EXPECT_EQ(at(limited(5), 5), 0.5);
  EXPECT_EQ(at(limited(5), 4), 1);
}

TEST(Activations, ReluOptions) {
  const Tensor x = {-3, -1, 0.5, 1, 3, 9};
  EXPECT_TRUE(is_near(activations::relu(x, {.max_value = 2}), Tensor{0, 0, 0.5, 1, 2, 2}));
  EXPECT_TRUE(is_near(activations::relu(x, {.max_value = 6}), Tensor{0, 0, 0.5, 1, 3, 6}));
  EXPECT_TRUE(is_near(activations::relu(x, {.threshold = 1}), Tensor{0, 0, 0, 0, 3, 9}));
  EXPECT_TRUE(
      is_near(activations::relu(x, {.negative_slope = 0.1}), Tensor{-0.3, -0.1, 0.5, 1, 3, 9}));
  EXPECT_TRUE(is_near(activations::relu(x, {.negative_slope = 0.1, .max_value = 4, .threshold = 1}),
                      Tensor{-0.4, -0.2, -0.05, 0, 3, 4}));
}

TEST(Activations, ExtremesStayFinite) {
  const Tensor x = {-1000, 1000};
  EXPECT_TRUE(is_near(activations::get("elu")(x), Tensor{-1, 1000}));
  for (const char* name : {"elu", "selu", "silu", "gelu", "softplus", "sigmoid", "tanh"}) {
    const Tensor slopes = slope(activations::get(name), x);
    EXPECT_TRUE(std::isfinite(slopes.item(0)) && std::isfinite(slopes.item(1))) << name;
  }
  EXPECT_TRUE(is_near(activations::get("log_softmax")(x), Tensor{-2000, 0}));
}

TEST(Activations, Gelu) {
  EXPECT_NEAR(Tensor(activations::gelu(Tensor{1}, true)).item(0), 0.84119199, 1e-6);
  EXPECT_NEAR(Tensor(activations::gelu(Tensor{1})).item(0), 0.84134475, 1e-6);
}

TEST(Activations, SoftmaxTakesAnAxis) {
  const Tensor x = {{1, 2}, {1, 2}};
  EXPECT_TRUE(is_near(activations::softmax(x, 0), Tensor{{0.5, 0.5}, {0.5, 0.5}}));
}

TEST(Activations, GradientsMatchFiniteDifferences) {
  const Tensor x = Tensor::from<double>({-1.7, -0.6, 0.4, 1.3, 2.1, 2.7}, {6});  // even, for glu
  for (const std::string_view name : activations::names()) {
    for (const int order : {1, 2}) {
      const auto report = testing::check_gradient(
          [&](const std::vector<Value>& in) { return std::vector{activations::get(name)(in[0])}; },
          {x}, {.order = order});
      EXPECT_TRUE(report.passed) << name << ": " << report.text;
      EXPECT_GT(report.compared, 0) << name;
    }
  }
}

TEST(ActivationArg, NamesAndFunctions) {
  EXPECT_TRUE(ActivationArg().is_linear());
  EXPECT_EQ(ActivationArg("relu").name(), "relu");
  EXPECT_TRUE(is_near(ActivationArg("relu")(Tensor{-1, 1}), Tensor{0, 1}));
  const ActivationArg twice([](const Value& x) { return 2 * x; });
  EXPECT_EQ(twice.name(), "");
  EXPECT_TRUE(is_near(twice(Tensor{-1, 1}), Tensor{-2, 2}));
}

template <class E, class F>
std::string message_of(F f) {
  try {
    f();
  } catch (const E& e) {
    return e.what();
  }
  return "no error";
}

TEST(ActivationArg, Configs) {
  ActivationArg activation("tanh");
  EXPECT_EQ(to_config(activation), Config("tanh"));
  from_config(nullptr, activation);
  EXPECT_TRUE(activation.is_linear());
  from_config("gelu", activation);
  EXPECT_EQ(activation.name(), "gelu");
}

TEST(ActivationArg, ErrorTexts) {
  EXPECT_EQ(message_of<ValueError>([] { ActivationArg("rleu"); }),
            "unknown activation \"rleu\"; did you mean \"relu\"?");
  ActivationArg activation;
  const Config function =
      Config::map({{"module", "builtins"}, {"class_name", "function"}, {"config", "my_act"}});
  EXPECT_EQ(message_of<ValueError>([&] { from_config(function, activation); }),
            "activation: expected the name of a built-in function, got the function \"my_act\", "
            "whose code the file does not hold");
  EXPECT_EQ(
      message_of<StateError>([] { to_config(ActivationArg([](const Value& x) { return x; })); }),
      "activation: expected a name, got a function of the user's, which a file cannot hold; "
      "give the layer a name like \"relu\", or put the function into a Layer of your own");
}

}  // namespace
}  // namespace antler
