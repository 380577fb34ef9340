// A compiled model comes back from a .keras file with its optimizer: config, state, next steps.
#include <gtest/gtest.h>

#include <string>

#include "antler/core/random.h"
#include "antler/layers/dense.h"
#include "antler/losses/mean_squared_error.h"
#include "antler/models/sequential.h"
#include "antler/models/trainer.h"
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
#include "antler/saving/saving.h"
#include "antler/schedules/decays.h"
#include "tests/data/files.h"
#include "tests/support/inputs.h"

namespace antler {
namespace {

using testing::TemporaryFolder;

Tensor normal(const Shape& shape, std::uint64_t seed) {
  return testing::normal(shape, seed).astype(DType::float32);
}

void expect_same_weights(const Model& a, const Model& b) {
  const std::vector<Tensor> of_a = a.get_weights(), of_b = b.get_weights();
  ASSERT_EQ(of_a.size(), of_b.size());
  for (std::size_t i = 0; i < of_a.size(); ++i) EXPECT_TRUE(identical(of_a[i], of_b[i])) << i;
}

// Trains a little, saves, loads, and trains both the same way on.
void expect_to_go_on(const Optimizer& optimizer) {
  const TemporaryFolder folder;
  const std::string path = folder.path("model.keras");
  set_random_seed(3);
  const Sequential model({Input({4}), Dense(5, {.activation = "tanh"}), Dense(2)});
  model.compile({.optimizer = optimizer, .loss = "mse"});
  const Tensor x = normal({12, 4}, 1), y = normal({12, 2}, 2);
  model.fit(x, y, {.batch_size = 4, .epochs = 2, .verbose = 0});
  model.save(path);
  const Model loaded = load_model(path);
  const Optimizer& read = loaded.model_base().trainer().optimizer();
  EXPECT_EQ(read.to_config(), optimizer.to_config());
  const std::vector<Variable> state = optimizer.variables(), read_state = read.variables();
  ASSERT_EQ(read_state.size(), state.size());
  for (std::size_t i = 0; i < state.size(); ++i) {
    EXPECT_TRUE(identical(read_state[i].read(), state[i].read())) << state[i].path();
  }
  for (const Model& each : {Model(model), loaded}) {
    each.fit(x, y, {.batch_size = 4, .epochs = 4, .verbose = 0, .initial_epoch = 2});
  }
  expect_same_weights(model, loaded);
}

TEST(OptimizerFile, HoldsSchedules) {
  expect_to_go_on(SGD({.learning_rate = schedules::CosineDecay(0.1, 9), .momentum = 0.5}));
  expect_to_go_on(Adam({.learning_rate = schedules::PiecewiseConstantDecay({3}, {0.1, 0.01}),
                        .gradient_accumulation_steps = 2}));
}

TEST(OptimizerFile, HoldsTheStateOfEachClass) {
  expect_to_go_on(Adadelta({.learning_rate = 0.5}));
  expect_to_go_on(Adafactor({.learning_rate = 0.1}));
  expect_to_go_on(Adagrad({.learning_rate = 0.1}));
  expect_to_go_on(Adamax({.learning_rate = 0.1, .use_ema = true}));
  expect_to_go_on(Ftrl({.learning_rate = 0.1, .l1_regularization_strength = 0.01}));
  expect_to_go_on(Lamb({.learning_rate = 0.1}));
  expect_to_go_on(Lion({.learning_rate = 0.01}));
  expect_to_go_on(Muon({.learning_rate = 0.1}));
  expect_to_go_on(Nadam({.learning_rate = 0.1, .gradient_accumulation_steps = 2}));
  expect_to_go_on(ScheduleFreeAdamW({.learning_rate = 0.1, .warmup_steps = 4}));
}

TEST(OptimizerFile, HoldsOptimizersThatHoldOthers) {
  expect_to_go_on(LossScaleOptimizer(Adam({.learning_rate = 0.1}),
                                     {.initial_scale = 4, .dynamic_growth_steps = 4}));
  expect_to_go_on(MultiOptimizer(
      OptimizerMap(Adam({.learning_rate = 0.1}),
                   {{".*bias", SGD({.momentum = 0.5, .gradient_accumulation_steps = 3})}})));
}

}  // namespace
}  // namespace antler
