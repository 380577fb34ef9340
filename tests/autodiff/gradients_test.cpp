#include "antler/autodiff/gradients.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/autodiff/stable_forms.h"
#include "antler/compiler/evaluate.h"
#include "antler/compiler/value_and_grad.h"
#include "antler/core/error.h"
#include "antler/graph/node.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/exponential.h"
#include "antler/ops/log_softmax.h"
#include "antler/ops/matmul.h"
#include "antler/ops/rounding.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/softmax.h"
#include "antler/ops/sum.h"

namespace antler {
namespace {

/// An op that nobody gave a gradient.
struct Opaque {
  static constexpr std::string_view name = "opaque";
  static constexpr int arity = 1;
  TensorSpec infer(std::span<const TensorSpec> inputs) const { return inputs[0]; }
};

TEST(Gradients, OfAPolynomial) {
  const Variable w(Tensor(3.0));
  const Value loss = w.value() * w * w;
  const Value first = gradients(loss, std::vector{w})[0];
  EXPECT_FLOAT_EQ(Tensor(first).item<float>(), 27.0F);
  const Value second = gradients(first, std::vector{w})[0];
  EXPECT_FLOAT_EQ(Tensor(second).item<float>(), 18.0F);
}

TEST(Gradients, UndoBroadcasting) {
  const Variable bias(Tensor{1, 2});
  const Variable scale(Tensor(2.0));
  const Value x(Tensor{{1, 2}, {3, 4}, {5, 6}});
  const auto grads = gradients(ops::sum(x * scale + bias), {bias, scale});
  EXPECT_TRUE(identical(Tensor(grads[0]), Tensor{3, 3}));
  EXPECT_EQ(grads[1].shape(), Shape());
  EXPECT_FLOAT_EQ(Tensor(grads[1]).item<float>(), 21.0F);
}

TEST(Gradients, EmptyWhereTheLossDoesNotReach) {
  const Variable used(Tensor(1.0));
  const Variable unused(Tensor(1.0));
  const auto grads = gradients(used.value() * 2, {used, unused});
  EXPECT_TRUE(grads[0]);
  EXPECT_FALSE(grads[1]);
}

TEST(Gradients, ByValuesInTheMiddle) {
  const Variable w(Tensor(2.0));
  const Value h = w.value() * 3;
  const Value wrt[] = {h, w.value()};
  const auto grads = gradients(h * h, wrt);
  EXPECT_FLOAT_EQ(Tensor(grads[0]).item<float>(), 12.0F);
  EXPECT_FLOAT_EQ(Tensor(grads[1]).item<float>(), 36.0F);
}

TEST(Gradients, NeedAScalarFloatLoss) {
  const Variable w(Tensor{1, 2});
  EXPECT_THROW(gradients(w.value() * 2, std::vector{w}), ShapeError);
  EXPECT_THROW(gradients(Value(Tensor(1)), std::vector{w}), TypeError);
}

TEST(Gradients, NameAnOpWithoutOne) {
  const Value x = make_input({{2}, DType::float32});
  try {
    gradients(ops::sum(apply(Opaque{}, {x * 2})), std::span(&x, 1));
    FAIL();
  } catch (const ValueError& e) {
    EXPECT_STREQ(e.what(),
                 "opaque: has no gradient; put ops::stop_gradient around it if none is wanted");
  }
}

TEST(Gradients, StopAtRoundedValues) {
  const Variable w(Tensor(1.5));
  EXPECT_FALSE(gradients(ops::floor(w), std::vector{w})[0]);
}

// Sharing must not multiply the work: a chain of 60 doublings has 2^60 paths.
TEST(Gradients, VisitEachNodeOnce) {
  const Variable w(Tensor(1.0));
  Value x = w.value();
  for (int i = 0; i < 60; ++i) x = x + x;
  EXPECT_DOUBLE_EQ(Tensor(gradients(x, std::vector{w})[0]).item(), std::ldexp(1.0, 60));
}

TEST(Gradients, OfAMatrixProduct) {
  const Variable a(Tensor{{1, 2}, {3, 4}});
  const Variable b(Tensor{{5, 6}, {7, 8}});
  const auto grads = gradients(ops::sum(ops::matmul(a, b)), {a, b});
  EXPECT_TRUE(identical(Tensor(grads[0]), (Tensor{{11, 15}, {11, 15}})));
  EXPECT_TRUE(identical(Tensor(grads[1]), (Tensor{{4, 4}, {6, 6}})));
}

TEST(StableForms, ReplaceLogarithmsOfProbabilities) {
  const Value z(Tensor{-1000, 0, 1000});
  const ProgramOptions plain{.stable_rewrites = false};
  const Value naive[] = {ops::log(ops::softmax(z)), ops::log(ops::sigmoid(z)),
                         ops::log(1 - ops::sigmoid(z))};
  const auto unstable = evaluate({naive[0], naive[1], naive[2]}, plain);
  EXPECT_TRUE(std::isinf(unstable[0].item(0)));
  const auto stable = evaluate({naive[0], naive[1], naive[2]});
  EXPECT_DOUBLE_EQ(stable[0].item(0), -2000.0);
  EXPECT_DOUBLE_EQ(stable[1].item(0), -1000.0);
  EXPECT_DOUBLE_EQ(stable[1].item(2), 0.0);
  EXPECT_DOUBLE_EQ(stable[2].item(2), -1000.0);
}

TEST(StableForms, KeepTheAxis) {
  const Value z(Tensor{{0, 1000}, {0, 0}});
  const Tensor y = ops::log(ops::softmax(z, 0));
  EXPECT_NEAR(y.item(0), -std::log(2.0), 1e-6);
  EXPECT_NEAR(y.item(1), 0.0, 1e-6);
  EXPECT_NEAR(y.item(3), -1000.0, 1e-3);
}

TEST(StableForms, LeaveOtherLogarithmsAlone) {
  const Value z(Tensor{-1, 2});
  const auto values = evaluate({ops::log(2 - ops::sigmoid(z)), ops::log(1 - ops::sigmoid(z))});
  EXPECT_NEAR(values[0].item(0), std::log(2 - 1 / (1 + std::exp(1.0))), 1e-6);
  EXPECT_NEAR(values[1].item(0), std::log(1 - 1 / (1 + std::exp(1.0))), 1e-6);
}

TEST(StableForms, KeepGradientsFinite) {
  const Variable z(Tensor{-200, 200});
  const auto make = [&](bool stable) {
    const auto step = value_and_grad(
        [&] {
          return -ops::sum(ops::log(ops::softmax(z)) * Tensor{1, 0});
        },
        {z}, {.stable_rewrites = stable});
    return step().gradients.values[0];
  };
  const Tensor good = make(true);
  EXPECT_NEAR(good.item(0), -1.0, 1e-6);
  EXPECT_NEAR(good.item(1), 1.0, 1e-6);
  EXPECT_FALSE(std::isfinite(make(false).item(0)));
}

}  // namespace
}  // namespace antler
