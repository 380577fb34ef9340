// Every pass keeps a whole training step valid.
#include "antler/compiler/passes/passes.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/layers/dense.h"
#include "antler/models/sequential.h"
#include "antler/models/step_context.h"
#include "antler/models/trainer.h"
#include "antler/ops/arithmetic.h"

namespace antler {
namespace {

// The step of a small classifier, traced as fit does it.
Computation training_step(const Model& model) {
  StepContext context(model.model_base().trainer(), {.training = true});
  Computation step;
  step.inputs = {make_input({{4, 6}, DType::float32}), make_input({{4}, DType::int64})};
  context.x = {step.inputs[0]};
  context.y = {step.inputs[1]};
  model.model_base().train_step(context);
  step.assignments = context.updates().assignments();
  return step;
}

class PassesTest : public ::testing::TestWithParam<const char*> {};

TEST_P(PassesTest, KeepATrainingStepValid) {
  const Sequential model(
      {Input({6}), Dense(5, {.activation = "relu"}), Dense(3, {.activation = "softmax"})});
  model.compile({.optimizer = GetParam(),
                 .loss = "sparse_categorical_crossentropy",
                 .metrics = {"accuracy"},
                 .stable_rewrites = false});
  const Computation traced = training_step(model);
  for (const Backend* backend : {&reference_backend(), &cpu_backend()}) {
    Computation current = traced;
    const auto check = [&](const Computation& next, const char* pass) {
      passes::check_valid(current, next, pass);
      current = next;
    };
    check(passes::stabilize(current), "stabilize");
    check(passes::inline_composites(current, *backend), "inline_composites");
    check(passes::simplify(current, *backend), "simplify");
    check(passes::merge_equal(current), "merge_equal");
    check(passes::fuse(current), "fuse");
  }
}

INSTANTIATE_TEST_SUITE_P(Optimizers, PassesTest, ::testing::Values("adam", "rmsprop", "sgd"));

TEST(CheckValid, RefusesARootOfAnotherSpec) {
  const Value x = make_input({{2}, DType::float32});
  const Value y = make_input({{3}, DType::float32});
  EXPECT_THROW(passes::check_valid({{x}, {x}, {}}, {{x}, {y}, {}}, "wrong"), ValueError);
}

TEST(CheckValid, RefusesOutputsThatAreNotInferred) {
  const Value x = make_input({{2}, DType::float32});
  const Value sum(Node::apply(ops::Add{}, {x, x}, {{{3}, DType::float32}}), 0);
  const Computation wrong{{x}, {sum}, {}};
  EXPECT_THROW(passes::check_valid(wrong, wrong, "wrong"), ValueError);
}

}  // namespace
}  // namespace antler
