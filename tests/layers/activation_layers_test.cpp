// Activation, ReLU, LeakyReLU, ELU and Softmax.
#include <cmath>

#include "antler/activations/catalog.h"
#include "antler/core/error.h"
#include "antler/layers/activation.h"
#include "antler/layers/elu.h"
#include "antler/layers/leaky_relu.h"
#include "antler/layers/relu.h"
#include "antler/layers/softmax.h"
#include "antler/ops/arithmetic.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::distinct;
using testing::is_near;
using testing::message_of;

const Tensor& row() {
  static const Tensor tensor{{-2, -1, 0, 0.5, 1, 3}};
  return tensor;
}

TEST(Activation, EveryName) {
  for (const std::string_view name : activations::names()) {
    SCOPED_TRACE(name);
    // Numbers at whole distances lie on the kinks of sparsemax; its golden cases have gradients.
    check_layer(Activation(std::string(name), {.name = "a"}), {distinct({2, 3, 4})},
                {.supports_masking = true, .has_gradient = name != "sparsemax"});
  }
}

TEST(Activation, AFunctionOfTheUsers) {
  const Activation twice([](const Value& x) { return x * 2; });
  EXPECT_TRUE(is_near(Tensor(twice(Tensor{1, 2})), Tensor{2, 4}));
  EXPECT_EQ(message_of<StateError>([&] { twice.get_config(); }),
            "activation: expected a name, got a function of the user's, which a file cannot hold; "
            "give the layer a name like \"relu\", or put the function into a Layer of your own");
}

TEST(Activation, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { Activation("rleu"); }),
            "unknown activation \"rleu\"; did you mean \"relu\"?");
  EXPECT_EQ(message_of<ValueError>([] {
              Activation::from_config(Config::map({{"name", "a"}, {"activation", "rleu"}}));
            }),
            "a (Activation): \"activation\": unknown activation \"rleu\"; did you mean \"relu\"?");
}

TEST(ReLU, Values) {
  const auto value = [](const ReLUOptions& options) { return Tensor(ReLU(options)(row())); };
  EXPECT_TRUE(is_near(value({}), Tensor{{0, 0, 0, 0.5, 1, 3}}));
  EXPECT_TRUE(is_near(value({.max_value = 1.5}), Tensor{{0, 0, 0, 0.5, 1, 1.5}}));
  EXPECT_TRUE(is_near(value({.negative_slope = 0.25}), Tensor{{-0.5, -0.25, 0, 0.5, 1, 3}}));
  EXPECT_TRUE(is_near(value({.threshold = 0.7}), Tensor{{0, 0, 0, 0, 1, 3}}));
  EXPECT_TRUE(is_near(value({.max_value = 2, .negative_slope = 0.1, .threshold = 0.5}),
                      Tensor{{-0.25, -0.15, -0.05, 0, 1, 2}}));
}

TEST(ReLU, Checks) {
  check_layer(ReLU({.name = "r"}), {distinct({3, 5})}, {.supports_masking = true});
  check_layer(ReLU({.max_value = 1.5, .negative_slope = 0.1, .threshold = 0.5, .name = "r"}),
              {distinct({3, 5})}, {.supports_masking = true});
}

TEST(ReLU, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { ReLU({.max_value = -1}); }),
            "ReLU: expected max_value of at least 0, got -1.0");
  EXPECT_EQ(message_of<ValueError>([] { ReLU({.negative_slope = -0.5, .name = "r"}); }),
            "r (ReLU): expected negative_slope of at least 0, got -0.5");
  EXPECT_EQ(message_of<ValueError>([] { ReLU({.threshold = std::nan("")}); }),
            "ReLU: expected threshold of at least 0, got NaN");
}

TEST(LeakyReLU, HasTheSlopeOfTheLayerNotOfTheFunction) {
  check_layer(LeakyReLU({.name = "l"}), {row()},
              {.expected = Tensor{{-0.6, -0.3, 0, 0.5, 1, 3}},
               .supports_masking = true,
               .has_gradient = false});
  check_layer(LeakyReLU({.negative_slope = 0.1, .name = "l"}), {distinct({3, 5})},
              {.supports_masking = true});
  const Layer old = LeakyReLU::from_config(Config::map({{"alpha", 0.5}}));
  EXPECT_TRUE(is_near(Tensor(old(Tensor{-2, 2})), Tensor{-1, 2}));
  EXPECT_EQ(message_of<ValueError>([] { LeakyReLU({.negative_slope = -1}); }),
            "LeakyReLU: expected negative_slope of at least 0, got -1.0");
}

TEST(ELU, Values) {
  check_layer(ELU({.alpha = 0.5, .name = "e"}), {Tensor{{-2, -1, 0.5, 3}}},
              {.expected = Tensor{{0.5 * std::expm1(-2.0), 0.5 * std::expm1(-1.0), 0.5, 3}},
               .supports_masking = true});
}

TEST(Softmax, OneAxisOrSeveral) {
  check_layer(Softmax({.name = "s"}), {Tensor{{0, 0}, {1, 1}}},
              {.expected = Tensor{{0.5, 0.5}, {0.5, 0.5}}, .supports_masking = true});
  check_layer(Softmax({.axis = 1, .name = "s"}), {distinct({2, 3, 4})}, {.supports_masking = true});
  check_layer(Softmax({.axis = {1, 2}, .name = "s"}), {Tensor{{{0, 0}, {0, 0}}}},
              {.expected = Tensor{{{0.25, 0.25}, {0.25, 0.25}}}, .supports_masking = true});
  EXPECT_EQ(Softmax({.axis = {1, 2}}).get_config().at("axis").to_string(), "[1, 2]");
  EXPECT_EQ(Softmax().get_config().at("axis").to_string(), "-1");
}

TEST(Softmax, MaskedElementsAreZeroAndDoNotCount) {
  const Value x = Tensor{{1, 1, 5}, {2, 3, 4}};
  CallContext context;
  context.set_mask(x, Tensor{{1, 1, 0}, {0, 0, 0}}.astype(DType::boolean));
  const Tensor y = Softmax()(x, context);
  EXPECT_TRUE(is_near(y, Tensor{{0.5, 0.5, 0}, {0, 0, 0}}));
}

TEST(Softmax, Errors) {
  EXPECT_EQ(message_of<ShapeError>([] { Softmax({.axis = 2, .name = "s"})(row()); }),
            "s (Softmax): expected axis in [-2, 2) for an input of 2 dimensions, got 2");
  EXPECT_EQ(message_of<ValueError>([] { Softmax({.axis = {}, .name = "s"}); }),
            "s (Softmax): expected at least one axis, got none");
  const Value x = Tensor{{{1, 2, 3}, {4, 5, 6}}};
  CallContext context;
  context.set_mask(x, Tensor{{1, 1}}.astype(DType::boolean));
  EXPECT_EQ(message_of<ShapeError>([&] { Softmax()(x, context); }),
            "softmax (Softmax): expected a mask that broadcasts to the input (1, 2, 3), got (1, "
            "2)");
}

}  // namespace
}  // namespace antler
