// train 5 + save + load + train 5 equals train 10, bit for bit.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "antler/core/random.h"
#include "antler/core/thread_pool.h"
#include "antler/layers/dense.h"
#include "antler/layers/dropout.h"
#include "antler/models/sequential.h"
#include "antler/models/trainer.h"
#include "antler/optimizers/adam.h"
#include "antler/optimizers/adam_w.h"
#include "antler/optimizers/rmsprop.h"
#include "antler/optimizers/sgd.h"
#include "antler/saving/saving.h"
#include "tests/data/files.h"
#include "tests/support/inputs.h"

namespace antler {
namespace {

struct Case {
  std::string name;
  std::function<Optimizer()> optimizer;
};

std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.name; }

class Resume : public ::testing::TestWithParam<Case> {
 protected:
  void TearDown() override { set_num_threads(threads_before_); }

  const int threads_before_ = num_threads();
  // 90 examples in batches of 16: the last one is smaller.
  const Tensor x_ = testing::normal({90, 12}, 1).astype(DType::float32);
  const Tensor y_ = testing::integers({90}, 0, 3, 2);
  const testing::TemporaryFolder folder_;
  const std::string path_ = folder_.path("model.keras");

  Model make() const {
    set_random_seed(11);
    const Sequential model({Input({12}), Dense(24, {.activation = "relu"}), Dropout(0.3),
                            Dense(16, {.activation = "tanh"}), Dropout(0.2),
                            Dense(3, {.activation = "softmax"})});
    model.compile({.optimizer = GetParam().optimizer(),
                   .loss = "sparse_categorical_crossentropy",
                   .metrics = {"accuracy"}});
    return model;
  }

  History train(const Model& model, int from, int to) const {
    return model.fit(x_, y_,
                     {.batch_size = 16,
                      .epochs = to,
                      .verbose = 0,
                      .validation_split = 0.1,
                      .initial_epoch = from});
  }

  Model train_in_two_parts(int epochs) const {
    const Model first = make();
    train(first, 0, epochs / 2);
    save_model(first, path_, {.epoch = epochs / 2});
    set_random_seed(999);  // what a new process would have
    const Model second = load_model(path_);
    train(second, read_extra(path_).epoch.value(), epochs);
    return second;
  }
};

void expect_same(const std::vector<Tensor>& got, const std::vector<Tensor>& expected) {
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_TRUE(identical(got[i], expected[i])) << "weight " << i;
  }
}

std::vector<Tensor> optimizer_state(const Model& model) {
  std::vector<Tensor> state;
  for (const Variable& variable : model.optimizer().variables()) state.push_back(variable.read());
  return state;
}

TEST_P(Resume, GivesTheBitsOfAnUnbrokenRun) {
  for (const int threads : {1, 3}) {
    set_num_threads(threads);
    const Model whole = make();
    train(whole, 0, 10);
    const Model parts = train_in_two_parts(10);
    expect_same(parts.get_weights(), whole.get_weights());
    expect_same(optimizer_state(parts), optimizer_state(whole));
    EXPECT_TRUE(identical(parts.predict(x_), whole.predict(x_)));
  }
}

TEST_P(Resume, LogsGoOnTheSame) {
  const History whole = train(make(), 0, 6);
  const Model first = make();
  train(first, 0, 3);
  first.save(path_);
  const History rest = train(load_model(path_), 3, 6);
  EXPECT_EQ(rest.epoch(), (std::vector<int>{3, 4, 5}));
  for (const char* name : {"loss", "accuracy", "val_loss"}) {
    const std::vector<double> expected(whole[name].begin() + 3, whole[name].end());
    EXPECT_EQ(rest[name], expected) << name;
  }
}

// The comparison can fail: without the step the noise and the order of examples are others.
TEST_P(Resume, NeedsTheSeed) {
  const Model whole = make();
  train(whole, 0, 6);
  const Model first = make();
  train(first, 0, 3);
  first.save(path_);
  const Model second = load_model(path_);
  second.model_base().trainer().set_seed(12);
  train(second, 3, 6);
  EXPECT_FALSE(identical(second.get_weights()[0], whole.get_weights()[0]));
}

// At the end of each fit the weights take their average, so two fits are not one: but a file
// between them changes nothing.
class ResumeWithAverage : public Resume {};

TEST_P(ResumeWithAverage, GoesOnAsTwoFitsDo) {
  const Model whole = make();
  train(whole, 0, 3);
  train(whole, 3, 6);
  const Model parts = train_in_two_parts(6);
  expect_same(parts.get_weights(), whole.get_weights());
  expect_same(optimizer_state(parts), optimizer_state(whole));
}

INSTANTIATE_TEST_SUITE_P(
    Optimizers, ResumeWithAverage,
    ::testing::Values(Case{"adam", [] { return Adam({.learning_rate = 0.01, .use_ema = true}); }}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Optimizers, Resume,
    ::testing::Values(
        Case{"adam", [] { return Adam({.learning_rate = 0.01}); }},
        Case{"adamw", [] { return AdamW({.learning_rate = 0.01, .amsgrad = true}); }},
        Case{"rmsprop", [] { return RMSprop({.learning_rate = 0.005, .momentum = 0.5}); }},
        Case{"sgd_momentum",
             [] { return SGD({.learning_rate = 0.05, .momentum = 0.9, .nesterov = true}); }},
        Case{"sgd_accumulation",
             [] { return SGD({.learning_rate = 0.05, .gradient_accumulation_steps = 4}); }}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace antler
